using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.WellKnownTypes;
using RdsBq.Local.BigQuery;
using RdsBq.Local.Google;
using RdsBq.Local.Hosting;
using RdsBq.Local.PubSub;
using RdsBq.Local.S3;
using RdsBq.Local.Secrets;
using RdsBq.Local.Transfers;

namespace RdsBq.Local.Tests.Google;

/// <summary>Google's side of the local cloud with a clock that only the test moves, and a loader that counts a row a byte.</summary>
internal sealed class GoogleRig : IAsyncDisposable
{
    public const string Token = "ya29.good";
    public const string Parent = $"projects/{Estate.Project}/locations/{Estate.Location}";
    public const string Dataset = "shop_landing";

    private readonly string folder = Directory.CreateTempSubdirectory("rdsbq-google-").FullName;

    private GoogleRig(TransferOptions? options)
    {
        Journal = new Journal(Clock);
        Objects = new ObjectStore(folder, Clock);
        Objects.CreateBucket(Estate.Bucket, Estate.Region);
        Topics = new Topics(Clock, Journal, new PushTiming
        {
            MinimumBackoff = TimeSpan.FromMilliseconds(10),
            MaximumBackoff = TimeSpan.FromMilliseconds(40), AckDeadline = TimeSpan.FromMilliseconds(400)
        });
        Topics.Create(Estate.NotificationTopic);
        Secrets = new SecretStore(Clock);
        var needs = new TransferNeeds(Clock, Faults, Objects, Topics, Estate, d => Datasets.GetValueOrDefault(d), LoadAsync);
        Engine = new TransferEngine(needs, new Random(7), options);
    }

    public LocalClock Clock { get; } = new(TimeProvider.System, speed: 0);

    public Journal Journal { get; }

    public Faults Faults { get; } = new();

    public ObjectStore Objects { get; }

    public Topics Topics { get; }

    public SecretStore Secrets { get; }

    public Estate Estate { get; } = Estate.Create(new Random(1));

    public TransferEngine Engine { get; }

    public GoogleApis Apis { get; private set; } = null!;

    public Dictionary<string, string> Datasets { get; } = new() { [Dataset] = Estate.Location, ["us_data"] = "US" };

    public ConcurrentQueue<LoadJob> Loads { get; } = [];

    /// <summary>What the next loads answer; rows and no error by default.</summary>
    public Func<LoadJob, LoadOutcome>? Loader { get; set; }

    public static async Task<GoogleRig> StartAsync(TransferOptions? options = null)
    {
        var rig = new GoogleRig(options);
        rig.Apis = await GoogleApis.StartAsync(rig.Journal, rig.Faults,
            new GoogleParts(rig.Engine, rig.Secrets, rig.Topics, t => t == Token));
        return rig;
    }

    public Transport Via(bool grpc) => grpc ? new GrpcTransport(Apis.Grpc) : new RestTransport(Apis.Rest);

    public static Task<T> DtsAsync<T>(Transport transport, string method, IMessage request)
        where T : class, IMessage<T>, new() =>
        transport.SendAsync<T>(DataTransferService.Descriptor.FindMethodByName(method), request);

    public TransferConfig Config(string table = "orders", string? path = null)
    {
        var config = new TransferConfig
        {
            DisplayName = $"shop-{table}-transfer",
            DataSourceId = "amazon_s3",
            DestinationDatasetId = Dataset,
            NotificationPubsubTopic = Estate.NotificationTopic,
            ScheduleOptions = new ScheduleOptions { DisableAutoScheduling = true },
            Params = new Struct(),
        };
        Set(config, "destination_table_name_template", $"{table}_{{run_time|\"%Y%m%d%H%M\"}}");
        Set(config, "data_path", path ?? $"s3://{Estate.Bucket}/rds/id-{{run_time|\"%Y%m%d-%H%M\"}}/shop/public.{table}/*.parquet");
        Set(config, "access_key_id", Estate.ReaderKeyId);
        Set(config, "secret_access_key", Estate.ReaderSecret);
        Set(config, "file_format", "PARQUET");
        Set(config, "write_disposition", "WRITE_TRUNCATE");
        return config;
    }

    public static void Set(TransferConfig config, string id, string value) => config.Params.Fields[id] = Value.ForString(value);

    public Task<TransferConfig> CreateAsync(Transport transport, TransferConfig? config = null, string parent = Parent) =>
        DtsAsync<TransferConfig>(transport, "CreateTransferConfig",
            new CreateTransferConfigRequest { Parent = parent, TransferConfig = config ?? Config() });

    public async Task<TransferRun> StartRunAsync(Transport transport, string config, DateTimeOffset runTime) =>
        (await DtsAsync<StartManualTransferRunsResponse>(transport, "StartManualTransferRuns",
            new StartManualTransferRunsRequest { Parent = config, RequestedRunTime = runTime.ToTimestamp() })).Runs.Single();

    public static Task<TransferRun> GetRunAsync(Transport transport, string name) =>
        DtsAsync<TransferRun>(transport, "GetTransferRun", new GetTransferRunRequest { Name = name });

    public static async Task<IReadOnlyList<TransferMessage>> LogAsync(Transport transport, string run) =>
        (await DtsAsync<ListTransferLogsResponse>(transport, "ListTransferLogs",
            new ListTransferLogsRequest { Parent = run })).TransferMessages;

    public void Put(string key, int bytes = 3) => Objects.Put(Estate.Bucket, key, new byte[bytes]);

    /// <summary>Steps the clock until the run is over.</summary>
    public async Task<TransferRun> FinishAsync(Transport transport, string name)
    {
        for (var i = 0; i < 200; i++)
        {
            Engine.Step();
            var run = await GetRunAsync(transport, name);
            if (run.State is not (TransferState.Pending or TransferState.Running)) return run;
            Clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(2);
        }
        throw new TimeoutException($"{name} does not end.");
    }

    /// <summary>A run of one new config, from start to end.</summary>
    public async Task<TransferRun> RunAsync(Transport transport, TransferConfig? config = null, DateTimeOffset? runTime = null) =>
        await FinishAsync(transport,
            (await StartRunAsync(transport, (await CreateAsync(transport, config)).Name, runTime ?? Clock.GetUtcNow())).Name);

    public async ValueTask DisposeAsync()
    {
        await Apis.DisposeAsync();
        await Engine.DisposeAsync();
        await Topics.DisposeAsync();
        Objects.Dispose();
    }

    private Task<LoadOutcome> LoadAsync(LoadJob job, CancellationToken token)
    {
        Loads.Enqueue(job);
        return Task.FromResult(Loader?.Invoke(job) ?? new LoadOutcome(job.Files.Sum(f => new FileInfo(f).Length), null));
    }
}
