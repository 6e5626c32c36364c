using RdsBq.Cloud.Aws;
using RdsBq.Core;
using RdsBq.Core.Drift;
using RdsBq.Core.Exports;
using RdsBq.Core.Tables;

namespace RdsBq.Export.Loading;

internal sealed record TablePlan(Target Target, IReadOnlyList<Column> Columns, long Rows, long Bytes, long Files);

internal sealed record SkippedTable(string Table, string Reason);

/// <summary>What a run must hold, table by table, and what it should have held but can't. Pure.</summary>
/// <param name="Notes">Said in the log, not alerted: warnings about databases that nobody asked for.</param>
internal sealed record LandingPlan(IReadOnlyList<TablePlan> Tables, IReadOnlyList<SkippedTable> Skipped, IReadOnlyList<string> Notes)
{
    /// <summary>Tables that earlier runs had and the list of target tables does not want (any more).</summary>
    public IReadOnlySet<string> Unlisted { get; init; } = new HashSet<string>();

    /// <summary>The plan as the source's next comparison sees it.</summary>
    public SourceSeen Seen => new(
        [.. Tables.Select(t => new SeenTable(t.Target.Table.ToString(), t.Target.View, t.Rows, t.Columns))],
        Skipped.Select(s => s.Table).ToHashSet(StringComparer.Ordinal),
        Unlisted);

    /// <param name="history">What earlier runs had: a table of theirs that the export only mentions is skipped, not gone.</param>
    /// <param name="only">What the export was limited to; null or empty for nothing.</param>
    /// <exception cref="StopException">The list of target tables can't be followed.</exception>
    public static LandingPlan Make(
        ExportContents contents, TargetList targets, string? warning, SourceHistory history, IReadOnlyList<string>? only = null)
    {
        var entries = contents.Manifest.Entries.Where(e => e.Table is not null).DistinctBy(e => e.Table).ToDictionary(e => e.Table!);
        var reasons = ExportWarnings.Reasons(warning);
        var known = history.Tables.Select(t => SourceTable.Read(t.Table)).OfType<SourceTable>().Distinct().ToList();
        var collisions = Collisions.Of([.. entries.Keys], targets, history);
        var selection = targets.Select([.. entries.Keys.Except(collisions.Select(c => c.Table))]);
        var tables = new List<TablePlan>();
        var skipped = selection.Unmatched.Select(l => new SkippedTable(l.Line, Missing(l, only ?? []))).ToList();
        skipped.AddRange(collisions.Select(c => new SkippedTable(c.Table.ToString(), c.Reason)));
        foreach (var target in selection.Targets)
        {
            var entry = entries[target.Table];
            var folder = contents.Layout.FolderOf(target.Table);
            var totals = contents.Folders.GetValueOrDefault(folder);
            var wrong = ExportLayout.TransferProblem(target.Table) ?? Problem(entry, totals, contents.Finished.Contains(folder));
            var plan = wrong is { } problem ? (problem, null) : Plan(target, entry, totals);
            if (plan.Table is { } table) tables.Add(table);
            else skipped.Add(new SkippedTable(target.Table.ToString(), plan.Problem!));
        }
        foreach (var table in known.Where(t => !entries.ContainsKey(t) && targets.Wants(t)))
        {
            if (Mentioned(table, contents.Manifest, reasons, only ?? []) is { } reason) skipped.Add(new SkippedTable(table.ToString(), reason));
        }
        var notes = contents.Manifest.Entries.Where(e => e.Table is null && e.Warning is not null).Select(e => $"{e.Target}: {e.Warning}");
        var strange = tables.SelectMany(t => LandingSchema.Strange(t.Columns).Select(s => $"{t.Target.Table}: {s}"));
        return new LandingPlan(tables, skipped, [.. notes, .. reasons, .. strange])
        {
            Unlisted = known.Where(t => !targets.Wants(t)).Select(t => t.ToString()).ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <param name="refused">Views whose transfer config can't be used: their tables are skipped.</param>
    public LandingPlan Without(IReadOnlyDictionary<string, StopException> refused) => refused.Count == 0 ? this : this with
    {
        Tables = [.. Tables.Where(t => !refused.ContainsKey(t.Target.View))],
        Skipped =
        [
            .. Skipped,
            .. Tables.Where(t => refused.ContainsKey(t.Target.View))
                .Select(t => (t.Target.Table, Why: refused[t.Target.View])).Select(t => new SkippedTable(t.Table.ToString(), $"{t.Why.Message} {t.Why.Mend}")),
        ],
    };

    /// <summary>
    /// Why a table is left out that has no entry of its own in the manifest: the export was not asked for it, its warning names the table, or RDS
    /// could not list the database.
    /// </summary>
    private static string? Mentioned(SourceTable table, ExportManifest manifest, IReadOnlyList<string> reasons, IReadOnlyList<string> only)
    {
        if (!ExportScope.Covers(only, new ExactName("", "", [table.Database, table.Schema, table.Name]))) return Limited(only);
        if (reasons.FirstOrDefault(r => r.EndsWith($": {table}", StringComparison.Ordinal)) is { } reason) return reason;
        if (manifest.Entries.Any(e => e.Table?.Database == table.Database)) return null;
        return manifest.Entries.FirstOrDefault(e => e.Table is null && e.Target == table.Database && (e.Warning is not null || !e.IsComplete)) is { } database
            ? $"no table of {database.Target}: {database.Warning ?? database.Status}"
            : null;
    }

    /// <summary>A table that was put on the list after a narrower export was started is no typing error.</summary>
    private static string Missing(UnmatchedLine line, IReadOnlyList<string> only) =>
        !ExportScope.Covers(only, line.Name) ? Limited(only)
        : line.Nearest is null ? "not in the export" : $"not in the export; {line.Suggestion}";

    private static string Limited(IReadOnlyList<string> only) =>
        $"the export was limited to {ExportScope.Words(only)}: run rdsbq export --again to take it in";

    private static (string? Problem, TablePlan? Table) Plan(Target target, ManifestEntry entry, FolderTotals? totals)
    {
        try
        {
            // Without footers (see ExportContents.ListAsync) the manifest has to do.
            var columns = totals is not { Columns.Count: > 0 } ? LandingSchema.FromManifest(entry) : LandingSchema.FromParquet(totals.Columns, entry);
            return LandingSchema.Problem(columns) is { } refused
                ? (refused, null)
                : (null, new TablePlan(target, columns, totals?.Rows ?? 0, totals?.Bytes ?? 0, totals?.Files ?? 0));
        }
        catch (StopException unloadable)
        {
            // One table of a type that BigQuery does not load must not keep the others from landing.
            return (unloadable.Message, null);
        }
    }

    private static string? Problem(ManifestEntry entry, FolderTotals? totals, bool finished)
    {
        if (!entry.Status.Equals("COMPLETE", StringComparison.OrdinalIgnoreCase)) return $"{entry.Status}: {entry.Warning ?? "RDS gives no reason"}";
        if (totals?.Conflict is { } conflict) return $"its files disagree: {conflict}";
        if (totals is not null) return null;
        if (entry.Warning is { } warning) return warning;
        // Without files and without the marker of a finished batch, empty and lost look alike: better loud.
        if (!finished) return "no file and no _SUCCESS marker in the export";
        return entry.Columns.Count > 0 ? null : "it is empty, and the export does not name its columns";
    }
}
