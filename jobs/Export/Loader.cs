using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Aws;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Google;
using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Runs;
using RdsBq.Cloud.Secrets;
using RdsBq.Cloud.Slack;
using RdsBq.Cloud.Transfers;
using RdsBq.Export.Loading;
using RdsBq.Export.Settings;

namespace RdsBq.Export;

/// <summary>Composes <c>load</c>: Google's clients over one handler, and the verb that uses them.</summary>
internal sealed class Loader : IDisposable
{
    private readonly SocketsHttpHandler handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5), EnableMultipleHttp2Connections = true };
    private readonly BigQueryClient bigQuery;
    private readonly TransferClient transfers;
    private readonly SecretReader secrets;
    private readonly LoadVerb verb;

    /// <param name="time">The machine's: verdicts are dated by it here as in the function, so that their order tells which came last.</param>
    /// <param name="clock">AWS's time for what AWS wrote, once it has answered.</param>
    public Loader(JobSettings settings, RdsExports rds, ExportFiles files, GoogleAuth google, TimeProvider time, TimeProvider clock, ILogger log)
    {
        var (warehouse, endpoints) = (settings.Warehouse, settings.Endpoints);
        bigQuery = new BigQueryClient(warehouse.Project, warehouse.Location, endpoints.BigQuery, google, handler, time);
        transfers = new TransferClient(warehouse.Project, warehouse.Location, endpoints.DataTransfer, google);
        secrets = new SecretReader(warehouse.Project, endpoints.SecretManager, google);
        var ledger = new LedgerTable(bigQuery, warehouse, time);
        var publisher = new ViewPublisher(bigQuery, ledger, warehouse, time, log);
        var slack = settings.Slack is { } to
            ? new SlackPoster(to.Channel, token => secrets.ReadAsync(to.TokenSecret, "SLACK_TOKEN_SECRET", token), endpoints.Slack, handler)
            : null;
        var judge = new RunJudge(bigQuery, ledger, transfers, publisher, slack, warehouse, time, log);
        var landing = new LandingSettings(
            settings.Database, settings.Targets, settings.LandingRetention, settings.NotificationTopic, settings.ReaderKeyIdSecret, settings.ReaderKeySecret);
        var configs = new TransferConfigs(transfers, secrets, warehouse, settings.Policy, landing, log);
        verb = new LoadVerb(
            rds, files, ledger, new Landing(files, bigQuery, ledger, configs, slack, warehouse, settings.Policy, landing, clock, log),
            new RunTending(ledger, transfers, judge, publisher, clock, log), settings.Policy, clock, log);
    }

    public Task<LoadResult> TickAsync(bool retry, CancellationToken token) => verb.TickAsync(retry, token);

    public void Dispose()
    {
        bigQuery.Dispose();
        transfers.Dispose();
        secrets.Dispose();
        handler.Dispose();
    }
}
