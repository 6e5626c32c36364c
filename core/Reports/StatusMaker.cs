using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Reports;

/// <summary>Turns what was looked at into a report: who is stale, what failed, what is to be expected when.</summary>
public static class StatusMaker
{
    /// <summary>As many runs as the report lists.</summary>
    public const int MostRuns = 30;

    public static StatusReport Make(StatusSeen seen)
    {
        var runs = seen.Runs ?? [];
        var summaries = runs.Select(r => r.Run).ToList();
        var shown = RunSummary.Shown(summaries);
        var export = seen.Exports is [var newest, ..] ? Export(newest, seen.Exports) : null;
        var shownStatus = shown is null ? null : Shown(runs.First(r => r.Run == shown), summaries, seen);
        var underWay = UnderWay(runs, summaries);
        var tables = TableStatuses.Of(runs, seen);
        return new StatusReport(
            seen.Now, export, underWay, shownStatus, tables, [.. runs.Take(MostRuns).Select(r => Past(r, shown))],
            [.. Problems(export, shownStatus, tables, seen)], [.. Warnings(underWay, shownStatus, tables, seen)], seen.Unknown);
    }

    private static ExportStatus Export((RunTime RunTime, ExportTask Task) export, IReadOnlyList<(RunTime RunTime, ExportTask Task)> all) => new(
        export.Task.Id, export.RunTime, export.Task.SnapshotTime, Word(export.Task.State), export.Task.PercentProgress, export.Task.StartedAt,
        export.Task.EndedAt, Expectations.ExportEnd(export, all), export.Task.FailureCause);

    private static ShownStatus Shown(RunFigures run, List<RunSummary> runs, StatusSeen seen)
    {
        var age = seen.Now - (run.SnapshotTime ?? run.Run.RunTime.Instant);
        var passedOver = runs.Where(r => r.RunTime > run.Run.RunTime && (r.Published || r.ProvenAt is not null)).Select(r => r.RunTime).ToList();
        return new ShownStatus(
            run.Run.RunTime, run.ExportTaskId, run.Run.ShownAt!.Value, run.SnapshotTime, age, age > seen.Freshness,
            run.Run == RunSummary.Chosen(runs) && passedOver.Count > 0 ? passedOver.Max() : null);
    }

    private static RunStatus? UnderWay(IReadOnlyList<RunFigures> runs, List<RunSummary> summaries) =>
        RunFigures.Newest(runs) is not { Run: { Published: false } run } newest ? null : new RunStatus(
            run.RunTime, newest.ExportTaskId, newest.Tables, newest.Proven, newest.Failed, newest.Skipped,
            newest.Failed > 0 ? null : Expectations.Published(newest, runs), RunSummary.IsHeldBack(run.RunTime, summaries));

    private static PastRun Past(RunFigures r, RunSummary? shown) => new(
        r.Run.RunTime, r.ExportTaskId, r.SnapshotTime, r.Tables, r.Proven, r.Failed, r.Skipped, r.Rows, r.Bytes, r.PublishedAt, r.Duration, r.Run == shown);

    private static IEnumerable<string> Problems(ExportStatus? export, ShownStatus? shown, IReadOnlyList<TableStatus> tables, StatusSeen seen)
    {
        if (export?.State is "failed" or "canceled")
            yield return $"export task {export.Id} ended {export.State}: {export.FailureCause ?? "RDS gives no cause"}";
        if (shown is { Stale: true })
            yield return $"what is published is stale: its snapshot is {Words.Age(shown.Age)} old, and FRESHNESS is {Words.Age(seen.Freshness)}";
        if (shown is null && seen.Runs is not null && Oldest(seen) is { } first && seen.Now - first > seen.Freshness)
            yield return $"nothing has ever been published, though the first export is {Words.Age(seen.Now - first)} old";
        foreach (var table in tables.Where(t => t.State is TableState.Failed or TableState.Short or TableState.Skipped))
            yield return $"{table.Table}: {Words.Of(table.State)}{Reason(table)}";
        if (shown is { Stale: false } && tables.Count(t => t.Stale) is var stale and > 0)
            yield return $"{Words.Count(stale, "view")} {(stale == 1 ? "shows" : "show")} a copy that is older than FRESHNESS ({Words.Age(seen.Freshness)})";
    }

    private static IEnumerable<string> Warnings(RunStatus? underWay, ShownStatus? shown, IReadOnlyList<TableStatus> tables, StatusSeen seen)
    {
        if (seen.Runs is { Count: 0 }) yield return "there is no ledger yet: nothing has been loaded";
        if (shown?.InsteadOf is { } other)
            yield return $"run {shown.RunTime} is shown because a person chose it; rdsbq publish --run {other} goes back to the newest";
        else if (underWay is { HeldBack: true })
            yield return $"run {underWay.RunTime} is held back, since a person chose another: rdsbq publish --run {underWay.RunTime} shows it when it is proven";
        var uncast = tables.Where(t => t.Uncast.Count > 0).ToList();
        if (uncast.Count > 0)
            yield return $"{Words.Count(uncast.Sum(t => t.Uncast.Values.Sum()), "value")} in {Words.Count(uncast.Count, "table")} could not be cast and read as NULL";
        if (seen.Bucket is not null) yield return seen.Bucket;
    }

    private static DateTimeOffset? Oldest(StatusSeen seen) => seen.Exports is { Count: > 0 } exports ? exports[^1].RunTime.Instant : null;

    private static string Reason(TableStatus table) => table switch
    {
        { State: TableState.Short } => $", {Words.Number(table.Landed ?? 0)} of {Words.Number(table.Rows)} rows",
        { Detail: { Length: > 0 } detail } => $": {detail}",
        _ => "",
    };

    private static string Word(ExportState state) => state == ExportState.InProgress ? "in_progress" : state.ToString().ToLowerInvariant();
}
