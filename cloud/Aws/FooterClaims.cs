using Parquet.Meta;

namespace RdsBq.Cloud.Aws;

/// <summary>
/// Whether a footer can be true of its file (parquet-format, parquet.thrift). Its rows are what a load is proven against, so that a footer of another file,
/// or of one that lost its middle, must not pass for proof.
/// </summary>
internal static class FooterClaims
{
    /// <param name="dataEnd">Where the footer begins: no data lies behind it.</param>
    /// <returns>What can't be; null where nothing speaks against it.</returns>
    public static string? Problem(FileMetaData metadata, long dataEnd)
    {
        var groups = metadata.RowGroups ?? [];
        if (metadata.NumRows < 0 || groups.Exists(g => g.NumRows < 0)) return "its footer claims a negative number of rows";
        var sum = groups.Aggregate(0m, (all, g) => all + g.NumRows);
        if (sum != metadata.NumRows) return $"its footer claims {metadata.NumRows} rows, and its row groups have {sum}";
        return groups.SelectMany(g => g.Columns ?? []).Select(c => Problem(c, dataEnd)).FirstOrDefault(p => p is not null);
    }

    private static string? Problem(ColumnChunk chunk, long dataEnd)
    {
        if (chunk.MetaData is not { } column) return null;
        var start = column.DictionaryPageOffset is { } dictionary && dictionary > 0 && dictionary < column.DataPageOffset ? dictionary : column.DataPageOffset;
        if (start >= FooterBytes.MagicLength && column.TotalCompressedSize >= 0 && start <= dataEnd - column.TotalCompressedSize) return null;
        return $"its footer claims data from byte {start} on, {column.TotalCompressedSize} bytes, of which the file has {Math.Max(dataEnd - start, 0)}";
    }
}
