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
    /// <summary>Of one run's message: each look takes two or three calls of a method of which Slack allows some 50 a minute, and tells all that came since the last.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    private readonly SocketsHttpHandler handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
    private readonly BigQueryClient bigQuery;
    private readonly TransferClient transfers;
    private readonly SecretReader secrets;
    private readonly SlackChannel? channel;
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
        channel = settings.Slack is { } to ? new SlackChannel(
            to.Channel, $"{warehouse.Project}.{warehouse.Dataset}", ct => secrets.ReadAsync(to.TokenSecret, "SLACK_TOKEN_SECRET", ct), endpoints.Slack, handler) : null;
        var teller = channel is null ? null : new Teller(channel, settings.Slack!.Always, BetweenLooks, TimeProvider.System, log);
        Judge = new RunJudge(bigQuery, ledger, transfers, publisher, new RunTeller(ledger, teller, warehouse), warehouse, TimeProvider.System, log);
    }

    public RunJudge Judge { get; }

    public void Dispose()
    {
        bigQuery.Dispose();
        transfers.Dispose();
        secrets.Dispose();
        channel?.Dispose();
        topic?.Dispose();
        handler.Dispose();
    }
}
