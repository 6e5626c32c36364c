using RdsBq.Cloud.Slack;
using RdsBq.Core;
using RdsBq.Core.Alerts;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;
using RdsBq.Local.Slack;
using RdsBq.Tests.Clouds;
using RdsBq.Tests.Kit;

namespace RdsBq.Cloud.Tests.Slack;

/// <summary>
/// What people see in each situation, word for word: <c>Messages/*.txt</c>, as the local Slack took it. With RDSBQ_RECORD set the files are written anew; read
/// the difference as a person in the channel would.
/// </summary>
public sealed class RecordedMessagesTests(RecordedMessagesTests.Workspace workspace) : IClassFixture<RecordedMessagesTests.Workspace>
{
    private const string Refused = "PERMISSION_DENIED The AWS Access Key Id you provided does not exist in our records.";
    private static readonly string Folder = Path.Combine(Tools.RepoRoot, "tests/Cloud/Slack/Messages");
    private static readonly WarehouseSettings Warehouse = new("my-project", "EU", "shop_prd_rds_data", "shop_prd_rds_data_landing", PublishAll: true);
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 17, 5, 0, TimeSpan.Zero);
    private static readonly RunTime Run = RunTime.At(Start);
    private static readonly ExportPolicy Policy = new(RunTimeTemplate.Parse("export-id-prd-{run_time|\"%Y%m%d-%H%M\"}"), new ExportPlace("exports", "rds"), "automated", "shop-prd");
    private static readonly LedgerRow[] Planned = [Expected("orders", 1_204_331), Expected("items", 8_000_017), Expected("customers", 40_000), Row(LedgerEvent.Planned, 50) with { Tables = 3 }];
    private static readonly LedgerRow[] Proven = [.. new[] { "orders", "items", "customers" }.Select(t => Heard(LedgerEvent.Proven, t, 70))];
    private static readonly LedgerRow Published = Row(LedgerEvent.Published, 72) with { Tables = 3 };

    public static TheoryData<string> Situations => [.. All.Keys];

    private static readonly Dictionary<string, Func<Story?>> All = new()
    {
        ["one-table-failed"] = () => Tell([.. Planned, Failed("orders", $"{Refused}\nSummary: succeeded 0 jobs, failed 1 jobs.")]),
        ["a-cause-that-nobody-knows"] = () => Tell([.. Planned, Failed("orders", "INVALID_ARGUMENT Out of cheese at <!channel> & co.\nJob bqts_1 (table orders) failed.")]),
        ["one-table-cancelled"] = () => Tell([.. Planned, Failed("orders", "CANCELLED")]),
        ["rows-are-missing"] = () => Tell([.. Planned, Heard(LedgerEvent.Short, "orders", 60) with { LandedRows = 1_204_000 }]),
        ["nothing-was-loaded"] = () => Tell([.. Planned, Heard(LedgerEvent.Short, "orders", 60) with { LandedRows = 0 }]),
        ["five-hundred-tables-failed"] = () => Tell(
        [
            .. Enumerable.Range(0, 500).Select(i => Expected($"t{i:d3}", 1000 + i)), Row(LedgerEvent.Planned, 50) with { Tables = 500 },
            .. Enumerable.Range(0, 500).Select(i => Failed($"t{i:d3}", i % 5 == 0 ? "RESOURCE_EXHAUSTED Quota Exceeded." : Refused)),
        ]),
        ["tables-left-out"] = () => Tell([.. Planned, Skipped("audit log", "COLUMN_WITH_UNSUPPORTED_CHARACTER_IN_NAME"), Skipped("hidden", "PERMISSIONS_DO_NOT_EXIST"), .. Proven, Published]),
        ["the-source-has-changed"] = () => Tell(
        [
            .. Planned, Changed("orders", "column note dropped; column paid_at is new (timestamp with time zone)"), Changed("customers", "new, with 40,000 rows, published as customers"),
        ]),
        ["values-that-no-type-holds"] = () => Tell(
        [
            .. Planned, .. Proven,
            Heard(LedgerEvent.Uncast, "orders", 69) with { Uncast = """{"due":2,"paid_at":1}""", Detail = "SELECT due, COUNT(*) FROM `shop_prd_rds_data_landing.orders_202604011705` WHERE …" },
        ]),
        ["the-export-failed"] = () => Tell([Row(LedgerEvent.ExportFailed, 20) with { Detail = "The S3 bucket exports isn't located in the current AWS Region. Please, review your S3 bucket name and retry the export." }]),
        ["the-export-does-not-begin"] = () => Tell([Row(LedgerEvent.Stuck, 90) with { Detail = "Its export has been starting for 1 h 30 min; 15 min is usual." }]),
        ["the-landing-stops"] = () => Tell(
        [
            Row(LedgerEvent.Stopped, 45) with
            {
                Detail = "Its export is complete, but can't be landed: Export export-id-prd-20260401-1705 has no export_tables_info_*.json under s3://exports/rds.\n"
                    + "What to do: Check S3_EXPORT_PREFIX and that nothing deletes from the bucket before the load.",
            },
        ]),
        ["overdue"] = () => Tell([.. Planned, .. Proven.Take(2), Row(LedgerEvent.Overdue, 720) with { Detail = "It is not published 12 h after its export was started: 2 of 3 tables are proven.\nshop.public.customers: its transfer run has not ended" }]),
        ["nothing-new"] = () => Tell(
        [
            .. Planned, .. Proven, Published,
            Row(LedgerEvent.Stale, 1700) with { Detail = "The newest data that is published are of 2026-04-01 16:00 UTC, 27 h old when this was noticed; FRESHNESS is 26 h. No newer export is known of." },
        ]),
        ["mended"] = () => Tell([.. Planned, Failed("orders", Refused), .. Proven, Published]),
        ["made-up-for-by-the-next-run"] = () => Tell([.. Planned, Failed("orders", Refused)], RunTime.At(Start.AddDays(1))),
        ["mended-and-still-under-way"] = () => Tell([.. Planned, Failed("orders", Refused), Proven[0]]),
        ["all-is-well"] = () => Tell([.. Planned, .. Proven, Published]),
        ["no-snapshot"] = () => OfExport(StopException.ForPerson("shop-prd has no available automated snapshot", "check the identifier and the region, turn on automated backups or take a snapshot, then run export again"), null),
        ["all-slots-taken"] = () => OfExport(StopException.Passing("All five export slots of this AWS account are taken.", "Nothing to do: the next run tries again when an export has ended."), Snapshot(13)),
        ["no-new-snapshot"] = () => OfExport(null, Snapshot(40)),
        ["exports-can-be-started-again"] = () => ExportStory.Mended(Start, "export-id-prd-20260402-0905", Warehouse, Start.AddHours(16)),
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public async Task It_is_told_as_recorded(string situation)
    {
        var story = All[situation]()!;
        var before = workspace.Google.Slack.Messages.Count;
        var ts = await workspace.Channel.PostAsync(story, "f", default);
        foreach (var detail in story.Details) await workspace.Channel.ReplyAsync(ts, story, detail, default);
        var told = workspace.Google.Slack.Messages.Skip(before).Select((m, i) => (i == 0 ? "" : "--- in its thread\n") + SlackMessage.Render(m));
        var now = string.Join('\n', string.Join('\n', told).Split('\n').Select(l => l.TrimEnd())) + "\n";
        var path = Path.Combine(Folder, situation + ".txt");
        if (Environment.GetEnvironmentVariable("RDSBQ_RECORD") is { Length: > 0 }) await File.WriteAllTextAsync(path, now);
        Assert.Equal(await File.ReadAllTextAsync(path), now);
    }

    [Fact]
    public void Every_recorded_message_has_its_situation() =>
        Assert.Equal(All.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    private static Story? Tell(LedgerRow[] rows, RunTime? newer = null) => RunStory.Of(RunReceipts.From(Run, rows), rows, Warehouse, newer);

    private static Story? OfExport(StopException? stop, Snapshot? newest) =>
        ExportStory.Of(stop, newest, Policy, Warehouse, Start, TimeSpan.FromHours(12), TimeSpan.FromHours(26));

    private static Snapshot Snapshot(int hoursAgo) => new("rds:shop-prd-2026-04-01", "arn", Start.AddHours(-hoursAgo), "available", "automated", "aurora-postgresql", 1);

    private static LedgerRow Row(LedgerEvent happened, int minute) => new(Start.AddMinutes(minute), happened, Run, "export-id-prd-20260401-1705", Start.AddHours(-1));

    private static LedgerRow Expected(string table, long rows) => Row(LedgerEvent.Expected, 49) with
    {
        Table = $"shop.public.{table}",
        View = table,
        LandingTable = $"{table}_{Run.Stamp}",
        TransferConfig = "c",
        ExpectedRows = rows,
        ExpectedBytes = rows * 40,
        ExpectedFiles = 3,
    };

    private static LedgerRow Heard(LedgerEvent happened, string table, int minute) => Row(happened, minute) with
    {
        Table = $"shop.public.{table}",
        LandingTable = $"{table}_{Run.Stamp}",
        TransferRun = $"projects/1/locations/eu/transferConfigs/6a9c1592/runs/{minute}",
        LandedRows = 1,
    };

    private static LedgerRow Failed(string table, string detail) => Heard(LedgerEvent.Failed, table, 60) with { Detail = detail };

    private static LedgerRow Skipped(string table, string why) => Row(LedgerEvent.Skipped, 48) with { Table = $"shop.public.{table}", Detail = why };

    private static LedgerRow Changed(string table, string words) => Row(LedgerEvent.Changed, 48) with { Table = $"shop.public.{table}", Detail = words };

    public sealed class Workspace : IAsyncLifetime
    {
        internal GoogleSide Google { get; private set; } = null!;

        internal SlackChannel Channel { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Google = await GoogleSide.StartAsync();
            Channel = Google.Channel();
        }

        public async Task DisposeAsync()
        {
            Channel.Dispose();
            await Google.DisposeAsync();
        }
    }
}
