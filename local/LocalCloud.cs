using System.Net;
using System.Net.Sockets;
using RdsBq.Local.Aws;
using RdsBq.Local.BigQuery;
using RdsBq.Local.BigQuery.Rest;
using RdsBq.Local.Control;
using RdsBq.Local.Export;
using RdsBq.Local.Google;
using RdsBq.Local.Hosting;
using RdsBq.Local.PubSub;
using RdsBq.Local.Rds;
using RdsBq.Local.S3;
using RdsBq.Local.Secrets;
using RdsBq.Local.Slack;
using RdsBq.Local.Sources;
using RdsBq.Local.Transfers;

namespace RdsBq.Local;

/// <summary>Both clouds and Slack on loopback, wired to each other as the real ones are.</summary>
public sealed class LocalCloud : IAsyncDisposable
{
    private readonly ObjectStore store;
    private readonly CancellationTokenSource stop = new();
    private readonly List<IAsyncDisposable> servers = [];
    private Task transferPump = Task.CompletedTask;

    private LocalCloud(LocalOptions options, TimeProvider machine, string folder)
    {
        Folder = folder;
        Clock = new LocalClock(machine, options.Speed);
        Journal = new Journal(Clock);
        store = new ObjectStore(Path.Combine(folder, "s3"), Clock);
        Warehouse = new Warehouse(Estate.Project, Estate.Location, Clock, folder);
        Secrets = new SecretStore(Clock);
        Topics = new Topics(Clock, Journal);
    }

    public LocalClock Clock { get; }

    public Journal Journal { get; }

    public Faults Faults { get; } = new();

#pragma warning disable CA5394 // Keys of an emulator, new at every start.
    public Estate Estate { get; } = Estate.Create(Random.Shared);
#pragma warning restore CA5394

    public Warehouse Warehouse { get; }

    public SecretStore Secrets { get; }

    public Topics Topics { get; }

    public AwsCloud Aws { get; private set; } = null!;

    public GoogleApis Google { get; private set; } = null!;

    public TransferEngine Transfers { get; private set; } = null!;

    public SlackApi Slack { get; private set; } = null!;

    /// <summary>Where <c>/_local/…</c> is served.</summary>
    public Uri Control { get; private set; } = null!;

    /// <summary>The source that the settings name.</summary>
    public RdsSource Source { get; private set; } = null!;

    public int FunctionPort { get; private set; }

    public IEnumerable<string> SourceIds => Aws.Rds.Sources.Select(s => s.Id);

    public IEnumerable<string> SlackTexts => Slack.Messages.Select(SlackMessage.Render);

    /// <summary>What lies in S3, without asking S3.</summary>
    public IReadOnlyList<StoredObject> ObjectsOf(string bucket, string prefix) => store.List(bucket, prefix);

    /// <summary>Gives a bucket another document, by the name that S3's query has for it (<c>lifecycle</c>, <c>encryption</c>, <c>publicAccessBlock</c>); null takes it away.</summary>
    public void SetConfiguration(string bucket, string name, System.Xml.Linq.XElement? configuration) => store.SetConfiguration(bucket, name, configuration);

    public System.Xml.Linq.XElement? Configuration(string bucket, string name) => store.Configuration(bucket, name);

    /// <summary>Makes a bucket, or moves one to another region.</summary>
    public void CreateBucket(string bucket, string region) => store.CreateBucket(bucket, region);

    /// <summary>Writes an object as anybody with a right to the bucket can, over one that is there.</summary>
    public StoredObject PutObject(string bucket, string key, ReadOnlySpan<byte> content) => store.Put(bucket, key, content);

    /// <summary>Every key, secret and token that these clouds know or have handed out: what nothing may print.</summary>
    public IReadOnlyList<string> Confidential =>
    [
        Estate.SlackToken,
        .. Aws.Credentials.All.SelectMany(c => new[] { c.KeyId, c.Secret, c.SessionToken }).OfType<string>(),
        .. Aws.Metadata.Identity.Issued,
    ];

    /// <summary>A folder of this cloud's own; goes with it.</summary>
    private string Folder { get; }

    public static async Task<LocalCloud> StartAsync(LocalOptions options, TimeProvider machine, CancellationToken token = default)
    {
        var cloud = new LocalCloud(options, machine, Directory.CreateTempSubdirectory("rdsbq-local-").FullName);
        try
        {
            await cloud.ComposeAsync(options, token);
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
        return cloud;
    }

    /// <summary>Takes a manual snapshot of a source (of the one that the settings name, unless told otherwise).</summary>
    public bool TrySnapshot(string? source, out string? id)
    {
        source ??= Source.Id;
        id = SourceIds.Contains(source) ? Aws.Rds.CreateSnapshot(source, automated: true).Id : null;
        return id is not null;
    }

    /// <summary>Forgets everything that has happened: exports, objects, datasets, configs, messages, faults, journal. Names, keys, time and addresses stay.</summary>
    public Task ResetAsync()
    {
        Faults.Clear();
        Transfers.Clear();
        Aws.Rds.Clear();
        store.Clear();
        Warehouse.Clear();
        Topics.Clear();
        Slack.Clear();
        Journal.Clear();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await transferPump;
        foreach (var server in Enumerable.Reverse(servers)) await server.DisposeAsync();
        await Topics.DisposeAsync();
        Warehouse.Dispose();
        store.Dispose();
        stop.Dispose();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private async Task ComposeAsync(LocalOptions options, CancellationToken token)
    {
        // Scaled, so that a fresh table's silence and a settling file keep their proportions.
        Warehouse.StreamingWarmup = TimeSpan.FromSeconds(2);
        var sources = SourcesOf(options, out var instances);
        Source = instances[options.MySql ? ^1 : 0];
        var exporter = new SnapshotExporter(store, Faults, Clock, sources);
        Aws = Keep(await AwsCloud.StartAsync(Clock, Journal, Faults, Estate, store, exporter.ExportAsync, instances, token));
        var identity = Aws.Metadata.Identity;
        Topics.Tokens = audience => identity.IdToken(audience, withEmail: true);
        Transfers = Keep(new TransferEngine(
            new TransferNeeds(Clock, Faults, store, Topics, Estate, LocationOf, Warehouse.LoadParquetAsync), new Random(Estate.Account.Length)));
        var bigQuery = new BigQueryService(Warehouse, identity.IsValidAccessToken);
        var wire = new BigQueryWire();
        Google = Keep(await GoogleApis.StartAsync(Journal, Faults, new GoogleParts(Transfers, Secrets, Topics, identity.IsValidAccessToken)
        {
            Map = app => bigQuery.Map(app),
            Neighbour = context => BigQuery.Rest.Route.Parse(context.Request.Method, context.Request.Path) is null ? null : wire,
        }, token));
        Slack = Keep(await SlackApi.StartAsync(Journal, Faults, Clock, Estate.SlackToken, [Estate.SlackChannel], token));
        Seed(options);
        var control = Keep(await Listener.StartAsync(new Journal(Clock), new Faults(), new ControlWire(), _ => { }, app => ControlService.Map(app, this), token: token));
        Control = control.Http1;
        transferPump = Transfers.RunAsync(stop.Token);
    }

    private void Seed(LocalOptions options)
    {
        Secrets.Add("access_key_id", System.Text.Encoding.UTF8.GetBytes(Estate.ReaderKeyId));
        Secrets.Add("secret_access_key", System.Text.Encoding.UTF8.GetBytes(Estate.ReaderSecret));
        Secrets.Add("slack_token", System.Text.Encoding.UTF8.GetBytes(Estate.SlackToken));
        Topics.Create(Estate.NotificationTopic);
        Topics.Create(Estate.ReadyTopic);
        FunctionPort = options.FunctionPort == 0 ? FreePort() : options.FunctionPort;
        // The framework reads the topic out of the push address's path.
        var endpoint = new Uri($"http://127.0.0.1:{FunctionPort}/{Estate.NotificationTopic}");
        Topics.Grant(Estate.NotificationTopic, "roles/pubsub.publisher", $"serviceAccount:{Estate.TransferAgent}");
        Topics.Subscribe(Estate.NotificationTopic, $"projects/{Estate.Project}/subscriptions/rdsbq-transfer-runs-push", endpoint, endpoint.ToString());
    }

    private static Dictionary<string, Source> SourcesOf(LocalOptions options, out IReadOnlyList<RdsSource> instances)
    {
        if (options.Sample is { } sample)
        {
            instances = [new RdsSource("shop", sample.Engine == Sources.Engine.PostgreSql ? "aurora-postgresql" : "aurora-mysql", true, DatabasesOf(sample))];
            return new() { ["shop"] = sample };
        }
        if (options.PostgresSource is not { } connection)
        {
            instances = RdsSource.Defaults;
            return new() { ["shop"] = new ShopSource(Sources.Engine.PostgreSql, options.Scale), ["shop-mysql"] = new ShopSource(Sources.Engine.MySql, options.Scale) };
        }
        var server = PostgresSource.Server(connection);
        instances = [new RdsSource("source", "aurora-postgresql", true, DatabasesOf(server))];
        return new() { ["source"] = server };
    }

    private static IReadOnlyList<string> DatabasesOf(Source source) => [source.Database, .. source.Others.Select(o => o.Database)];

    private string? LocationOf(string dataset)
    {
        lock (Warehouse.Gate) return Warehouse.Catalog.FindDataset(dataset) is null ? null : Estate.Location;
    }

    private T Keep<T>(T server)
        where T : IAsyncDisposable
    {
        servers.Add(server);
        return server;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
