using RdsBq.Cloud.Aws;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Tables;

namespace RdsBq.Export.Loading;

internal sealed record TablePlan(Target Target, IReadOnlyList<Column> Columns, long Rows, long Bytes, long Files);

internal sealed record SkippedTable(string Table, string Reason);

/// <summary>What a run must hold, table by table, and what it should have held but can't. Pure.</summary>
/// <param name="Notes">Said in the log, not alerted: warnings about databases that nobody asked for.</param>
internal sealed record LandingPlan(IReadOnlyList<TablePlan> Tables, IReadOnlyList<SkippedTable> Skipped, IReadOnlyList<string> Notes)
{
    public static LandingPlan Make(ExportContents contents, TargetList targets, string? warning, IReadOnlyList<string>? only = null)
    {
        var entries = contents.Manifest.Entries.Where(e => e.Table is not null).DistinctBy(e => e.Table).ToDictionary(e => e.Table!);
        var selection = targets.Select([.. entries.Keys]);
        var tables = new List<TablePlan>();
        var skipped = selection.Unmatched.Select(l => new SkippedTable(l.Line, Missing(l, only ?? []))).ToList();
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
        var notes = contents.Manifest.Entries.Where(e => e.Table is null && e.Warning is not null).Select(e => $"{e.Target}: {e.Warning}");
        return new LandingPlan(tables, skipped, [.. notes, .. ExportWarnings.Reasons(warning)]);
    }

    /// <summary>A table that was put on the list after a narrower export was started is no typing error.</summary>
    private static string Missing(UnmatchedLine line, IReadOnlyList<string> only) =>
        !ExportScope.Covers(only, line.Name) ? $"the export was limited to {ExportScope.Words(only)}: run rdsbq export --again to take it in"
        : line.Nearest is null ? "not in the export" : $"not in the export; {line.Suggestion}";

    private static (string? Problem, TablePlan? Table) Plan(Target target, ManifestEntry entry, FolderTotals? totals)
    {
        try
        {
            var columns = totals is null ? LandingSchema.FromManifest(entry) : LandingSchema.FromParquet(totals.Columns, entry);
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
