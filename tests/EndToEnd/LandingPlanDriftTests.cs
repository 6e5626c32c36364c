using RdsBq.Cloud.Aws;
using RdsBq.Core;
using RdsBq.Core.Drift;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Tables;
using RdsBq.Export.Loading;

namespace RdsBq.EndToEnd.Tests;

/// <summary>What a run must hold, after runs that knew <c>shop.public.orders</c> and <c>shop.archive.orders</c>.</summary>
public sealed class LandingPlanDriftTests
{
    private static readonly ExportLayout Layout = new(new ExportPlace("exports", "rds"), "e-1");
    private static readonly SourceTable Orders = new("shop", "public", "orders");
    private static readonly SourceTable Archive = new("shop", "archive", "orders");
    private static readonly RunTime Before = RunTime.At(DateTimeOffset.UnixEpoch);
    private static readonly RunTime Now = RunTime.At(DateTimeOffset.UnixEpoch.AddDays(1));
    private static readonly SourceHistory History = SourceHistory.From(Now, [Before], [Expected(Orders, "orders"), Expected(Archive, "archive_orders")]);

    [Fact]
    public void A_newcomer_that_wants_a_published_view_is_skipped_and_the_view_stays_with_its_table()
    {
        var newcomer = new SourceTable("shop", "public", "archive_orders");
        var plan = Plan([newcomer, Orders, Archive]);
        Assert.Equal([Archive, Orders], plan.Tables.Select(t => t.Target.Table));
        var skipped = Assert.Single(plan.Skipped);
        Assert.Equal(newcomer.ToString(), skipped.Table);
        Assert.StartsWith("it would be published as archive_orders, as shop.archive.orders is", skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_newcomers_that_want_one_view_are_both_skipped_and_the_rest_lands()
    {
        SourceTable[] rivals = [new("shop", "a", "b_c"), new("shop", "a_b", "c")];
        var plan = Plan([.. rivals, Orders, Archive]);
        Assert.Equal([Archive, Orders], plan.Tables.Select(t => t.Target.Table));
        Assert.Equal(rivals.Select(r => r.ToString()), plan.Skipped.Select(s => s.Table));
    }

    [Fact]
    public void A_table_that_only_the_exports_warning_names_is_skipped_not_gone()
    {
        const string warning = """{"skippedTables":[{"target":"shop.archive.orders","reason":"ROW_TOO_LARGE"}]}""";
        var plan = Plan([Orders], warning: warning);
        Assert.Equal(new SkippedTable("shop.archive.orders", "ROW_TOO_LARGE: shop.archive.orders"), Assert.Single(plan.Skipped));
        Assert.True(plan.Seen.Has("shop.archive.orders"));
    }

    [Fact]
    public void A_table_that_nothing_mentions_is_neither_there_nor_off_the_list()
    {
        var plan = Plan([Orders]);
        Assert.Empty(plan.Skipped);
        Assert.Equal((false, false), (plan.Seen.Has("shop.archive.orders"), plan.Unlisted.Contains("shop.archive.orders")));
    }

    [Fact]
    public void The_tables_of_a_database_that_RDS_could_not_list_are_skipped_not_gone()
    {
        var history = SourceHistory.From(Now, [Before], [Expected(Orders, "orders"), Expected(new SourceTable("crm", "public", "leads"), "leads")]);
        var failed = new ManifestEntry("crm", null, "FAILED", "FAILED_TO_EXTRACT_TABLES_LIST_FOR_DATABASE", [], 0);
        var plan = Plan([Orders], TargetList.Everything("shop", "crm"), history: history, entries: failed);
        Assert.Equal(
            new SkippedTable("crm.public.leads", "no table of crm: FAILED_TO_EXTRACT_TABLES_LIST_FOR_DATABASE"), Assert.Single(plan.Skipped));
    }

    [Fact]
    public void A_known_table_that_a_narrower_export_was_not_asked_for_is_skipped_not_gone()
    {
        var plan = Plan([Orders], only: ["shop.public.orders"]);
        Assert.StartsWith("the export was limited to shop.public.orders", Assert.Single(plan.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_the_list_has_dropped_is_off_the_list_though_the_export_has_it()
    {
        Assert.True(TargetList.TryParse("t", "*\n!archive.*", ["shop"], out var targets, out _));
        Assert.Equal(["shop.archive.orders"], Plan([Orders, Archive], targets).Unlisted);
        Assert.Equal(["shop.archive.orders"], Plan([Orders], targets).Unlisted);
    }

    [Fact]
    public void A_table_whose_transfer_config_can_not_be_used_is_skipped_with_the_mend()
    {
        var plan = Plan([Orders, Archive]).Without(new Dictionary<string, StopException> { ["orders"] = StopException.ForPerson("It reads elsewhere.", "Run sync.") });
        Assert.Equal(Archive, Assert.Single(plan.Tables).Target.Table);
        Assert.Equal(new SkippedTable("shop.public.orders", "It reads elsewhere. Run sync."), Assert.Single(plan.Skipped));
    }

    private static LandingPlan Plan(
        SourceTable[] tables, TargetList? targets = null, string? warning = null, SourceHistory? history = null, string[]? only = null,
        params ManifestEntry[] entries)
    {
        var manifest = new ExportManifest([.. tables.Select(Entry), .. entries]);
        var totals = tables.Select(t => new FolderTotals(
            Layout.FolderOf(t), 1, 100, 1, DateTimeOffset.UnixEpoch, [new ParquetColumn("id", "INT64", null, Required: true)], null));
        var contents = new ExportContents(Layout, manifest, totals.ToDictionary(t => t.Folder), new HashSet<string>());
        return LandingPlan.Make(contents, targets ?? TargetList.Everything("shop"), warning, history ?? History, only);
    }

    private static ManifestEntry Entry(SourceTable table) =>
        new(table.ToString(), table, "COMPLETE", null, [new ManifestColumn("id", "bigint", "int64", 0, 0, 0)], 0.1);

    private static LedgerRow Expected(SourceTable table, string view) =>
        new(Before.Instant, LedgerEvent.Expected, Before, "e-0", Table: table.ToString(), View: view, ExpectedRows: 1);
}
