using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;

namespace RdsBq.Core.Alerts;

/// <summary>The words for a run that is not published by its deadline: what is missing, and the command that brings it on.</summary>
public static class OverdueAlert
{
    private const int MostTables = 20;

    /// <param name="receipts">Null where the run is not planned.</param>
    /// <param name="stopped">Why the last <c>load</c> stopped; null where it did not.</param>
    public static Alert Of(OverdueRun late, RunReceipts? receipts, TimeSpan deadline, string? stopped)
    {
        var (missing, detail, command) = late.Task is { State: not ExportState.Complete } task ? OfExport(task) : OfLoad(receipts, stopped);
        List<(string, string)> facts = [("Run", late.RunTime.ToString()), ("Deadline", (late.RunTime.Instant + deadline).ToString("yyyy-MM-dd HH:mm'Z'"))];
        if ((late.Task?.Id ?? receipts?.ExportTaskId) is { } id) facts.Add(("Export task", id));
        return new Alert(
            $"Run {late.RunTime} is overdue", $"{missing} Every view still shows the last published run.", facts, detail, command);
    }

    private static (string Missing, string? Detail, string Command) OfExport(ExportTask task) => task.IsUnderWay
        ? ($"Its export is still {Word(task.State)} ({task.PercentProgress} %).", null, $"aws rds describe-export-tasks --export-task-identifier {task.Id}")
        : ($"Its export {(task.State == ExportState.Canceled ? "was cancelled" : "failed")}.", task.FailureCause, "rdsbq export");

    private static (string Missing, string? Detail, string Command) OfLoad(RunReceipts? receipts, string? stopped)
    {
        if (receipts is not { IsPlanned: true }) return ("Its export is complete, but not landed.", stopped, "rdsbq load");
        if (receipts.AllProven) return ("All its tables are proven, but the views do not show them.", stopped, "rdsbq load");
        var open = receipts.Tables.Where(t => t.Verdict is not (Verdict.Proven or Verdict.Skipped)).ToList();
        var lines = open.Take(MostTables).Select(t => $"{t.Table}: {Word(t)}").ToList();
        if (open.Count > MostTables) lines.Add($"and {open.Count - MostTables} more");
        var wanted = receipts.Tables.Count(t => t.Verdict != Verdict.Skipped);
        return ($"{wanted - open.Count} of {wanted} tables are proven.", string.Join('\n', lines), "rdsbq load --retry");
    }

    private static string Word(Receipt table) => table.Verdict switch
    {
        Verdict.Short => $"{table.LandedRows} of {table.ExpectedRows} rows",
        Verdict.Failed => table.Detail is { Length: > 0 } detail ? $"failed: {detail}" : "failed",
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
