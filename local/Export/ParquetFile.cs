using System.Buffers.Binary;
using System.IO.Compression;

namespace RdsBq.Local.Export;

/// <summary>
/// Writes one Parquet file with gzip pages, row group by row group. Written by hand because types must come out exactly as Spark writes
/// them:
/// Parquet.Net annotates every integer, and DuckDB chooses a decimal's width itself. Format: github.com/apache/parquet-format.
/// </summary>
internal sealed class ParquetFile : IDisposable
{
    private sealed record Chunk(long Offset, int Uncompressed, int Compressed, int Values);

    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    private readonly FileStream file;
    private readonly IReadOnlyList<ParquetColumn> columns;
    private readonly List<List<Chunk>> groups = [];
    private readonly MemoryStream page = new();
    private readonly MemoryStream packed = new();

    public ParquetFile(string path, IReadOnlyList<ParquetColumn> columns)
    {
        this.columns = columns;
        file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.Write(Magic);
    }

    public long Rows { get; private set; }

    public void WriteGroup(IReadOnlyList<ColumnBuffer> buffers)
    {
        groups.Add([.. buffers.Select(WriteChunk)]);
        Rows += buffers[0].Rows;
    }

    /// <summary>Writes the footer; the file is complete afterwards.</summary>
    public void Complete()
    {
        var footer = new ThriftCompact();
        footer.I32(1, 1);
        ParquetSchema.Write(footer, 2, columns);
        footer.I64(3, Rows);
        footer.List(4, ThriftCompact.ElementStruct, groups.Count);
        foreach (var group in groups) WriteGroupInfo(footer, group);
        footer.Text(6, "rdsbq-local");
        footer.Stop();
        file.Write(footer.Written);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        file.Write(length);
        file.Write(Magic);
        file.Flush();
    }

    public void Dispose()
    {
        file.Dispose();
        page.Dispose();
        packed.Dispose();
    }

    private Chunk WriteChunk(ColumnBuffer buffer)
    {
        page.SetLength(0);
        packed.SetLength(0);
        buffer.WriteTo(page);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(page.GetBuffer(), 0, (int)page.Length);
        var header = new ThriftCompact();
        header.I32(1, 0);
        header.I32(2, (int)page.Length);
        header.I32(3, (int)packed.Length);
        header.Struct(5);
        header.I32(1, buffer.Rows);
        header.I32(2, Plain);
        header.I32(3, Rle);
        header.I32(4, Rle);
        header.End();
        header.Stop();
        var offset = file.Position;
        file.Write(header.Written);
        file.Write(packed.GetBuffer(), 0, (int)packed.Length);
        return new Chunk(offset, header.Length + (int)page.Length, header.Length + (int)packed.Length, buffer.Rows);
    }

    private void WriteGroupInfo(ThriftCompact footer, List<Chunk> chunks)
    {
        footer.Element();
        footer.List(1, ThriftCompact.ElementStruct, chunks.Count);
        for (var i = 0; i < chunks.Count; i++)
        {
            footer.Element();
            footer.I64(2, chunks[i].Offset);
            footer.Struct(3);
            WriteChunkInfo(footer, columns[i], chunks[i]);
            footer.End();
            footer.End();
        }
        footer.I64(2, chunks.Sum(c => (long)c.Uncompressed));
        footer.I64(3, chunks[0].Values);
        footer.I64(5, chunks[0].Offset);
        footer.I64(6, chunks.Sum(c => (long)c.Compressed));
        footer.End();
    }

    private static void WriteChunkInfo(ThriftCompact footer, ParquetColumn column, Chunk chunk)
    {
        footer.I32(1, (int)column.Type.Physical);
        footer.List(2, ThriftCompact.ElementI32, 2);
        footer.ZigZag(Plain);
        footer.ZigZag(Rle);
        footer.List(3, ThriftCompact.ElementBinary, 1);
        footer.Text(column.Name);
        footer.I32(4, Gzip);
        footer.I64(5, chunk.Values);
        footer.I64(6, chunk.Uncompressed);
        footer.I64(7, chunk.Compressed);
        footer.I64(9, chunk.Offset);
    }

    private const int Plain = 0;
    private const int Rle = 3;
    private const int Gzip = 2;
}
