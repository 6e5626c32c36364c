using System.Text;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Google;
using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Transfers;
using RdsBq.Core.Settings;
using RdsBq.Core.Views;
using RdsBq.Local;
using RdsBq.Local.BigQuery;
using RdsBq.Local.BigQuery.Rest;
using RdsBq.Local.Google;
using RdsBq.Local.Hosting;
using RdsBq.Local.Metadata;
using RdsBq.Local.PubSub;
using RdsBq.Local.S3;
using RdsBq.Local.Secrets;
using RdsBq.Local.Slack;
using RdsBq.Local.Transfers;

namespace RdsBq.Tests.Clouds;

/// <summary>
/// All that the project asks of Google and Slack, local and of this test alone, with our own clients of it. Time stands still unless a
/// speed is given.
/// </summary>
internal sealed class GoogleSide : IAsyncDisposable
{
    public const string Dataset = "shop_test_rds_data";
    public const string SlackSecret = "slack_token";
    private readonly SocketsHttpHandler handler = new();
    private readonly string folder = Directory.CreateTempSubdirectory("rdsbq-side-").FullName;
    private BigQueryService bigQuery = null!;
    private GoogleApis apis = null!;
    private MetadataServer metadata = null!;

    private GoogleSide(double speed)
    {
        Clock = new LocalClock(TimeProvider.System, speed);
        Journal = new Journal(Clock);
        Objects = new ObjectStore(folder, Clock);
        Objects.CreateBucket(Estate.Bucket, Estate.Region);
        Topics = new Topics(
            Clock, Journal,
            new PushTiming { MinimumBackoff = TimeSpan.FromMilliseconds(20), MaximumBackoff = TimeSpan.FromMilliseconds(200) });
        Topics.Create(Estate.NotificationTopic);
        Topics.Create(Estate.ReadyTopic);
        Secrets = new SecretStore(Clock);
        Warehouse = new Warehouse(Estate.Project, Estate.Location, Clock) { StreamingWarmup = TimeSpan.Zero };
        var needs = new TransferNeeds(Clock, Faults, Objects, Topics, Estate, _ => Estate.Location, Warehouse.LoadParquetAsync);
        var options = new TransferOptions { PendingFor = TimeSpan.Zero, RunningFor = TimeSpan.Zero, Visibility = TimeSpan.Zero };
        Engine = new TransferEngine(needs, new Random(11), options);
    }

    public Estate Estate { get; } = Estate.Create(new Random(5));

    public Faults Faults { get; } = new();

    public LocalClock Clock { get; }

    public Journal Journal { get; }

    public ObjectStore Objects { get; }

    public Topics Topics { get; }

    public SecretStore Secrets { get; }

    public Warehouse Warehouse { get; }

    public TransferEngine Engine { get; }

    public SlackApi Slack { get; private set; } = null!;

    public HttpMessageHandler Handler => handler;

    public GoogleAuth Auth { get; private set; } = null!;

    public BigQueryClient Client { get; private set; } = null!;

    public TransferClient Transfers { get; private set; } = null!;

    public LedgerTable Ledger { get; private set; } = null!;

    public string SecretsAddress => apis.Grpc.ToString();

    public string PubSubHost => apis.Grpc.Authority;

    public static async Task<GoogleSide> StartAsync(double speed = 0)
    {
        var side = new GoogleSide(speed);
        side.metadata = await MetadataServer.StartAsync(side.Clock, side.Journal, side.Faults);
        var isGood = side.metadata.Identity.IsValidAccessToken;
        side.bigQuery = await BigQueryService.StartAsync(side.Warehouse, isGood, side.Journal, side.Faults);
        side.apis = await GoogleApis.StartAsync(side.Journal, side.Faults, new GoogleParts(side.Engine, side.Secrets, side.Topics, isGood));
        side.Slack = await SlackApi.StartAsync(side.Journal, side.Faults, side.Clock, side.Estate.SlackToken, [Estate.SlackChannel]);
        side.Secrets.Add(SlackSecret, Encoding.UTF8.GetBytes(side.Estate.SlackToken));
        side.Auth = new GoogleAuth(side.metadata.Address.Authority);
        side.Client = new BigQueryClient(
            Estate.Project, Estate.Location, side.bigQuery.Address.Authority, side.Auth, side.handler, TimeProvider.System);
        side.Transfers = new TransferClient(Estate.Project, Estate.Location, side.apis.Grpc.ToString(), side.Auth);
        side.Ledger = new LedgerTable(side.Client, Settings(), side.Clock);
        return side;
    }

    public static WarehouseSettings Settings(bool publishAll = true, bool castTypes = true) =>
        new(Estate.Project, Estate.Location, Dataset, Names.LandingDataset(Dataset), publishAll, castTypes);

    /// <summary>What the function needs to know to find all this.</summary>
    public Dictionary<string, string?> Environment() => new()
    {
        ["ENV"] = "test",
        ["DATABASE_NAME"] = "shop",
        ["GOOGLE_CLOUD_PROJECT"] = Estate.Project,
        ["BIGQUERY_LOCATION"] = Estate.Location,
        ["BIGQUERY_DATASET"] = Dataset,
        ["READY_TOPIC"] = Estate.ReadyTopic,
        ["SLACK_CHANNEL"] = Estate.SlackChannelId,
        ["SLACK_TOKEN_SECRET"] = SlackSecret,
        ["GCE_METADATA_HOST"] = metadata.Address.Authority,
        ["PUBSUB_EMULATOR_HOST"] = PubSubHost,
        ["BIGQUERY_EMULATOR_HOST"] = bigQuery.Address.Authority,
        ["RDSBQ_ENDPOINT_DATATRANSFER"] = apis.Grpc.ToString(),
        ["RDSBQ_ENDPOINT_SECRETMANAGER"] = apis.Grpc.ToString(),
        ["RDSBQ_ENDPOINT_SLACK"] = Slack.Address.ToString(),
    };

    /// <summary>The channel that alerts go to.</summary>
    public Cloud.Slack.SlackChannel Channel(Func<string>? token = null, string channel = Estate.SlackChannelId, HttpMessageHandler? through = null) => new(
        channel, $"{Estate.Project}.{Dataset}", _ => Task.FromResult(token?.Invoke() ?? Estate.SlackToken), Slack.Address.ToString(), through ?? handler);

    public int Calls(string operation, string subject = "") =>
        Journal.Entries.Count(e => e.Operation == operation && e.Subject.Contains(subject, StringComparison.Ordinal));

    /// <summary>One query's rows, columns joined by |.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        var rows = new List<string>();
        await foreach (var row in Client.QueryAsync(sql, null, default)) rows.Add(string.Join('|', row.Values.Select(v => v ?? "NULL")));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Transfers.Dispose();
        handler.Dispose();
        await Topics.DisposeAsync();
        await Engine.DisposeAsync();
        await Slack.DisposeAsync();
        await apis.DisposeAsync();
        await bigQuery.DisposeAsync();
        await metadata.DisposeAsync();
        Warehouse.Dispose();
        Objects.Dispose();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
