using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Reports;

/// <summary>A line a table: the newest run's receipt, beside what its view shows.</summary>
internal static class TableStatuses
{
    public static IReadOnlyList<TableStatus> Of(IReadOnlyList<RunFigures> runs, StatusSeen seen)
    {
        if (RunFigures.Newest(runs) is not { } planned) return [];
        var snapshots = runs.ToDictionary(r => r.Run.RunTime, r => r.SnapshotTime ?? r.Run.RunTime.Instant);
        var views = ShownViews.From(seen.Rows);
        var newest = RunReceipts.From(planned.Run.RunTime, seen.Rows);
        var known = newest.Tables.Select(t => t.Table).ToHashSet(StringComparer.Ordinal);
        var tables = newest.Tables.Select(t => Line(t, newest.RunTime)).ToList();
        if (RunSummary.Shown(runs.Select(r => r.Run)) is { } shown && shown.RunTime != newest.RunTime)
        {
            var gone = RunReceipts.From(shown.RunTime, seen.Rows).Tables.Where(t => !known.Contains(t.Table) && t.Verdict == Verdict.Proven);
            tables.AddRange(gone.Select(t => Line(t, shown.RunTime) with { State = TableState.Gone, Change = Change(t.Table), Stale = false }));
        }
        return [.. tables.OrderBy(Rank).ThenBy(t => t.Table, StringComparer.Ordinal)];

        TableStatus Line(Receipt t, RunTime run)
        {
            var view = views.GetValueOrDefault(t.View);
            TimeSpan? age = view is not null && snapshots.TryGetValue(view.RunTime, out var taken) ? seen.Now - taken : null;
            return new TableStatus(
                t.Table, t.View, run, State(t.Verdict), t.ExpectedRows, t.ExpectedBytes, t.LandedRows, t.Verdict == Verdict.Proven ? t.JudgedAt : null,
                view?.RunTime, view?.Since, age, age > seen.Freshness, t.Uncast, t.Change, t.Detail);
        }

        string? Change(string table) => seen.Rows.LastOrDefault(r => r.Event == LedgerEvent.Changed && r.Table == table && r.RunTime == newest.RunTime)?.Detail;
    }

    private static TableState State(Verdict verdict) => verdict switch
    {
        Verdict.Proven => TableState.Proven,
        Verdict.Short => TableState.Short,
        Verdict.Failed => TableState.Failed,
        Verdict.Skipped => TableState.Skipped,
        _ => TableState.UnderWay,
    };

    private static int Rank(TableStatus t) => t switch
    {
        { State: TableState.Failed } => 0,
        { State: TableState.Short } => 1,
        { State: TableState.Skipped } => 2,
        { Stale: true } => 3,
        { Uncast.Count: > 0 } => 4,
        { State: TableState.Gone } => 5,
        { State: TableState.UnderWay } => 6,
        _ => 7,
    };
}
