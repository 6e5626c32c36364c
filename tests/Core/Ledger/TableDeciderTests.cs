using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using static RdsBq.Core.Tests.Ledger.Rows;

namespace RdsBq.Core.Tests.Ledger;

public class TableDeciderTests
{
    private static readonly Receipt Pending = new("shop.public.a", "a", $"a_{Run.Stamp}", "configs/c", 10, 1000, null, Verdict.Pending, null, []);
    private static readonly Receipt Failed = Pending with { Verdict = Verdict.Failed };
    private static readonly Receipt Short = Pending with { Verdict = Verdict.Short, LandedRows = 7 };
    private static readonly LedgerRow[] None = [];

    public static TheoryData<string, Receipt, LedgerRow[], TransferRunInfo[], bool, string> Situations => new()
    {
        { "proven", Pending with { Verdict = Verdict.Proven }, None, [], true, "Nothing" },
        { "skipped", Pending with { Verdict = Verdict.Skipped, TransferConfig = null }, None, [], true, "Nothing" },
        { "empty: it lands without a run", Pending with { TransferConfig = null }, None, [], false, "Nothing" },
        { "no run yet", Pending, None, [], false, "Start it has no transfer run yet" },
        { "only another day's run", Pending, None, [Ended("r0", -60) with { RunTime = RunTime.At(Now.AddDays(-1)) }], false, "Start it has no transfer run yet" },
        { "pending", Pending, None, [UnderWay("r1", TransferState.Pending)], false, "WaitForRun r1" },
        { "running", Pending, None, [UnderWay("r1", TransferState.Running)], true, "WaitForRun r1" },
        { "a state that is not known", Pending, None, [UnderWay("r1", TransferState.Unknown)], false, "WaitForRun r1" },
        { "running after a failure", Failed, [On("r1")], [Ended("r1", -60, TransferState.Failed), UnderWay("r2", TransferState.Running)], false, "WaitForRun r2" },
        { "succeeded without a verdict", Pending, None, [Ended("r1", -5)], false, "Judge r1" },
        { "failed without a verdict", Pending, None, [Ended("r1", -5, TransferState.Failed, "INTERNAL")], true, "Judge r1" },
        { "the second run has no verdict", Failed, [On("r1")], [Ended("r2", -5), Ended("r1", -60, TransferState.Failed)], false, "Judge r2" },
        { "an expected row is no verdict", Pending, [Expected("a") with { TransferRun = RunName + "r1" }], [Ended("r1", -5)], false, "Judge r1" },
        { "proven by its row, the receipt is older", Pending, [On("r1", LedgerEvent.Proven)], [Ended("r1", -5)], false, "Nothing" },
        { "the row names the project by number", Pending, [On("r1", LedgerEvent.Proven) with { TransferRun = "projects/12/locations/eu/transferConfigs/c/runs/r1" }], [Ended("r1", -5)], false, "Nothing" },

        { "a passing cause, too early", Failed, [On("r1")], [Ended("r1", -4, TransferState.Failed, "UNAVAILABLE")], false, "Nothing" },
        { "a passing cause, a person asks", Failed, [On("r1")], [Ended("r1", -4, TransferState.Failed, "UNAVAILABLE")], true, "Start a person asked for it" },
        { "RESOURCE_EXHAUSTED", Failed, [On("r1")], [Ended("r1", -5, TransferState.Failed, "RESOURCE_EXHAUSTED")], false, "Start the last transfer run failed with RESOURCE_EXHAUSTED" },
        { "UNAVAILABLE", Failed, [On("r1")], [Ended("r1", -5, TransferState.Failed, "UNAVAILABLE")], false, "Start" },
        { "INTERNAL", Failed, [On("r1")], [Ended("r1", -5, TransferState.Failed, "INTERNAL")], false, "Start" },
        { "ABORTED", Failed, [On("r1")], [Ended("r1", -5, TransferState.Failed, "ABORTED")], false, "Start" },
        { "DEADLINE_EXCEEDED", Failed, [On("r1")], [Ended("r1", -5, TransferState.Failed, "DEADLINE_EXCEEDED")], false, "Start" },
        { "second pause, too early", Failed, [On("r2")], [Ended("r1", -60, TransferState.Failed, "INTERNAL"), Ended("r2", -9, TransferState.Failed, "INTERNAL")], false, "Nothing" },
        { "second pause over", Failed, [On("r2")], [Ended("r1", -60, TransferState.Failed, "INTERNAL"), Ended("r2", -10, TransferState.Failed, "INTERNAL")], false, "Start" },
        { "third pause, too early", Failed, [On("r3")], Failures(3, -19), false, "Nothing" },
        { "third pause over", Failed, [On("r3")], Failures(3, -20), false, "Start" },
        { "four runs failed", Failed, [On("r4")], Failures(4, -600), false, "GaveUp 4 transfer runs failed, the last with INTERNAL" },
        { "four runs failed, a person asks", Failed, [On("r4")], Failures(4, -600), true, "Start a person asked for it" },
        { "no end time: the verdict's time stands in", Failed, [On("r1") with { RecordedAt = Now.AddMinutes(-4) }], [Ended("r1", 0, TransferState.Failed, "INTERNAL") with { EndedAt = null }], false, "Nothing" },

        { "a lasting cause", Failed, [On("r1")], [Ended("r1", -60, TransferState.Failed, "PERMISSION_DENIED")], false, "GaveUp the transfer run failed with PERMISSION_DENIED" },
        { "a cause that is not told", Failed, [On("r1")], [Ended("r1", -60, TransferState.Failed)], false, "GaveUp the transfer run failed" },
        { "cancelled", Failed, [On("r1")], [Ended("r1", -60, TransferState.Cancelled, "UNAVAILABLE")], false, "GaveUp the transfer run was cancelled" },
        { "cancelled, a person asks", Failed, [On("r1")], [Ended("r1", -60, TransferState.Cancelled)], true, "Start a person asked for it" },
        { "short", Short, [On("r1", LedgerEvent.Short)], [Ended("r1", -60)], false, "GaveUp the transfer run succeeded, but 7 of 10 rows are there" },
        { "short, a person asks", Short, [On("r1", LedgerEvent.Short)], [Ended("r1", -60)], true, "Start a person asked for it" },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public void Load_does_for_a_table_what_the_situation_asks_for(
        string situation, Receipt receipt, LedgerRow[] verdicts, TransferRunInfo[] runs, bool retry, string expected)
    {
        var step = TableDecider.Decide(receipt, verdicts, runs, Now, retry) switch
        {
            TableStep.Nothing => "Nothing",
            TableStep.Start s => $"Start {s.Why}",
            TableStep.WaitForRun w => $"WaitForRun {w.Run.Name.Split('/')[^1]}",
            TableStep.Judge j => $"Judge {j.Run.Name.Split('/')[^1]}",
            TableStep.GaveUp g => $"GaveUp {g.Why}",
            var other => other.ToString(),
        };
        Assert.True(step.StartsWith(expected, StringComparison.Ordinal), $"{situation}: {step}");
    }

    private static LedgerRow On(string run, LedgerEvent happened = LedgerEvent.Failed) => Heard(happened, "a", -3, run);

    private static TransferRunInfo UnderWay(string run, TransferState state) => new(RunName + run, Run, state, null, "", null);

    private static TransferRunInfo Ended(string run, int minute, TransferState state = TransferState.Succeeded, string code = "") =>
        new(RunName + run, Run, state, Now.AddMinutes(minute), code, null);

    private static TransferRunInfo[] Failures(int count, int lastMinute) =>
        [.. Enumerable.Range(1, count).Select(i => Ended($"r{i}", lastMinute - (60 * (count - i)), TransferState.Failed, "INTERNAL"))];
}
