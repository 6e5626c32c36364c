using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Aws;
using RdsBq.Cloud.Google;
using RdsBq.Cloud.Runs;
using RdsBq.Core.Plans;
using RdsBq.Export.Loading;
using RdsBq.Export.Planning;
using RdsBq.Export.Publishing;
using RdsBq.Export.Reporting;
using RdsBq.Export.Settings;
using RdsBq.Export.Syncing;
using RdsBq.Export.Telling;
using RdsBq.Export.Verbs;

namespace RdsBq.Export;

/// <summary>Composes the verbs and their clients by hand. Nothing is called before a verb asks for it.</summary>
internal sealed partial class Wiring : IDisposable
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

    public ExportVerb ExportVerb()
    {
        var rds = Rds();
        return new(rds, new ExportLook(rds, clock, settings), clock, settings, Log);
    }

    public ExportTeller ExportTeller() => new(googleSide.Value.Teller, settings, clock, Log);

    public ExportFollower ExportFollower(TimeSpan poll) => new(Rds(), LoadTick(retry: false), time, poll, Log);

    /// <summary>One tick of <c>load</c>, as often as it is called.</summary>
    /// <param name="retry">A person asked to run again also what has failed for good.</param>
    public Func<CancellationToken, Task<LoadResult>> LoadTick(bool retry)
    {
        var (g, files, policy) = (googleSide.Value, ExportFiles(), settings.Policy);
        var judge = Own(new RunJudge(g.BigQuery, g.Ledger, g.Transfers, g.Publisher, g.RunTeller, settings.Warehouse, time, Log));
        var landing = LandingSettings();
        var configs = new TransferConfigs(g.Transfers, g.ConfigWriter, g.Secrets, settings.Warehouse, policy, landing, Log);
        var watch = Watch(g);
        var look = new LoadLook(Rds(), files, g.Ledger, policy, clock);
        var verb = new LoadVerb(
            look,
            new Landing(files, g.BigQuery, g.Ledger, configs, watch, settings.Warehouse, policy, landing, clock, Log),
            new RunTending(g.Ledger, g.Transfers, new TableLook(g.Transfers, clock), judge, g.Publisher, Log), Keeper(),
            new RunWatch(look, g.Ledger, g.BigQuery, settings.Warehouse, policy, new WatchLimits(settings.LoadDeadline, settings.Freshness), clock, time, Log),
            new Upkeep(g.RunTeller, settings.Slack?.Always == true, [clock, time], Log), g.Ready, clock, Log);
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

    /// <summary>Looks, and says what the other verbs would do.</summary>
    public Func<CancellationToken, Task<Plan>> Plan()
    {
        var (g, files, rds, policy) = (googleSide.Value, ExportFiles(), Rds(), settings.Policy);
        var look = new PlanLook(
            new ExportLook(rds, clock, settings), new LoadLook(rds, files, g.Ledger, policy, clock), new TableLook(g.Transfers, clock), SyncObserver(),
            new LandingLook(files, Watch(g), settings), Keeper(), g.BigQuery, g.Ledger, settings);
        return async token => Planner.Make(
            await look.LookAsync(token), new PlanSettings(policy, settings.Targets, settings.Warehouse.PublishAll, settings.Warehouse.CastTypes, settings.LandingRetention));
    }

    private SourceWatch Watch(GoogleSide g) => new(g.BigQuery, g.Ledger, settings.Warehouse, LandingSettings(), clock, Log);

    private LandingSettings LandingSettings() => new(
        settings.Targets, settings.LandingRetention, settings.DroppedTableGrace, settings.NotificationTopic, settings.ReaderKeyIdSecret, settings.ReaderKeySecret);

    /// <param name="plain">Without colour.</param>
    public StatusVerb StatusVerb(TextWriter output, bool plain) =>
        new(new StatusReading(Rds(), ExportFiles(), googleSide.Value.Ledger, settings, clock), new Screen(output, plain), time);

    /// <param name="plain">Without colour.</param>
    public PublishVerb PublishVerb(TextWriter output, bool plain) =>
        new(googleSide.Value, Keeper(), settings, new Screen(output, plain));

    private LandingKeeper Keeper() =>
        new(googleSide.Value.BigQuery, googleSide.Value.Ledger, settings.Warehouse, settings.LandingRetention, clock, Log);

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
