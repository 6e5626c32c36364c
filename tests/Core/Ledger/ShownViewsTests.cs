using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Tests.Ledger;

public sealed class ShownViewsTests
{
    private static readonly DateTimeOffset Day = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_run_that_is_published_whole_has_the_views_of_its_proven_tables() =>
        Assert.Equal(["a 1 @5", "b 1 @5"], Shown([.. Run(1, "a", "b"), Row(LedgerEvent.Skipped, 1, 2, "c"), Row(LedgerEvent.Published, 1, 5)]));

    [Fact]
    public void Nothing_is_shown_of_a_run_that_is_not_published() => Assert.Empty(Shown(Run(1, "a")));

    [Fact]
    public void Single_tables_take_their_views_over_one_by_one() =>
        Assert.Equal(["a 2 @8", "b 1 @5"], Shown([.. Run(1, "a", "b"), Row(LedgerEvent.Published, 1, 5), Row(LedgerEvent.Published, 2, 8, "a")]));

    [Fact]
    public void An_older_run_that_is_whole_at_last_leaves_newer_views_alone_but_a_person_takes_them_all()
    {
        LedgerRow[] rows = [.. Run(1, "a", "b"), Row(LedgerEvent.Published, 2, 8, "a"), Row(LedgerEvent.Published, 1, 9)];
        Assert.Equal(["a 2 @8", "b 1 @9"], Shown(rows));
        Assert.Equal(["a 1 @12", "b 1 @9"], Shown([.. rows, Row(LedgerEvent.Repointed, 1, 12)]));
    }

    [Fact]
    public void A_view_keeps_the_time_at_which_its_table_was_published_when_the_whole_run_follows() =>
        Assert.Equal(["a 1 @4", "b 1 @5"], Shown([.. Run(1, "a", "b"), Row(LedgerEvent.Published, 1, 4, "a"), Row(LedgerEvent.Published, 1, 5)]));

    [Fact]
    public void A_view_that_was_withdrawn_is_gone() =>
        Assert.Equal(["b 1 @5"], Shown([.. Run(1, "a", "b"), Row(LedgerEvent.Published, 1, 5), Row(LedgerEvent.Withdrawn, 2, 9, "a")]));

    private static IEnumerable<string> Shown(LedgerRow[] rows) => ShownViews.From(rows.Reverse().ToList()).Values
        .OrderBy(v => v.View, StringComparer.Ordinal)
        .Select(v =>
        {
            Assert.Equal($"{v.View}_{v.RunTime.Stamp}", v.LandingTable);
            return $"{v.View} {v.RunTime.Instant.Day} @{(v.Since - Day).TotalHours}";
        });

    private static LedgerRow[] Run(int day, params string[] tables) =>
        [.. tables.SelectMany(t => new[] { Row(LedgerEvent.Expected, day, 1, t), Row(LedgerEvent.Proven, day, 3, t) }), Row(LedgerEvent.Planned, day, 2)];

    private static LedgerRow Row(LedgerEvent happened, int day, int hour, string? table = null)
    {
        var run = RunTime.At(Day.AddDays(day - 1));
        return new LedgerRow(
            Day.AddHours(hour), happened, run, "e", Table: table is null ? null : $"shop.public.{table}", View: table,
            LandingTable: table is null || happened == LedgerEvent.Skipped ? null : $"{table}_{run.Stamp}", Tables: happened == LedgerEvent.Planned ? 1 : null);
    }
}
