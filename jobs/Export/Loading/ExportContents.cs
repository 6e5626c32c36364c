using RdsBq.Cloud.Aws;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Tables;

namespace RdsBq.Export.Loading;

/// <summary>What one export holds: its manifest, and for each table folder the sums of its Parquet footers.</summary>
/// <param name="Folders">By folder key, which ends in <c>/</c>.</param>
/// <param name="Finished">Table folders with a <c>_SUCCESS</c> marker somewhere in them: an empty table has nothing else.</param>
internal sealed record ExportContents(ExportLayout Layout, ExportManifest Manifest, IReadOnlyDictionary<string, FolderTotals> Folders, IReadOnlySet<string> Finished)
{
    /// <summary>The manifest alone, without a look at the data; null where there is none, such as when the bucket's lifecycle has taken it.</summary>
    public static async Task<ExportManifest?> ManifestAsync(ExportFiles files, ExportLayout layout, CancellationToken token)
    {
        var sidecars = new List<string>();
        await foreach (var file in files.ListAsync(layout.TablesInfoStart, token))
        {
            if (layout.IsTablesInfo(file.Key)) sidecars.Add(file.Key);
        }
        return sidecars.Count == 0 ? null : await ParseAsync(files, sidecars, token);
    }

    /// <summary>One listing of the export; footers are read while it goes on.</summary>
    public static Task<ExportContents> ReadAsync(ExportFiles files, ExportLayout layout, CancellationToken token) =>
        ReadAsync(files, layout, listed => files.SumAsync(listed, layout, token), token);

    /// <summary>The same by the listing alone: sizes without rows and columns.</summary>
    public static Task<ExportContents> ListAsync(ExportFiles files, ExportLayout layout, CancellationToken token) =>
        ReadAsync(files, layout, listed => ExportFiles.SizesAsync(listed, layout), token);

    private static async Task<ExportContents> ReadAsync(
        ExportFiles files, ExportLayout layout, Func<IAsyncEnumerable<ExportFile>, Task<IReadOnlyDictionary<string, FolderTotals>>> sum, CancellationToken token)
    {
        var sidecars = new List<string>();
        var finished = new HashSet<string>(StringComparer.Ordinal);
        var folders = await sum(ParquetAsync());
        if (sidecars.Count == 0)
            throw StopException.ForPerson($"Export {layout.ExportTaskId} has no export_tables_info_*.json under s3://{layout.Place.Bucket}/{layout.Root}.", "Check S3_EXPORT_PREFIX and that nothing deletes from the bucket before the load.");
        return new ExportContents(layout, await ParseAsync(files, sidecars, token), folders, finished);

        async IAsyncEnumerable<ExportFile> ParquetAsync()
        {
            await foreach (var file in files.ListAsync(layout.Root, token))
            {
                if (layout.IsTablesInfo(file.Key)) sidecars.Add(file.Key);
                else if (ExportLayout.IsParquet(file.Key)) yield return file;
                else if (file.Key.EndsWith("/_SUCCESS", StringComparison.Ordinal) && layout.FolderOfKey(file.Key) is { } folder) finished.Add(folder);
            }
        }
    }

    private static async Task<ExportManifest> ParseAsync(ExportFiles files, List<string> sidecars, CancellationToken token)
    {
        var manifest = new List<(string, ReadOnlyMemory<byte>)>();
        foreach (var key in sidecars) manifest.Add((key, await files.ReadAsync(key, token)));
        return ExportManifest.Parse(manifest);
    }
}
