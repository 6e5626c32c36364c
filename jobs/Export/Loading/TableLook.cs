using RdsBq.Cloud.Transfers;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Export.Loading;

/// <summary>What <c>load</c> sees of one table of a planned run, and what comes next; <c>plan</c> asks it too. Reads only.</summary>
internal sealed class TableLook(TransferClient transfers, TimeProvider clock)
{
    /// <summary>The function has this long to judge a finished run before <c>load</c> does: two judges at once would alert twice.</summary>
    private static readonly TimeSpan FunctionsTurn = TimeSpan.FromMinutes(2);

    /// <summary>The tables of a run that are neither proven nor done without a transfer run.</summary>
    public static IReadOnlyList<Receipt> Open(RunReceipts run) =>
        [.. run.Tables.Where(t => t.Verdict is not (Verdict.Proven or Verdict.Skipped) && t.TransferConfig is not null)];

    /// <param name="rows">The ledger's, of the run.</param>
    /// <returns>The next step, and how many transfer runs of this run time there are.</returns>
    public async Task<(TableStep Step, int Runs)> LookAsync(RunTime runTime, Receipt table, IReadOnlyList<LedgerRow> rows, bool retry, CancellationToken token)
    {
        var runs = await transfers.RunsAsync(table.TransferConfig!, runTime, token);
        var verdicts = rows.Where(r => r.LandingTable == table.LandingTable && r.TransferRun is not null).ToList();
        return (TableDecider.Decide(table, verdicts, runs, clock.GetUtcNow(), retry), runs.Count);
    }

    public bool IsFunctionsTurn(TableStep.Judge finished) => finished.Run.EndedAt is { } ended && clock.GetUtcNow() - ended < FunctionsTurn;
}
