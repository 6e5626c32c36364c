using RdsBq.Core.Exports;
using RdsBq.Core.Reports;

namespace RdsBq.Core.Ledger;

/// <summary>What is missing of a run that is not published by its deadline: the first line says it, the others name the tables, or why <c>load</c> stopped.</summary>
public static class OverdueWords
{
    private const int MostTables = 20;

    /// <param name="receipts">Null where the run is not planned.</param>
    /// <param name="stopped">Why the last <c>load</c> stopped; null where it did not.</param>
    public static string Of(OverdueRun late, RunReceipts? receipts, TimeSpan deadline, string? stopped)
    {
        var (missing, more) = late.Task is { State: not ExportState.Complete } task ? OfExport(task) : OfLoad(receipts, stopped);
        return $"It is not published {Words.Age(deadline)} after its export was started: {missing}{(more is null ? "" : "\n" + more)}";
    }

    private static (string Missing, string? More) OfExport(ExportTask task) => task.IsUnderWay
        ? ($"its export is still {Word(task.State)} ({task.PercentProgress} %).", null)
        : ($"its export {(task.State == ExportState.Canceled ? "was cancelled" : "failed")}.", task.FailureCause);

    private static (string Missing, string? More) OfLoad(RunReceipts? receipts, string? stopped)
    {
        if (receipts is not { IsPlanned: true }) return ("its export is complete, but not landed.", stopped);
        if (receipts.AllProven) return ("all its tables are proven, but the views do not show them.", stopped);
        var open = receipts.Tables.Where(t => t.Verdict is not (Verdict.Proven or Verdict.Skipped)).ToList();
        var lines = open.Take(MostTables).Select(t => $"{t.Table}: {Word(t)}").ToList();
        if (open.Count > MostTables) lines.Add($"and {open.Count - MostTables} more");
        var wanted = receipts.Tables.Count(t => t.Verdict != Verdict.Skipped);
        return ($"{wanted - open.Count} of {wanted} tables are proven.", string.Join('\n', lines));
    }

    private static string Word(Receipt table) => table.Verdict switch
    {
        Verdict.Short => $"{table.LandedRows} of {table.ExpectedRows} rows",
        Verdict.Failed => table.Detail is { Length: > 0 } detail ? $"failed: {detail.Split('\n')[0]}" : "failed",
        _ => "its transfer run has not ended",
    };

    private static string Word(ExportState state) => state switch
    {
        ExportState.Starting => "starting",
        ExportState.InProgress => "in progress",
        ExportState.Canceling => "being cancelled",
        _ => "in a state that is not known",
    };
}
