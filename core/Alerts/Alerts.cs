using System.Globalization;
using RdsBq.Core.Drift;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Alerts;

/// <summary>The words for each situation. None of them ever carries params, keys or tokens.</summary>
public static class Alerts
{
    private const string ViewsAreSafe = "The view still shows the last proven run.";
    private const string Rerun = "rdsbq load --retry";

    /// <summary>Tables that a message about the source's changes names.</summary>
    private const int MostTables = 20;

    /// <summary>Their lines together: a section of Slack's holds 3,000 characters, and what is cut off there would be the count of the others.</summary>
    private const int MostCharacters = 2700;

    /// <param name="state">FAILED or CANCELLED, as DTS says it.</param>
    /// <param name="logLines">The run's own log, which says more than its error status.</param>
    public static Alert TransferFailed(RunTime runTime, Receipt receipt, string state, IReadOnlyList<string> logLines)
    {
        var happened = string.Equals(state, "CANCELLED", StringComparison.OrdinalIgnoreCase) ? "was cancelled" : "failed";
        return new Alert(
            $"{receipt.Table}: transfer {happened}",
            $"The transfer run of {receipt.Table} {happened}. {ViewsAreSafe}",
            [.. TableFacts(runTime, receipt), ("State", state)],
            logLines.Count == 0 ? null : string.Join('\n', logLines),
            Rerun);
    }

    public static Alert LoadedShort(RunTime runTime, Receipt receipt, long landedRows) => new(
        $"{receipt.Table}: {Count(landedRows)} of {Count(receipt.ExpectedRows)} rows",
        $"The transfer run of {receipt.Table} succeeded but loaded {Count(landedRows)} of {Count(receipt.ExpectedRows)} rows. " + ViewsAreSafe,
        [.. TableFacts(runTime, receipt), ("Landed rows", Count(landedRows))],
        null,
        Rerun);

    public static Alert TablesSkipped(RunTime runTime, string exportTaskId, IReadOnlyList<(string Table, string Reason)> tables)
    {
        var what = tables.Count == 1 ? "1 wanted table" : $"{Count(tables.Count)} wanted tables";
        return new Alert(
            $"The export left out {what}",
            $"Export task {exportTaskId} is complete, but {what} did not come with it. Their views still show the last proven run.",
            [("Run", runTime.ToString()), ("Export task", exportTaskId)],
            string.Join('\n', tables.Select(t => $"{t.Table}: {t.Reason}")),
            null);
    }

    public static Alert ExportFailed(RunTime runTime, ExportTask task)
    {
        var happened = task.State is ExportState.Canceled or ExportState.Canceling ? "was cancelled" : "failed";
        return new Alert(
            $"The export {happened}",
            $"Export task {task.Id} {happened}. Every view still shows the last proven run.",
            [("Run", runTime.ToString()), ("Export task", task.Id), ("Source", task.SourceArn), ("Progress", $"{task.PercentProgress} %")],
            task.FailureCause,
            "rdsbq export");
    }

    /// <param name="previous">The run that this one was compared with.</param>
    /// <param name="changes">The worst first.</param>
    public static Alert SourceChanged(RunTime runTime, RunTime previous, IReadOnlyList<TableChange> changes)
    {
        var what = changes.Count == 1 ? "1 table" : $"{Count(changes.Count)} tables";
        var lines = changes.Take(MostTables).Select(c => SlackText.Cut($"{c.Table}: {c.Words}", MostCharacters / Math.Min(changes.Count, MostTables)));
        var more = changes.Count - MostTables;
        return new Alert(
            $"The source has changed: {what}",
            $"What run {runTime} brings of {what} is not what run {previous} brought. Nothing needs mending: the views follow when the run is published.",
            [("Run", runTime.ToString()), ("Compared with", previous.ToString())],
            string.Join('\n', more > 0 ? [.. lines, $"and {Count(more)} more: the ledger has them, as event 'changed' of this run"] : lines),
            null);
    }

    private static List<(string Label, string Value)> TableFacts(RunTime runTime, Receipt receipt)
    {
        List<(string, string)> facts =
            [("Run", runTime.ToString()), ("Table", receipt.Table), ("View", receipt.View), ("Expected rows", Count(receipt.ExpectedRows))];
        if (receipt.LandingTable is not null) facts.Add(("Landing table", receipt.LandingTable));
        return facts;
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
