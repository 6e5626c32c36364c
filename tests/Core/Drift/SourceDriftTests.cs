using RdsBq.Core.Drift;
using RdsBq.Core.Ledger;
using static RdsBq.Core.Tests.Drift.Make;

namespace RdsBq.Core.Tests.Drift;

public class SourceDriftTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    [Fact]
    public void Before_there_is_a_run_to_compare_with_nothing_has_changed()
    {
        Assert.Empty(Told(SourceHistory.None(Night(1)), Seen([Table("orders")])));
        // Rows of a run that was never planned are no run.
        Assert.Empty(Told(SourceHistory.From(Night(2), [], [Expected(1, "orders")]), Seen([Table("orders", 0)])));
    }

    [Fact]
    public void The_same_night_again_says_nothing() =>
        Assert.Empty(Told(History(2, [Expected(1, "orders"), Expected(1, "items", 0)]), Seen([Table("orders", 12), Table("items", 3)])));

    [Fact]
    public void A_table_that_the_export_no_longer_has_is_gone_and_its_view_stays_for_the_grace() => Assert.Equal(
        ["shop.public.legacy: gone from the export: dropped or renamed at the source; view legacy stays as it is until 2026-04-09 03:00 UTC"],
        Told(History(2, [Expected(1, "orders"), Expected(1, "legacy")]), Seen([Table("orders")])));

    [Fact]
    public void A_table_that_is_gone_is_told_in_the_first_night_only() =>
        Assert.Empty(Told(History(3, [Expected(2, "orders"), Expected(1, "legacy")]), Seen([Table("orders")])));

    [Fact]
    public void A_night_that_was_not_planned_does_not_swallow_the_news() => Assert.Single(
        Told(History(3, [Expected(1, "orders"), Expected(1, "legacy")], planned: 1), Seen([Table("orders")])));

    [Fact]
    public void A_table_that_was_skipped_is_still_there()
    {
        Assert.Empty(Told(History(2, [Expected(1, "orders"), Expected(1, "legacy")]), Seen([Table("orders")], skipped: ["legacy"])));
        // Nor is it new when it comes again, and it is compared with the night that could read it.
        Assert.Equal(
            ["shop.public.legacy: column name is gone (text)"],
            Told(History(3, [Expected(1, "legacy"), Skipped(2, "legacy")]), Seen([Table("legacy", columns: Id)])));
    }

    [Fact]
    public void A_table_that_was_skipped_last_and_is_gone_now_is_told() =>
        Assert.Single(Told(History(3, [Expected(2, "orders"), Expected(1, "legacy"), Skipped(2, "legacy")]), Seen([Table("orders")])));

    [Fact]
    public void A_table_that_the_list_no_longer_wants_is_off_the_list_not_gone() => Assert.Equal(
        ["shop.public.legacy: off the list of target tables; view legacy stays as it is until 2026-04-09 03:00 UTC"],
        Told(History(2, [Expected(1, "orders"), Expected(1, "legacy")]), Seen([Table("orders")], unlisted: ["legacy"])));

    [Fact]
    public void A_table_that_has_lost_its_rows_is_empty_and_its_columns_are_not_held_against_the_manifests_guesses() => Assert.Equal(
        ["shop.public.orders: empty now, 1,234 rows before"],
        Told(History(2, [Expected(1, "orders", 1234)]), Seen([Table("orders", 0, columns: [Id with { Mode = "NULLABLE" }, Name with { Type = "BYTES" }])])));

    [Fact]
    public void A_new_table_says_where_it_is_published() => Assert.Equal(
        ["shop.public.refunds: new, with 3 rows, published as refunds"],
        Told(History(2, [Expected(1, "orders")]), Seen([Table("orders"), Table("refunds", 3)])));

    [Fact]
    public void A_table_that_comes_back_is_compared_with_what_it_was() => Assert.Equal(
        ["shop.public.legacy: column note is new (text); back, last seen in run 2026-04-01T03:00Z"],
        Told(History(5, [Expected(4, "orders"), Expected(1, "legacy")]), Seen([Table("orders"), Table("legacy", columns: [Id, Name, Text("note")])])));

    [Fact]
    public void A_renamed_table_is_gone_and_new() => Assert.Equal(
        [
            "shop.public.orders: gone from the export: dropped or renamed at the source; view orders stays as it is until 2026-04-09 03:00 UTC",
            "shop.public.sales: new, with 10 rows, published as sales",
        ],
        Told(History(2, [Expected(1, "orders")]), Seen([Table("sales")])));

    [Fact]
    public void A_table_that_takes_another_ones_view_over_is_told_on_both_sides() => Assert.Equal(
        [
            "shop.public.orders: gone from the export: dropped or renamed at the source; view orders now shows shop.public.sales",
            "shop.public.sales: new, with 10 rows, published as orders, which shop.public.orders was before",
        ],
        Told(History(2, [Expected(1, "orders")]), Seen([Table("sales", view: "orders")])));

    [Fact]
    public void A_table_under_another_name_leaves_its_view_behind() => Assert.Equal(
        ["shop.public.orders: published as sales instead of orders; view orders stays as it is until 2026-04-09 03:00 UTC"],
        Told(History(2, [Expected(1, "orders")]), Seen([Table("orders", view: "sales")])));

    [Fact]
    public void The_worst_comes_first()
    {
        var before = History(2, [Expected(1, "a", columns: [Id, Name]), Expected(1, "b"), Expected(1, "c"), Expected(1, "d")]);
        var told = SourceDrift.Find(
            before, Seen([Table("new"), Table("a", columns: [Id, Name, Text("x")]), Table("b", 0), Table("c", columns: [Text("y"), Name])]), [], true);
        Assert.Equal(
            [ChangeKind.Dropped, ChangeKind.Emptied, ChangeKind.ColumnDropped, ChangeKind.ColumnAdded, ChangeKind.Added], told.Select(c => c.Worst));
        Assert.Equal("column id is gone (bigint); column y is new (text)", told[2].Words);
    }

    private static IEnumerable<string> Told(SourceHistory history, SourceSeen seen) =>
        SourceDrift.Find(history, seen, LeftBehind.Of(history, seen, history.Previous, Grace, history.Run.Instant), castTypes: true)
            .Select(c => $"{c.Table}: {c.Words}");
}
