using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Tables;
using LifecycleRule = RdsBq.Core.Exports.LifecycleRule;

namespace RdsBq.Cloud.Aws;

/// <summary>The files of exports in one S3 bucket: listed as a stream, their footers read by ranges, their data never.</summary>
public sealed class ExportFiles(IAmazonS3 client, string bucket)
{
    private const long LongestSidecar = 64 * 1024 * 1024;

    // Most footers fit; the figure for files of 1-10 MB (what RDS writes) stays below 64 KB with a second read of the exact rest.
    private const int Tail = 16 * 1024;

    public int Parallelism { get; init; } = 16;

    /// <summary>Every object under the prefix, in key order, a thousand at a time.</summary>
    public async IAsyncEnumerable<ExportFile> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken token = default)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };
        do
        {
            var page = await AwsErrors.MapAsync(() => client.ListObjectsV2Async(request, token));
            foreach (var o in page.S3Objects ?? [])
                yield return new ExportFile(o.Key, o.Size ?? 0, new DateTimeOffset((o.LastModified ?? DateTime.UnixEpoch).ToUniversalTime()));
            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    /// <summary>A whole small object: one of the export's JSON sidecars.</summary>
    /// <exception cref="StopException">It is larger than 64 MB, or can't be read.</exception>
    public Task<ReadOnlyMemory<byte>> ReadAsync(string key, CancellationToken token) => AwsErrors.MapAsync(async () =>
    {
        using var answer = await client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key }, token);
        if (answer.ContentLength > LongestSidecar)
        {
            throw StopException.ForPerson(
                $"{key} has {answer.ContentLength} bytes: more than a file of this name should ever have.", "Look at what wrote it, remove it, and export again.");
        }
        using var content = new MemoryStream((int)answer.ContentLength);
        await answer.ResponseStream.CopyToAsync(content, token);
        return (ReadOnlyMemory<byte>)content.GetBuffer().AsMemory(0, (int)content.Length);
    });

    /// <summary>What the file's footer says, in one ranged read, or two where the footer is long.</summary>
    /// <exception cref="StopException">The file is damaged (it names the key), or can't be read.</exception>
    public async Task<ParquetFooter> FooterAsync(ExportFile file, CancellationToken token)
    {
        if (file.Size < FooterBytes.TrailerLength) FooterBytes.LengthOf([], file.Size, file.Key);
        var tail = await RangeAsync(file, Math.Max(0, file.Size - Tail), file.Size, token);
        var wanted = FooterBytes.LengthOf(tail, file.Size, file.Key) + FooterBytes.TrailerLength;
        if (wanted > tail.Length)
        {
            var rest = await RangeAsync(file, file.Size - wanted, file.Size - tail.Length, token);
            tail = [.. rest, .. tail];
        }
        return await FooterBytes.ParseAsync(tail.AsMemory(tail.Length - wanted), file.Size, file.Key, token);
    }

    /// <summary>
    /// Sums footers per table folder, by folder; files that are no Parquet file of a table folder are passed over. Holds one total a folder and
    /// <see cref="Parallelism"/> footers, however many files there are.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, FolderTotals>> SumAsync(IAsyncEnumerable<ExportFile> files, ExportLayout layout, CancellationToken token)
    {
        var totals = new ConcurrentDictionary<string, FolderTotals>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = token };
        await Parallel.ForEachAsync(files, options, async (file, stop) =>
        {
            if (!ExportLayout.IsParquet(file.Key) || layout.FolderOfKey(file.Key) is not { } folder) return;
            var footer = await FooterAsync(file, stop);
            var one = new FolderTotals(folder, footer.Rows, file.Size, 1, file.LastModified, footer.Columns, null);
            totals.AddOrUpdate(folder, one, (_, total) => total.Plus(one));
        });
        return totals;
    }

    /// <summary>Sums files and bytes per table folder as <see cref="SumAsync"/> does, without a look into the files: no rows, no columns.</summary>
    public static async Task<IReadOnlyDictionary<string, FolderTotals>> SizesAsync(IAsyncEnumerable<ExportFile> files, ExportLayout layout)
    {
        var totals = new Dictionary<string, FolderTotals>(StringComparer.Ordinal);
        await foreach (var file in files)
        {
            if (!ExportLayout.IsParquet(file.Key) || layout.FolderOfKey(file.Key) is not { } folder) continue;
            var one = new FolderTotals(folder, 0, file.Size, 1, file.LastModified, [], null);
            totals[folder] = totals.TryGetValue(folder, out var total) ? total.Plus(one) : one;
        }
        return totals;
    }

    /// <summary>The bucket's lifecycle rules: none where it has no configuration, null where they may not be read.</summary>
    public Task<IReadOnlyList<LifecycleRule>?> LifecycleRulesAsync(CancellationToken token) => LifecycleReading.RulesAsync(client, bucket, token);

    private Task<byte[]> RangeAsync(ExportFile file, long from, long to, CancellationToken token) => AwsErrors.MapAsync(async () =>
    {
        var request = new GetObjectRequest { BucketName = bucket, Key = file.Key, ByteRange = new ByteRange(from, to - 1) };
        using var answer = await client.GetObjectAsync(request, token);
        var bytes = new byte[to - from];
        var read = await answer.ResponseStream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, token);
        if (read == bytes.Length) return bytes;
        throw StopException.Passing($"S3 sent {read} of {bytes.Length} bytes of {file.Key}.", "Nothing to do: the next run reads it again.");
    });
}
