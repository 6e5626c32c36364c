using RdsBq.Cloud.Aws;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Tables;
using RdsBq.Export.Loading;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Syncing;

/// <summary>
/// Finds out what the list of target tables means: by the newest complete export's manifest, else by its names alone. Reads; changes
/// nothing.
/// </summary>
internal sealed class WantedReader(RdsExports rds, ExportFiles files, JobSettings settings)
{
    private const string ExportFirst = "Run rdsbq export first, and sync when it is complete: its manifest says which tables there are.";

    /// <exception cref="StopException">A line names no table (with the nearest), or only an export can tell what is wanted.</exception>
    public async Task<WantedTables> ReadAsync(CancellationToken token)
    {
        var ours = settings.Policy.Ours(await rds.ExportTasksAsync(token)).Select(o => o.Task);
        if (ours.FirstOrDefault(t => t.State == ExportState.Complete) is not { } task) return await OfNamesAsync(token);
        var manifest = await ExportContents.ManifestAsync(files, new ExportLayout(settings.Place, task.Id), token);
        return manifest is null ? await OfNamesAsync(token) : OfExport(task, [.. manifest.Entries.Select(e => e.Table).OfType<SourceTable>()]);
    }

    private WantedTables OfExport(ExportTask task, IReadOnlyList<SourceTable> tables)
    {
        var found = settings.Targets.Select(tables);
        RefuseUnknown(task, [.. found.Unmatched.Where(u => ExportScope.Covers(task.Only, u.Name))]);
        // What a narrower export could not hold is taken by its name.
        var limit = $"export {task.Id}, which was limited to {ExportScope.Words(task.Only)}";
        var engine = EngineOf(tables);
        var named = found.Unmatched.Select(u => u.Name?.Resolve(settings.Databases, engine)
            ?? throw StopException.ForPerson($"{u.Line} in {limit}.", "Run rdsbq export --again, and sync when it is complete.")).ToList();
        var selection = named.Count == 0 ? found : settings.Targets.Select([.. tables, .. named]);
        return Loadable(selection, task.Id, named.Select(t => $"{t} is not in {limit}; taken by its name"));
    }

    private static void RefuseUnknown(ExportTask task, IReadOnlyList<UnmatchedLine> wrong)
    {
        if (wrong.Count == 0) return;
        var lines = wrong.Count == 1 ? "A line of the list of target tables names" : $"{wrong.Count} lines of the list of target tables name";
        throw StopException.ForPerson(
            $"{lines} what is not in export {task.Id}: {string.Join(" · ", wrong)}",
            "Correct the list (TARGET_TABLES), or run rdsbq export --again if the table is newer than that export.");
    }

    private async Task<WantedTables> OfNamesAsync(CancellationToken token)
    {
        if (settings.Targets.Names is not { } names)
        {
            throw StopException.ForPerson(
                "No complete export with its manifest is there, and then only a list of names says which tables are wanted: this one is empty, or has "
                + "globs or excludes.", ExportFirst);
        }
        var snapshots = await rds.SnapshotsAsync(settings.Source.Id, settings.Source.IsCluster, token);
        var engine = SourceEngines.Of(snapshots.Select(s => s.Engine).FirstOrDefault(e => e.Length > 0));
        var tables = names.Select(n => n.Resolve(settings.Databases, engine) ?? throw StopException.ForPerson(
            $"{n.Where}: before the first complete export '{n.Text}' does not say enough: which database and schema is it in?",
            $"{ExportFirst} Or write it as database.schema.table."));
        return Loadable(settings.Targets.Select([.. tables]), null, ["There is no complete export to look at: the list's names are taken as they are."]);
    }

    // In a manifest MySQL's tables have no schema of their own.
    private static SourceEngine EngineOf(IReadOnlyList<SourceTable> tables) => tables.Count == 0 ? SourceEngine.Unknown
        : tables.Any(t => t.Schema != t.Database) ? SourceEngine.PostgreSql : SourceEngine.MySql;

    private static WantedTables Loadable(Selection selection, string? from, IEnumerable<string> warnings)
    {
        var bad = selection.Targets.Where(t => ExportLayout.TransferProblem(t.Table) is not null).ToList();
        var never = bad.Select(t => $"{t.Table} can't be transferred: {ExportLayout.TransferProblem(t.Table)}");
        return new WantedTables([.. selection.Targets.Except(bad)], from, [.. warnings, .. selection.IdleExcludes, .. never]);
    }
}
