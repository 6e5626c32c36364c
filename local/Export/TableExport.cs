using System.Security.Cryptography;
using System.Text;
using RdsBq.Local.S3;
using RdsBq.Local.Sources;

namespace RdsBq.Local.Export;

/// <summary>
/// Writes one table's files below its folder: <c>{batch}/part-{NNNNN}-{uuid}-c000.gz.parquet</c>, with gaps between the part numbers, and
/// an empty
/// <c>_SUCCESS</c> in every batch folder. A batch without rows has <c>_SUCCESS</c> only. Holds one row group, never a table.
/// </summary>
internal sealed class TableExport(
    ObjectStore store, string bucket, string folder, IReadOnlyList<ParquetColumn> columns, SourceTable table, ExportOptions options)
    : IRowSink, IDisposable
{
    private readonly ColumnBuffer[] buffers = [.. columns.Select(c => new ColumnBuffer(c))];
    private ParquetFile? file;
    private string staged = "";
    private int column;
    private int filesInBatch;
    private long rowsInBatch;
    private long bytesInGroup;
    private bool inBatch;

    public int Batches { get; private set; }

    public long Rows { get; private set; }

    /// <summary>Bytes of all files, compressed.</summary>
    public long Size { get; private set; }

    /// <summary>Called with the rows of each row group that has been written.</summary>
    public Action<int> Written { get; init; } = _ => { };

    public void Null() => buffers[column++].Null();

    public void Bool(bool value) => buffers[column++].Bool(value);

    public void Int(long value) => buffers[column++].Int(value);

    public void Float(double value) => buffers[column++].Float(value);

    public void Decimal(Int128 unscaled) => buffers[column++].Decimal(unscaled);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        buffers[column++].Bytes(value);
        bytesInGroup += value.Length;
    }

    public void EndRow()
    {
        if (column != buffers.Length)
            throw new InvalidDataException($"{folder}: a row of {column} values where {buffers.Length} columns are.");
        column = 0;
        if (!inBatch) BeginBatch();
        Rows++;
        rowsInBatch++;
        var fileIsFull = (file?.Rows ?? 0) + buffers[0].Rows >= options.RowsPerFile;
        if (fileIsFull || buffers[0].Rows >= options.RowsPerGroup || bytesInGroup >= options.BytesPerGroup) WriteGroup();
        if (fileIsFull) CloseFile();
        if (!table.Splittable && rowsInBatch >= options.RowsPerBatch) EndBatch();
    }

    /// <summary>Opens the batch folder of the source's next partition.</summary>
    public void BeginBatch()
    {
        Batches++;
        filesInBatch = 0;
        rowsInBatch = 0;
        inBatch = true;
    }

    /// <summary>Completes the batch folder, if one is open.</summary>
    public void EndBatch()
    {
        if (!inBatch) return;
        WriteGroup();
        CloseFile();
        store.Put(bucket, $"{folder}/{Batches}/_SUCCESS", []);
        inBatch = false;
    }

    public void Dispose() => file?.Dispose();

    private void WriteGroup()
    {
        var rows = buffers[0].Rows;
        if (rows == 0) return;
        if (file is null)
        {
            staged = store.Stage();
            file = new ParquetFile(staged, columns);
        }
        file.WriteGroup(buffers);
        foreach (var buffer in buffers) buffer.Clear();
        bytesInGroup = 0;
        Written(rows);
    }

    private void CloseFile()
    {
        if (file is null) return;
        file.Complete();
        file.Dispose();
        file = null;
        // Spark names all files of one job after one id.
        var id = new Guid(MD5.HashData(Encoding.UTF8.GetBytes($"{folder}/{Batches}")));
        for (var copy = 0; copy < table.FileCopies; copy++)
            Size += store.Commit(bucket, $"{folder}/{Batches}/part-{PartNumber(filesInBatch++):d5}-{id}-c000.gz.parquet", staged).Size;
    }

    // Spark's number of a partition that held no rows is missing: 0, 2, 3, 5, 6, … or the same from 1.
    private int PartNumber(int index) => (table.Name.Length % 2) + index + ((index + 1) / 2);
}
