using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Google;
using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Runs;
using RdsBq.Cloud.Secrets;
using RdsBq.Cloud.Slack;
using RdsBq.Cloud.Topics;
using RdsBq.Cloud.Transfers;
using RdsBq.Export.Settings;

namespace RdsBq.Export;

/// <summary>Google's clients over one handler, and what is made of them alone. Making them calls nothing.</summary>
internal sealed class GoogleSide : IDisposable
{
    /// <summary>The job tells a run from one place at a time.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.Zero;

    private readonly SlackChannel? channel;
    private readonly SocketsHttpHandler handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5), EnableMultipleHttp2Connections = true };

    private readonly TopicPublisher? topic;

    /// <param name="time">The machine's: verdicts are dated by it here as in the function, so that their order tells which came last.</param>
    public GoogleSide(JobSettings settings, GoogleAuth google, TimeProvider time, ILogger log)
    {
        var (warehouse, endpoints) = (settings.Warehouse, settings.Endpoints);
        BigQuery = new BigQueryClient(warehouse.Project, warehouse.Location, endpoints.BigQuery, google, handler, time);
        Transfers = new TransferClient(warehouse.Project, warehouse.Location, endpoints.DataTransfer, google);
        Patience = new Patience(time, Jitter(time), log);
        ConfigWriter = new ConfigWriter(Transfers, Patience);
        Secrets = new SecretReader(warehouse.Project, endpoints.SecretManager, google);
        Ledger = new LedgerTable(BigQuery, warehouse, time);
        topic = settings.ReadyTopic is { } name ? new TopicPublisher(name, endpoints.PubSub, google) : null;
        Ready = topic is null ? null : new Announcer(topic, Ledger, warehouse, time, log);
        Publisher = new ViewPublisher(BigQuery, Ledger, warehouse, time, log, Ready);
        channel = settings.Slack is { } to ? new SlackChannel(
            to.Channel, $"{warehouse.Project}.{warehouse.Dataset}", token => Secrets.ReadAsync(to.TokenSecret, SecretReader.SlackSetting, token), endpoints.Slack, handler) : null;
        Teller = channel is null ? null : new Teller(channel, settings.Slack!.Always, BetweenLooks, time, log);
        RunTeller = new RunTeller(Ledger, Teller, warehouse);
    }

    public BigQueryClient BigQuery { get; }

    public TransferClient Transfers { get; }

    public Patience Patience { get; }

    public ConfigWriter ConfigWriter { get; }

    public SecretReader Secrets { get; }

    public LedgerTable Ledger { get; }

    public ViewPublisher Publisher { get; }

    /// <summary>Null where no channel is set, or nobody wants to hear: then the log alone speaks.</summary>
    public Teller? Teller { get; }

    public RunTeller RunTeller { get; }

    /// <summary>Null where no READY_TOPIC is set.</summary>
    public Announcer? Ready { get; }

    public void Dispose()
    {
        BigQuery.Dispose();
        Transfers.Dispose();
        Secrets.Dispose();
        channel?.Dispose();
        topic?.Dispose();
        handler.Dispose();
    }

#pragma warning disable CA5394 // Spreads waits; nobody gains by guessing it.
    private static Func<double> Jitter(TimeProvider time)
    {
        var random = new Random((int)time.GetTimestamp());
        return () =>
        {
            lock (random) return random.NextDouble();
        };
    }
#pragma warning restore CA5394
}
