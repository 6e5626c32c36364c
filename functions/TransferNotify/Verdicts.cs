using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Google;
using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Runs;
using RdsBq.Cloud.Secrets;
using RdsBq.Cloud.Slack;
using RdsBq.Cloud.Topics;
using RdsBq.Cloud.Transfers;

namespace RdsBq.TransferNotify;

/// <summary>The judge and its clients, made once a process and shared by all requests.</summary>
public sealed class Verdicts : IDisposable
{
    private readonly SocketsHttpHandler handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
    private readonly BigQueryClient bigQuery;
    private readonly TransferClient transfers;
    private readonly SecretReader secrets;
    private readonly TopicPublisher? topic;

    public Verdicts(FunctionSettings settings, ILogger<Verdicts> log)
    {
        var (warehouse, endpoints) = (settings.Warehouse, settings.Endpoints);
        var auth = new GoogleAuth(endpoints.MetadataHost);
        bigQuery = new BigQueryClient(warehouse.Project, warehouse.Location, endpoints.BigQuery, auth, handler, TimeProvider.System);
        transfers = new TransferClient(warehouse.Project, warehouse.Location, endpoints.DataTransfer, auth);
        secrets = new SecretReader(warehouse.Project, endpoints.SecretManager, auth);
        var ledger = new LedgerTable(bigQuery, warehouse, TimeProvider.System);
        topic = settings.ReadyTopic is { } name ? new TopicPublisher(name, endpoints.PubSub, auth) : null;
        var ready = topic is null ? null : new Announcer(topic, ledger, warehouse, TimeProvider.System, log);
        var publisher = new ViewPublisher(bigQuery, ledger, warehouse, TimeProvider.System, log, ready);
        var slack = settings.Slack is { } to ? new SlackPoster(to.Channel, ct => secrets.ReadAsync(to.TokenSecret, "SLACK_TOKEN_SECRET", ct), endpoints.Slack, handler) : null;
        Judge = new RunJudge(bigQuery, ledger, transfers, publisher, slack, warehouse, TimeProvider.System, log);
    }

    public RunJudge Judge { get; }

    public void Dispose()
    {
        bigQuery.Dispose();
        transfers.Dispose();
        secrets.Dispose();
        topic?.Dispose();
        handler.Dispose();
    }
}
