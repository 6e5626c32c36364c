using RdsBq.Cloud.Aws;
using RdsBq.Core.Exports;
using RdsBq.Core.Plans;
using RdsBq.Core.Runs;
using RdsBq.Core.Tables;
using RdsBq.Export.Loading;

namespace RdsBq.Export.Planning;

/// <summary>What a complete export holds, by its sidecars and one listing: no footer is read, and so no row is counted.</summary>
internal sealed class ExportListing(ExportFiles files, ExportPolicy policy, TargetList targets)
{
    /// <summary>The manifest of an export, by the keys of its sidecars alone; null where they are gone.</summary>
    public async Task<ExportManifest?> ManifestAsync(ExportTask task, CancellationToken token)
    {
        var layout = new ExportLayout(policy.Place, task.Id);
        var sidecars = new List<string>();
        await foreach (var file in files.ListAsync($"{layout.Root}export_tables_info_", token))
        {
            if (layout.IsTablesInfo(file.Key)) sidecars.Add(file.Key);
        }
        return sidecars.Count == 0 ? null : await ParseAsync(sidecars, token);
    }

    /// <summary>What <c>load</c> would land of an export. A table that only its footers show to be unloadable is not known as such yet.</summary>
    public async Task<SeenExport> ContentsAsync(RunTime runTime, ExportTask task, ExportManifest manifest, CancellationToken token)
    {
        var layout = new ExportLayout(policy.Place, task.Id);
        var (folders, finished) = await FoldersAsync(layout, token);
        var entries = manifest.Entries.Where(e => e.Table is not null).DistinctBy(e => e.Table).ToDictionary(e => e.Table!);
        var tables = targets.Select([.. entries.Keys]).Targets.Select(target =>
        {
            var (entry, folder) = (entries[target.Table], layout.FolderOf(target.Table));
            var totals = folders.GetValueOrDefault(folder);
            var problem = LandingPlan.Problem(entry, totals, finished.Contains(folder)) ?? LandingSchema.Problem(LandingSchema.FromManifest(entry));
            return new SeenTable(target, totals?.Files ?? 0, totals?.Bytes ?? 0, problem);
        });
        return new SeenExport(runTime, task.Id, [.. tables]);
    }

    private async Task<(Dictionary<string, FolderTotals> Folders, HashSet<string> Finished)> FoldersAsync(ExportLayout layout, CancellationToken token)
    {
        var folders = new Dictionary<string, FolderTotals>(StringComparer.Ordinal);
        var finished = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var file in files.ListAsync(layout.Root, token))
        {
            if (layout.FolderOfKey(file.Key) is not { } folder) continue;
            if (file.Key.EndsWith("/_SUCCESS", StringComparison.Ordinal)) finished.Add(folder);
            if (!ExportLayout.IsParquet(file.Key)) continue;
            var one = new FolderTotals(folder, 0, file.Size, 1, file.LastModified, [], null);
            folders[folder] = folders.TryGetValue(folder, out var total) ? total.Plus(one) : one;
        }
        return (folders, finished);
    }

    private async Task<ExportManifest> ParseAsync(IEnumerable<string> keys, CancellationToken token)
    {
        var read = new List<(string, ReadOnlyMemory<byte>)>();
        foreach (var key in keys) read.Add((key, await files.ReadAsync(key, token)));
        return ExportManifest.Parse(read);
    }
}
