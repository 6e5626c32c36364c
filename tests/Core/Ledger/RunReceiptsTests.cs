using CsCheck;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using static RdsBq.Core.Tests.Ledger.Rows;

namespace RdsBq.Core.Tests.Ledger;

public class RunReceiptsTests
{
    [Fact]
    public void A_receipt_says_what_was_expected_and_what_landed()
    {
        var run = RunReceipts.From(Run, [Expected("orders", 10), Planned(1), Heard(LedgerEvent.Proven, "orders", 5, landed: 10)]);
        Assert.Equal((Run, Id, Now.AddHours(-1), true, false, true), (run.RunTime, run.ExportTaskId, run.SnapshotTime, run.IsPlanned, run.IsPublished, run.AllProven));
        var receipt = Assert.Single(run.Tables);
        Assert.Equal(
            ("shop.public.orders", "orders", "orders_202604011705", "configs/c", 10, 1000, 10L, Verdict.Proven),
            (receipt.Table, receipt.View, receipt.LandingTable, receipt.TransferConfig, receipt.ExpectedRows, receipt.ExpectedBytes, receipt.LandedRows, receipt.Verdict));
        Assert.Equal("id", Assert.Single(receipt.Columns).Name);
    }

    public static TheoryData<string, LedgerRow[], string> Histories => new()
    {
        { "nothing heard", [Expected("a"), Planned(1)], "planned a=Pending" },
        { "failed, then proven by a second run", [Expected("a"), Planned(1), Heard(LedgerEvent.Failed, "a", 1), Heard(LedgerEvent.Proven, "a", 2, "r2")], "planned proven a=Proven" },
        { "the first failure is delivered again", [Expected("a"), Planned(1), Heard(LedgerEvent.Failed, "a", 1), Heard(LedgerEvent.Proven, "a", 2, "r2"), Heard(LedgerEvent.Failed, "a", 3)], "planned proven a=Proven" },
        { "proven, then short by a later run", [Expected("a"), Planned(1), Heard(LedgerEvent.Proven, "a", 1), Heard(LedgerEvent.Short, "a", 2, "r2")], "planned a=Short" },
        { "rows in another order", [Heard(LedgerEvent.Proven, "a", 2, "r2"), Planned(1), Heard(LedgerEvent.Failed, "a", 1), Expected("a")], "planned proven a=Proven" },
        { "a verdict that names only the landing table", [Expected("a"), Planned(1), Heard(LedgerEvent.Proven, "a", 1) with { Table = null }], "planned proven a=Proven" },
        { "one proven, one not", [Expected("a"), Expected("b"), Planned(2), Heard(LedgerEvent.Proven, "a", 1)], "planned a=Proven b=Pending" },
        { "one proven, one skipped", [Expected("a"), Skipped("b", "no rights"), Planned(1), Heard(LedgerEvent.Proven, "a", 1)], "planned proven a=Proven b=Skipped" },
        { "fewer expected rows than planned", [Expected("a"), Planned(2), Heard(LedgerEvent.Proven, "a", 1)], "a=Proven" },
        { "an expected row twice does not stand for two", [Expected("a"), Expected("a", minute: 1), Planned(2)], "a=Pending" },
        { "planned before its rows are seen", [Planned(1)], "" },
        { "not planned", [Expected("a"), Heard(LedgerEvent.Proven, "a", 1)], "a=Proven" },
        { "expected again after the verdict", [Expected("a"), Heard(LedgerEvent.Proven, "a", 1), Expected("a", minute: 2), Planned(1)], "planned proven a=Proven" },
        { "published at once", [Expected("a"), Planned(1), Heard(LedgerEvent.Proven, "a", 1), Published()], "planned published proven a=Proven" },
        { "each published", [Expected("a"), Expected("b"), Planned(2), Published("a"), Published("b")], "planned published a=Pending b=Pending" },
        { "one of two published", [Expected("a"), Expected("b"), Planned(2), Published("a")], "planned a=Pending b=Pending" },
        { "each published but the skipped", [Expected("a"), Skipped("b", "x"), Planned(1), Published("a")], "planned published a=Pending b=Skipped" },
        { "another run's rows", [Expected("a"), Planned(1), Published() with { RunTime = RunTime.At(Now) }, Heard(LedgerEvent.Proven, "a", 1) with { RunTime = RunTime.At(Now) }], "planned a=Pending" },
        { "no rows", [], "" },
    };

    [Theory]
    [MemberData(nameof(Histories))]
    public void The_ledgers_rows_add_up_to_one_answer(string history, LedgerRow[] rows, string expected)
    {
        var words = Words(RunReceipts.From(Run, rows));
        Assert.True(words == expected, $"{history}: {words}");
    }

    [Fact]
    public void Neither_order_nor_repetition_changes_the_answer()
    {
        LedgerRow[] rows =
        [
            Expected("a"), Expected("b"), Skipped("c", "x"), Planned(2), Heard(LedgerEvent.Failed, "a", 1, "r1"), Heard(LedgerEvent.Proven, "a", 2, "r2"),
            Heard(LedgerEvent.Short, "b", 3, "r3"), Published("a"),
        ];
        var expected = Words(RunReceipts.From(Run, rows));
        Gen.Shuffle(rows.Concat(rows.Select(r => r with { RecordedAt = r.RecordedAt.AddHours(1) })).ToList())
            .Sample(mixed => Assert.Equal(expected, Words(RunReceipts.From(Run, mixed))));
    }

    [Fact]
    public void A_skipped_table_keeps_its_reason() =>
        Assert.Equal("no rights", Assert.Single(RunReceipts.From(Run, [Skipped("b", "no rights")]).Tables).Detail);

    private static string Words(RunReceipts run)
    {
        List<string> words = [.. run.Tables.Select(t => $"{t.View}={t.Verdict}")];
        if (run.AllProven) words.Insert(0, "proven");
        if (run.IsPublished) words.Insert(0, "published");
        if (run.IsPlanned) words.Insert(0, "planned");
        return string.Join(' ', words);
    }
}
