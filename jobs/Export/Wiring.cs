using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Aws;
using RdsBq.Cloud.Google;
using RdsBq.Cloud.Runs;
using RdsBq.Export.Loading;
using RdsBq.Export.Settings;
using RdsBq.Export.Syncing;
using RdsBq.Export.Verbs;

namespace RdsBq.Export;

/// <summary>Composes the verbs and their clients by hand. Nothing is called before a verb asks for it.</summary>
internal sealed class Wiring : IDisposable
{
    private readonly JobSettings settings;
    private readonly TimeProvider time;
    private readonly CloudClock clock;
    private readonly AwsClients aws;
    private readonly GoogleAuth google;
    private readonly Lazy<AWSCredentials?> credentials;
    private readonly Lazy<GoogleSide> googleSide;
    private readonly List<IDisposable> owned = [];

    public Wiring(JobSettings settings, ILogger log, TimeProvider time)
    {
        this.settings = settings;
        this.time = time;
        Log = log;
        clock = new CloudClock(time);
        aws = new AwsClients(settings.Region, clock);
        google = new GoogleAuth(settings.Endpoints.MetadataHost);
        credentials = new Lazy<AWSCredentials?>(Credentials);
        googleSide = new Lazy<GoogleSide>(() => Own(new GoogleSide(settings, google, time, log)));
    }

    public ILogger Log { get; }

    public ExportVerb ExportVerb() => new(Rds(), clock, settings, Log);

    public ExportFollower ExportFollower(TimeSpan poll) => new(Rds(), LoadTick(retry: false), time, poll, Log);

    /// <summary>One tick of <c>load</c>, as often as it is called.</summary>
    /// <param name="retry">A person asked to run again also what has failed for good.</param>
    public Func<CancellationToken, Task<LoadResult>> LoadTick(bool retry)
    {
        var (g, files, policy) = (googleSide.Value, ExportFiles(), settings.Policy);
        var judge = Own(new RunJudge(g.BigQuery, g.Ledger, g.Transfers, g.Publisher, g.Slack, settings.Warehouse, time, Log));
        var landing = new LandingSettings(
            settings.Targets, settings.LandingRetention, settings.NotificationTopic, settings.ReaderKeyIdSecret, settings.ReaderKeySecret);
        var configs = new TransferConfigs(g.Transfers, g.ConfigWriter, g.Secrets, settings.Warehouse, policy, landing, Log);
        var verb = new LoadVerb(
            Rds(), files, g.Ledger, new Landing(files, g.BigQuery, g.Ledger, configs, g.Slack, settings.Warehouse, policy, landing, clock, Log),
            new RunTending(g.Ledger, g.Transfers, judge, g.Publisher, clock, Log), policy, clock, Log);
        return token => verb.TickAsync(retry, token);
    }

    /// <summary>What <c>sync</c> would look at; reads only.</summary>
    public SyncObserver SyncObserver()
    {
        var g = googleSide.Value;
        return new SyncObserver(new WantedReader(Rds(), ExportFiles(), settings), g.Transfers, g.Secrets, g.Patience, g.Ledger, settings);
    }

    public SyncVerb SyncVerb()
    {
        var g = googleSide.Value;
        return new SyncVerb(SyncObserver(), g.ConfigWriter, g.Secrets, g.BigQuery, settings, Log);
    }

    private RdsExports Rds()
    {
        var client = aws.Rds(settings.Endpoints.Rds, credentials.Value);
        owned.Add(client);
        return new RdsExports(client);
    }

    private ExportFiles ExportFiles()
    {
        var client = aws.S3(settings.Endpoints.S3, credentials.Value);
        owned.Add(client);
        return new ExportFiles(client, settings.Place.Bucket);
    }

    public void Dispose()
    {
        foreach (var one in owned) one.Dispose();
    }

    private AWSCredentials? Credentials() => settings.Federation is not { } federation ? null : Own(new FederatedCredentials(
        aws.Sts(settings.Endpoints.Sts), token => google.GetIdTokenAsync(federation.Audience, token), federation.RoleArn, $"rdsbq-{settings.Env}"));

    private T Own<T>(T one)
        where T : IDisposable
    {
        owned.Add(one);
        return one;
    }
}
