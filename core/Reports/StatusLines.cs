namespace RdsBq.Core.Reports;

/// <summary>The report's lines and cells in words; text and page show the same.</summary>
public static class StatusLines
{
    public static readonly IReadOnlyList<string> Columns = ["table", "verdict", "rows", "landed", "size", "proven", "published", "age", "uncast", "last change"];

    /// <summary>Those of <see cref="Columns"/> that hold figures.</summary>
    public static readonly IReadOnlyList<int> Figures = [2, 3, 4, 7];

    /// <summary>Whether the column's cells may be broken into lines.</summary>
    public static bool Wraps(string column) => column is "table" or "uncast" or "last change";

    public static IReadOnlyList<string> Cells(TableStatus t) =>
    [
        t.Table,
        t.Stale ? $"{Words.Of(t.State)}, stale" : Words.Of(t.State),
        t.State == TableState.Skipped ? "" : Words.Number(t.Rows),
        t.Landed is { } landed ? Words.Number(landed) : "",
        t.State == TableState.Skipped ? "" : Words.Bytes(t.Bytes),
        Words.Time(t.ProvenAt),
        Words.Time(t.PublishedAt),
        t.Age is { } age ? Words.Age(age) : "",
        Words.Uncast(t.Uncast),
        t.Change ?? "",
    ];

    public static string Export(StatusReport report) => report.Export is not { } export
        ? "none of this job"
        : $"{export.Id}, snapshot {Words.Time(export.SnapshotTime)}: {export.State.Replace('_', ' ')}{Progress(export, report.At)}";

    public static string Run(StatusReport report) => report.UnderWay is not { } run
        ? "none under way"
        : $"{run.RunTime}: {run.Proven} of {run.Tables} tables proven, {run.Tables - run.Proven - run.Failed} under way, {run.Failed} failed"
            + (run.Skipped > 0 ? $", {run.Skipped} skipped" : "") + (run.HeldBack ? "; held back" : Expected("; published", run.ExpectedEnd, report.At));

    public static string Shown(StatusReport report) => report.Shown is not { } shown
        ? "nothing is published yet"
        : $"{shown.RunTime}, since {Words.Time(shown.Since)}; its snapshot is {Words.Age(shown.Age)} old{(shown.Stale ? ": stale" : "")}"
            + (shown.InsteadOf is { } other ? $"; chosen by a person instead of {other}" : "");

    /// <summary>Where things stand in one line: what <c>--watch</c> prints when it changes.</summary>
    public static string Summary(StatusReport report)
    {
        var bad = report.Problems.Count == 0 ? "" : $"; {Words.Count(report.Problems.Count, "problem")}: {report.Problems[0]}";
        var export = report.Export is { } e ? $"export {e.Id} {e.State.Replace('_', ' ')}{(e.State == "in_progress" ? $" {e.Percent} %" : "")}" : "no export";
        var run = report.UnderWay is { } r ? $"; run {r.RunTime}: {r.Proven} of {r.Tables} tables proven, {r.Failed} failed" : "";
        var unknown = report.Unknown.Count == 0 ? "" : $"; not known: {report.Unknown[0]}";
        return $"{export}{run}; {(report.Shown is { } s ? $"shown: {s.RunTime}" : "nothing published")}{bad}{unknown}";
    }

    private static string Progress(ExportStatus export, DateTimeOffset now) => export.State switch
    {
        "complete" => export.EndedAt is { } ended ? $" since {Words.Time(ended)}" : "",
        "failed" or "canceled" => $" ({export.FailureCause ?? "RDS gives no cause"})",
        "in_progress" => $", {export.Percent} %{Expected(", ends", export.ExpectedEnd, now)}",
        _ => Expected(", ends", export.ExpectedEnd, now),
    };

    private static string Expected(string what, DateTimeOffset? time, DateTimeOffset now) => time switch
    {
        null => "",
        { } t when t < now => $"{what} later than usual ({Words.Time(t)})",
        { } t => $"{what} about {Words.Time(t)}",
    };
}
