using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Tables;

namespace RdsBq.Core.Drift;

/// <summary>What the ledger remembers of a table as it was published under one view.</summary>
/// <param name="LastSeen">The newest planned run that had the table, if only to skip it.</param>
/// <param name="LastRead">The newest planned run that could read it: rows, columns and landing table are that run's.</param>
/// <param name="Withdrawn">The run in which its view was withdrawn; null for never.</param>
public sealed record KnownTable(
    string Table, string View, RunTime LastSeen, RunTime LastRead, long Rows, IReadOnlyList<Column> Columns, RunTime? Withdrawn);

/// <summary>The source as the runs before one run saw it.</summary>
/// <param name="Run">The run that is compared with them.</param>
/// <param name="Planned">The planned runs before it, oldest first.</param>
/// <param name="Tables">Every pair of table and view, the pair that was read last first.</param>
public sealed record SourceHistory(RunTime Run, IReadOnlyList<RunTime> Planned, IReadOnlyList<KnownTable> Tables)
{
    /// <summary>The run that changes are told against; null when there is none, and so nothing to tell.</summary>
    public RunTime? Previous => Planned.Count == 0 ? null : Planned[^1];

    /// <summary>Nothing before this run.</summary>
    public static SourceHistory None(RunTime run) => new(run, [], []);

    /// <param name="planned">Planned runs in any order; this run and newer ones are left out.</param>
    /// <param name="rows">
    /// Of planned runs older than this one: the newest <c>expected</c> row of each table and view, the newest <c>skipped</c> row of each
    /// table, the newest <c>withdrawn</c> row of each view. Older rows beside them do no harm.
    /// </param>
    public static SourceHistory From(RunTime run, IEnumerable<RunTime> planned, IReadOnlyList<LedgerRow> rows)
    {
        var runs = planned.Where(p => p < run).Distinct().Order().ToList();
        var known = rows.Where(r => r is { Event: LedgerEvent.Expected, Table: not null, View: not null } && runs.Contains(r.RunTime))
            .GroupBy(r => (r.Table, r.View))
            .Select(g => g.MaxBy(r => r.RunTime)!)
            .OrderByDescending(r => r.RunTime)
            .ToList();
        var newest = known.DistinctBy(r => r.Table, StringComparer.Ordinal).ToHashSet();
        return new SourceHistory(run, runs, [.. known.Select(r => new KnownTable(
            r.Table!,
            r.View!,
            // A skipped row names no view: it is the table's newest that is meant.
            newest.Contains(r) ? Latest(r.RunTime, Newest(rows, s => s.Event == LedgerEvent.Skipped && s.Table == r.Table && runs.Contains(s.RunTime))) : r.RunTime,
            r.RunTime,
            r.ExpectedRows ?? 0,
            r.Schema is null ? [] : LandingSchema.FromJson(r.Schema),
            Newest(rows, w => w.Event == LedgerEvent.Withdrawn && w.View == r.View && runs.Contains(w.RunTime))))]);
    }

    /// <summary>The table as it was read last, whatever its view was called; null for one that no run has read.</summary>
    public KnownTable? Of(string table) => Tables.FirstOrDefault(t => t.Table == table);

    /// <summary>The first run that did without the table: this one, where all before had it.</summary>
    public RunTime FirstWithout(KnownTable known) => Planned.Where(p => p > known.LastSeen).DefaultIfEmpty(Run).Min();

    private static RunTime? Newest(IEnumerable<LedgerRow> rows, Func<LedgerRow, bool> of) =>
        rows.Where(of).Select(r => (RunTime?)r.RunTime).Max();

    private static RunTime Latest(RunTime one, RunTime? other) => other > one ? other.Value : one;
}
