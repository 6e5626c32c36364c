using RdsBq.Cloud.Aws;
using RdsBq.Core;
using RdsBq.Core.Drift;
using RdsBq.Core.Exports;
using RdsBq.Core.Runs;
using RdsBq.Core.Tables;
using RdsBq.Export.Loading;

namespace RdsBq.EndToEnd.Tests;

/// <summary>What a run must hold, from what its export says and has.</summary>
public sealed class LandingPlanTests
{
    private static readonly ExportLayout Layout = new(new ExportPlace("exports", "rds"), "e-1");

    [Fact]
    public void A_table_with_files_must_hold_what_their_footers_say()
    {
        var plan = Plan([Entry("orders")], [Totals("orders", 12)], finished: ["orders"]);
        var table = Assert.Single(plan.Tables);
        Assert.Equal(
            ("shop.public.orders", "orders", 12L, 1200L, 2L),
            (table.Target.Table.ToString(), table.Target.View, table.Rows, table.Bytes, table.Files));
        Assert.Equal([new Column("id", "INTEGER", "REQUIRED", "bigint")], table.Columns);
        Assert.Equal((0, 0), (plan.Skipped.Count, plan.Notes.Count));
    }

    [Fact]
    public void A_finished_table_without_files_is_empty_and_takes_its_columns_from_the_manifest()
    {
        var table = Assert.Single(Plan([Entry("orders")], [], finished: ["orders"]).Tables);
        Assert.Equal((0L, 0L, 0L), (table.Rows, table.Bytes, table.Files));
        Assert.Equal([new Column("id", "INTEGER", "NULLABLE", "bigint")], table.Columns);
    }

    [Fact]
    public void A_table_without_files_or_marker_is_missing_not_empty() =>
        AssertSkipped(Plan([Entry("orders")], [], finished: ["items"]), "no file and no _SUCCESS marker in the export");

    [Fact]
    public void An_empty_table_without_columns_can_not_be_made() =>
        AssertSkipped(
            Plan([Entry("orders") with { Columns = [] }], [], finished: ["orders"]),
            "it is empty, and the export does not name its columns");

    [Theory]
    [InlineData("FAILED", "cannot read it", "FAILED: cannot read it")]
    [InlineData("SKIPPED", null, "SKIPPED: RDS gives no reason")]
    [InlineData("", null, ": RDS gives no reason")]
    public void A_table_that_is_not_complete_is_skipped_though_it_has_files(string status, string? warning, string reason) =>
        AssertSkipped(
            Plan([Entry("orders") with { Status = status, Warning = warning }], [Totals("orders", 12)], finished: ["orders"]), reason);

    [Fact]
    public void The_status_is_read_in_any_case() =>
        Assert.Single(Plan([Entry("orders") with { Status = "complete" }], [Totals("orders", 12)], finished: []).Tables);

    [Fact]
    public void A_complete_table_without_files_but_with_a_warning_is_skipped_with_its_words() =>
        AssertSkipped(Plan([Entry("orders") with { Warning = "row too large" }], [], finished: ["orders"]), "row too large");

    [Fact]
    public void Files_that_disagree_are_skipped_not_loaded_by_half() =>
        AssertSkipped(
            Plan([Entry("orders")], [Totals("orders", 12) with { Conflict = "column id is missing" }], finished: ["orders"]),
            "its files disagree: column id is missing");

    [Fact]
    public void A_column_that_BigQuery_refuses_costs_its_table_only()
    {
        var bad = Totals("orders", 12) with { Columns = [new ParquetColumn("a*b", "INT64", null, Required: false)] };
        var plan = Plan([Entry("orders"), Entry("items")], [bad, Totals("items", 3)], finished: ["orders", "items"]);
        Assert.Equal("items", Assert.Single(plan.Tables).Target.View);
        Assert.Contains("column a*b has a '*'", Assert.Single(plan.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Unwanted_tables_are_left_out_silently_and_wanted_ones_that_are_nowhere_are_told()
    {
        Assert.True(TargetList.TryParse(
            "target_tables.txt", "orders -> sales\nabsent\n!public.tmp_*\npublic.tmp_*", ["shop"], out var targets, out _));
        var plan = Plan(
            [Entry("orders"), Entry("items"), Entry("tmp_1") with { Status = "FAILED" }], [Totals("orders", 12), Totals("items", 1)],
            ["orders", "items"], targets);
        Assert.Equal("sales", Assert.Single(plan.Tables).Target.View);
        var skipped = Assert.Single(plan.Skipped);
        Assert.Equal("not in the export", skipped.Reason);
        Assert.Contains("target_tables.txt:2: 'absent'", skipped.Table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop", "ordrs", "not in the export; did you mean public.orders?")]
    [InlineData("", "public.Orders", "not in the export; did you mean public.orders?")]
    [InlineData("shop.public.orders", "items", "the export was limited to shop.public.orders: run rdsbq export --again to take it in")]
    [InlineData("shop.public.orders", "audit.*", "the export was limited to shop.public.orders: run rdsbq export --again to take it in")]
    [InlineData("shop.public.orders shop.public.items", "items", "not in the export")]
    public void A_line_that_finds_nothing_is_told_with_the_reason(string only, string line, string reason)
    {
        Assert.True(TargetList.TryParse("t", $"orders\n{line}", ["shop"], out var targets, out _));
        var plan = LandingPlan.Make(
            Contents([Entry("orders")], [Totals("orders", 12)], ["orders"]), targets, null,
            SourceHistory.None(RunTime.At(DateTimeOffset.UnixEpoch)), only.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(reason, Assert.Single(plan.Skipped).Reason);
    }

    [Fact]
    public void A_name_that_DTS_would_take_for_a_pattern_costs_its_table_only()
    {
        var plan = Plan([Entry("orders"), Entry("a*b")], [Totals("orders", 12), Totals("a*b", 1)], ["orders", "a*b"]);
        Assert.Equal("orders", Assert.Single(plan.Tables).Target.View);
        Assert.Contains("its name holds a *", Assert.Single(plan.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_of_other_databases_are_not_loaded()
    {
        var other = Entry("orders") with { Target = "crm.public.orders", Table = new SourceTable("crm", "public", "orders") };
        Assert.Equal("shop", Assert.Single(Plan([Entry("orders"), other], [Totals("orders", 1)], ["orders"]).Tables).Target.Table.Database);
    }

    [Fact]
    public void Warnings_about_databases_and_the_task_are_notes()
    {
        var database = new ManifestEntry("crm", null, "FAILED", "no right to read it", [], 0);
        const string warning = """{"skippedTables":[{"target":"shop.public.big","reason":"ROW_TOO_LARGE"}]}""";
        var plan = Plan([Entry("orders"), database], [Totals("orders", 1)], ["orders"], warning: warning);
        Assert.Equal(["crm: no right to read it", "ROW_TOO_LARGE: shop.public.big"], plan.Notes);
        Assert.Single(plan.Tables);
        Assert.Empty(plan.Skipped);
    }

    [Fact]
    public void Two_tables_for_one_view_stop_the_load()
    {
        var second = Entry("orders") with { Target = "shop.archive.orders", Table = new SourceTable("shop", "archive", "orders") };
        Assert.True(TargetList.TryParse("t", "public.orders -> sales\narchive.orders -> sales", ["shop"], out var targets, out _));
        var e = Assert.Throws<StopException>(() => Plan([Entry("orders"), second], [Totals("orders", 1)], ["orders"], targets));
        Assert.Equal(StopException.NeedsPerson, e.ExitCode);
    }

    private static void AssertSkipped(LandingPlan plan, string reason)
    {
        Assert.Empty(plan.Tables);
        Assert.Equal(new SkippedTable("shop.public.orders", reason), Assert.Single(plan.Skipped));
    }

    private static LandingPlan Plan(
        ManifestEntry[] entries, FolderTotals[] totals, string[] finished, TargetList? targets = null, string? warning = null) =>
        LandingPlan.Make(Contents(entries, totals, finished), targets ?? TargetList.Everything("shop"), warning, SourceHistory.None(RunTime.At(DateTimeOffset.UnixEpoch)));

    private static ExportContents Contents(ManifestEntry[] entries, FolderTotals[] totals, string[] finished) =>
        new(Layout, new ExportManifest(entries), totals.ToDictionary(t => t.Folder), finished.Select(FolderOf).ToHashSet());

    private static string FolderOf(string table) => Layout.FolderOf(new SourceTable("shop", "public", table));

    private static ManifestEntry Entry(string table) => new(
        $"shop.public.{table}", new SourceTable("shop", "public", table), "COMPLETE", null,
        [new ManifestColumn("id", "bigint", "int64", 0, 0, 0)], 0.1);

    private static FolderTotals Totals(string table, long rows) =>
        new(FolderOf(table), rows, rows * 100, 2, DateTimeOffset.UnixEpoch, [new ParquetColumn("id", "INT64", null, Required: true)], null);
}
