using System.Collections.Concurrent;
using RdsBq.Core.Exports;
using RdsBq.Core.Tables;

namespace RdsBq.Cloud.Aws;

/// <summary>What the Parquet files of one table folder hold together.</summary>
/// <param name="Folder">As <see cref="ExportLayout.FolderOf"/> gives it.</param>
/// <param name="Columns">Those of the first file.</param>
/// <param name="Conflict">What differs between two files' columns; null where all agree.</param>
public sealed record FolderSum(
    string Folder, long Rows, long Bytes, long Files, DateTimeOffset NewestFile, IReadOnlyList<ParquetColumn> Columns, string? Conflict);

/// <summary>Sums footers over many files at once. Holds one sum a folder and <see cref="Parallelism"/> footers, however many files there are.</summary>
public sealed class ExportSums(ExportFiles files, ExportLayout layout)
{
    public int Parallelism { get; init; } = 16;

    /// <summary>Sums per table folder, by folder. Files that are no Parquet file of a table folder are passed over.</summary>
    public async Task<IReadOnlyDictionary<string, FolderSum>> SumAsync(IAsyncEnumerable<ExportFile> listed, CancellationToken token)
    {
        var sums = new ConcurrentDictionary<string, FolderSum>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = token };
        await Parallel.ForEachAsync(listed, options, async (file, stop) =>
        {
            if (!ExportLayout.IsParquet(file.Key) || layout.FolderOfKey(file.Key) is not { } folder) return;
            var footer = await files.FooterAsync(layout.Place.Bucket, file, stop);
            var one = new FolderSum(folder, footer.Rows, file.Size, 1, file.LastModified, footer.Columns, null);
            sums.AddOrUpdate(folder, one, (_, sum) => Add(sum, one));
        });
        return sums;
    }

    private static FolderSum Add(FolderSum sum, FolderSum one) => sum with
    {
        Rows = checked(sum.Rows + one.Rows),
        Bytes = sum.Bytes + one.Bytes,
        Files = sum.Files + 1,
        NewestFile = one.NewestFile > sum.NewestFile ? one.NewestFile : sum.NewestFile,
        Conflict = sum.Conflict ?? LandingSchema.Conflict(sum.Columns, one.Columns),
    };
}
