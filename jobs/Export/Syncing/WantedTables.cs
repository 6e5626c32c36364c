using RdsBq.Cloud.Aws;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Tables;
using RdsBq.Export.Loading;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Syncing;

/// <summary>The tables that the list means.</summary>
/// <param name="From">The id of the export whose manifest told them; null where the list's own names had to do.</param>
/// <param name="Warnings">What is odd about the list, and what can't be brought over at all.</param>
internal sealed record WantedTables(IReadOnlyList<Target> Targets, string? From, IReadOnlyList<string> Warnings);

/// <summary>Finds out what the list of target tables means: by the newest complete export's manifest, else by its names alone.</summary>
internal sealed class WantedReader(RdsExports rds, ExportFiles files, JobSettings settings)
{
    private const string ExportFirst = "Run rdsbq export first; its manifest says which tables there are.";

    public async Task<WantedTables> ReadAsync(CancellationToken token)
    {
        var task = settings.Policy.Ours(await rds.ExportTasksAsync(token)).Where(o => o.Task.State == ExportState.Complete).Select(o => o.Task).FirstOrDefault();
        var manifest = task is null ? null : await ExportContents.ManifestAsync(files, new ExportLayout(settings.Place, task.Id), token);
        return manifest is null ? await OfNamesAsync(token) : OfExport(task!, manifest);
    }

    private WantedTables OfExport(ExportTask task, ExportManifest manifest)
    {
        var selection = settings.Targets.Select([.. manifest.Entries.Select(e => e.Table).OfType<SourceTable>()]);
        var later = selection.Unmatched.Where(u => !ExportScope.Covers(task.Only, u.Name)).ToList();
        var wrong = selection.Unmatched.Except(later).ToList();
        if (wrong.Count > 0)
        {
            throw StopException.ForPerson(
                $"{(wrong.Count == 1 ? "A line" : $"{wrong.Count} lines")} of the list of target tables match no table of export {task.Id}: {string.Join(" · ", wrong)}",
                "Correct the list (TARGET_TABLES), or run rdsbq export --again if the table is newer than that export.");
        }
        return Checked(selection, task.Id, selection.Targets);
    }

    private async Task<WantedTables> OfNamesAsync(CancellationToken token) => throw new NotSupportedException(token.ToString());

    private static WantedTables Checked(Selection selection, string? from, IReadOnlyList<Target> targets) => new(targets, from, selection.IdleExcludes);
}
