using System.Text;
using RdsBq.Local.Sources;

namespace RdsBq.Local.Tests.Export;

/// <summary>Keeps the rows that a source gives: null, bool, long, double, Int128 or byte[] a value.</summary>
internal sealed class CollectingSink : IRowSink
{
    private readonly List<object?> row = [];

    public List<object?[]> Rows { get; } = [];

    public void Null() => row.Add(null);

    public void Bool(bool value) => row.Add(value);

    public void Int(long value) => row.Add(value);

    public void Float(double value) => row.Add(value);

    public void Bytes(ReadOnlySpan<byte> value) => row.Add(value.ToArray());

    public void Decimal(Int128 unscaled) => row.Add(unscaled);

    public void EndRow()
    {
        Rows.Add([.. row]);
        row.Clear();
    }

    /// <summary>All rows of a table of a source's snapshot.</summary>
    public static async Task<List<object?[]>> ReadAsync(Source source, string table, int number = 1)
    {
        await using var snapshot = await source.OpenAsync(number, CancellationToken.None);
        var sink = new CollectingSink();
        var found = snapshot.Tables.Single(t => t.Name == table);
        foreach (var partition in found.Partitions) await snapshot.ReadAsync(found, partition, found.Columns, sink, CancellationToken.None);
        return sink.Rows;
    }

    public static string Line(object?[] row) =>
        string.Join('|', row.Select(v => v is byte[] bytes ? Encoding.UTF8.GetString(bytes) : v?.ToString() ?? "NULL"));
}
