using RdsBq.Core.Drift;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using static RdsBq.Core.Tests.Drift.Make;

namespace RdsBq.Core.Tests.Drift;

public class LeftBehindTests
{
    private static readonly LedgerRow[] Rows = [Expected(1, "legacy"), Expected(1, "orders")];

    [Fact]
    public void The_grace_runs_from_the_first_run_without_the_table()
    {
        var left = Assert.Single(Of(4, Rows, [Table("orders")]));
        Assert.Equal(
            ("legacy", Night(2), Night(9).Instant, false), (left.Known.View, left.Since, left.Until, left.IsOver));
        Assert.Equal(Night(2), Assert.Single(Of(2, Rows, [Table("orders")])).Since);
    }

    [Theory]
    [InlineData(8, 7, false)]
    [InlineData(9, 8, true)]
    [InlineData(20, 2, true)]
    // No run without the table has been published, or a person has gone back to one that had it.
    [InlineData(20, 1, false)]
    [InlineData(20, 0, false)]
    public void A_view_goes_when_the_grace_is_over_and_readers_see_a_run_without_its_table(int day, int shown, bool over) =>
        Assert.Equal(over, Assert.Single(Of(day, Rows, [Table("orders")], shown)).IsOver);

    [Fact]
    public void Nights_that_were_not_planned_are_no_nights_without_the_table() =>
        Assert.Equal(Night(5), Assert.Single(Left(History(6, Rows, 1, 5), Seen([Table("orders")]), 5)).Since);

    [Fact]
    public void A_view_that_is_in_use_is_not_left_behind()
    {
        Assert.Empty(Of(3, Rows, [Table("orders"), Table("other", view: "legacy")]));
        Assert.Empty(Left(History(3, Rows), Seen([Table("orders")], skipped: ["legacy"]), 2));
    }

    [Fact]
    public void A_withdrawn_view_is_done_with_until_its_table_has_come_and_gone_again()
    {
        Assert.Empty(Of(12, [.. Rows, Withdrawn(10, "legacy")], [Table("orders")]));
        Assert.Equal(Night(12), Assert.Single(Of(12, [.. Rows, Withdrawn(10, "legacy"), Expected(11, "legacy")], [Table("orders")])).Since);
    }

    [Fact]
    public void A_table_published_under_another_name_leaves_the_old_view_behind()
    {
        var left = Assert.Single(Of(3, [Expected(1, "orders"), Expected(2, "orders", view: "sales")], [Table("orders", view: "sales")]));
        Assert.Equal(("orders", Night(2), Night(1)), (left.Known.View, left.Since, left.Known.LastRead));
    }

    private static IReadOnlyList<LeftBehind> Of(int day, IReadOnlyList<LedgerRow> rows, IReadOnlyList<SeenTable> tables, int? shown = null) =>
        Left(History(day, rows), Seen(tables), shown ?? day - 1);

    private static IReadOnlyList<LeftBehind> Left(SourceHistory history, SourceSeen seen, int shown) =>
        LeftBehind.Of(history, seen, shown == 0 ? (RunTime?)null : Night(shown), TimeSpan.FromDays(7), history.Run.Instant);
}
