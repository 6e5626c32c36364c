using System.Globalization;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Drift;

/// <summary>What has changed at the source since the run before.</summary>
public static class SourceDrift
{
    /// <summary>The tables that differ, the worst first; none before there is a run to compare with.</summary>
    /// <param name="left">The views that are left behind (<see cref="LeftBehind"/>): what is told of them is told here.</param>
    /// <param name="castTypes">The views show the source's own types (TYPES=cast).</param>
    public static IReadOnlyList<TableChange> Find(SourceHistory history, SourceSeen seen, IReadOnlyList<LeftBehind> left, bool castTypes)
    {
        if (history.Previous is not { } previous) return [];
        var changes = new Dictionary<string, List<Change>>(StringComparer.Ordinal);
        foreach (var table in seen.Tables) Add(table.Table, OfTable(history, previous, table, left, castTypes));
        var gone = history.Tables.DistinctBy(t => t.Table, StringComparer.Ordinal).Where(t => t.LastSeen == previous && !seen.Has(t.Table));
        foreach (var known in gone) Add(known.Table, [Gone(seen, known, left)]);
        return
        [
            .. changes.Where(c => c.Value.Count > 0).Select(c => new TableChange(c.Key, c.Value))
                .OrderBy(c => c.Worst).ThenBy(c => c.Table, StringComparer.Ordinal),
        ];

        void Add(string table, IEnumerable<Change> found)
        {
            if (!changes.TryGetValue(table, out var list)) changes[table] = list = [];
            list.AddRange(found);
        }
    }

    private static IEnumerable<Change> OfTable(
        SourceHistory history, RunTime previous, SeenTable table, IReadOnlyList<LeftBehind> left, bool castTypes)
    {
        if (history.Of(table.Table) is not { } known)
        {
            var before = history.Tables.FirstOrDefault(t => t.View == table.View);
            var view = before is null ? $"published as {table.View}" : $"published as {table.View}, which {before.Table} was before";
            yield return new(ChangeKind.Added, $"new, with {Count(table.Rows)} rows, {view}");
            yield break;
        }
        if (known.LastSeen < previous) yield return new(ChangeKind.Returned, $"back, last seen in run {known.LastSeen}");
        if (known.View != table.View) yield return new(ChangeKind.ViewRenamed, $"published as {table.View} instead of {known.View}{Kept(known.View, left)}");
        if (known.Rows > 0 && table.Rows == 0) yield return new(ChangeKind.Emptied, $"empty now, {Count(known.Rows)} rows before");
        foreach (var change in ColumnDrift.Between(known.Columns, table.Columns, castTypes, exact: known.Rows > 0 && table.Rows > 0))
            yield return change;
    }

    private static Change Gone(SourceSeen seen, KnownTable known, IReadOnlyList<LeftBehind> left)
    {
        var heir = seen.Tables.FirstOrDefault(t => t.View == known.View);
        var view = heir is null ? Kept(known.View, left) : $"; view {known.View} now shows {heir.Table}";
        return seen.Unlisted.Contains(known.Table)
            ? new(ChangeKind.Unlisted, $"off the list of target tables{view}")
            : new(ChangeKind.Dropped, $"gone from the export: dropped or renamed at the source{view}");
    }

    private static string Kept(string view, IReadOnlyList<LeftBehind> left) => left.FirstOrDefault(l => l.Known.View == view) is { } kept
        ? $"; view {view} stays as it is until {kept.Until.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC"
        : "";

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
