namespace RdsBq.Core.Ledger;

public static class TableDecider
{
    private const int MostReruns = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5);

    private static readonly HashSet<string> PassingCauses = new(StringComparer.OrdinalIgnoreCase)
    {
        "RESOURCE_EXHAUSTED", "UNAVAILABLE", "INTERNAL", "ABORTED", "DEADLINE_EXCEEDED",
    };

    /// <param name="verdicts">The ledger's rows on this table and run; rows that are no verdict are passed over.</param>
    /// <param name="runs">The transfer runs of the table's config; those of other run times are passed over.</param>
    /// <param name="retry">A person asked for what failed to be tried again.</param>
    public static TableStep Decide(
        Receipt receipt, IReadOnlyList<LedgerRow> verdicts, IReadOnlyList<TransferRunInfo> runs, DateTimeOffset now, bool retry)
    {
        if (receipt.Verdict is Verdict.Proven or Verdict.Skipped || receipt.TransferConfig is null) return new TableStep.Nothing();
        var own = runs.Where(r => IsOf(r, receipt)).ToList();
        if (own.Count == 0) return new TableStep.Start("it has no transfer run yet");
        if (own.Find(r => r.IsUnderWay) is { } underWay) return new TableStep.WaitForRun(underWay);

        var newest = own.MaxBy(r => r.EndedAt ?? DateTimeOffset.MinValue)!;
        var verdict = verdicts.LastOrDefault(v =>
            v.Event is LedgerEvent.Proven or LedgerEvent.Short or LedgerEvent.Failed && IsOn(v, newest));
        if (verdict is null) return new TableStep.Judge(newest);
        if (verdict.Event == LedgerEvent.Proven) return new TableStep.Nothing();
        if (retry) return new TableStep.Start("a person asked for it");
        return newest.State == TransferState.Failed && PassingCauses.Contains(newest.ErrorCode)
            ? AfterPassingCause(newest, own.Count, newest.EndedAt ?? verdict.RecordedAt, now)
            : new TableStep.GaveUp(Reason(receipt, newest));
    }

    private static TableStep AfterPassingCause(TransferRunInfo newest, int runs, DateTimeOffset ended, DateTimeOffset now)
    {
        if (runs > MostReruns) return new TableStep.GaveUp($"{runs} transfer runs failed, the last with {newest.ErrorCode}");
        var pause = FirstPause * Math.Pow(2, runs - 1);
        return now - ended >= pause
            ? new TableStep.Start($"the last transfer run failed with {newest.ErrorCode}, which may pass")
            : new TableStep.Nothing();
    }

    private static string Reason(Receipt receipt, TransferRunInfo run) => run.State switch
    {
        TransferState.Succeeded => $"the transfer run succeeded, but {receipt.LandedRows ?? 0} of {receipt.ExpectedRows} rows are there",
        TransferState.Cancelled => "the transfer run was cancelled",
        _ => run.ErrorCode.Length == 0 ? "the transfer run failed" : $"the transfer run failed with {run.ErrorCode}",
    };

    // A config's runs are of many days; the landing table's name ends with the run time that is meant.
    private static bool IsOf(TransferRunInfo run, Receipt receipt) =>
        receipt.LandingTable is not { } landing || landing.EndsWith("_" + run.RunTime.Stamp, StringComparison.Ordinal);

    // One side may name the project by its number, the other by its id; the last part is the run's own.
    private static bool IsOn(LedgerRow row, TransferRunInfo run) => row.TransferRun?.Split('/')[^1] == run.Name.Split('/')[^1];
}
