namespace RdsBq.Local.Sources;

/// <summary>
/// A web shop's database, made up row by row from a seed: 11 tables and about 270,000 rows at scale 1. From one snapshot to the next
/// some rows are added at the end of each table and about one in a thousand changes.
/// </summary>
public sealed class ShopSource(Engine engine, double scale = 1, int seed = 1) : Source
{
    public override Engine Engine => engine;

    public override string Database => "shop";

    public override Task<SourceSnapshot> OpenAsync(int number, CancellationToken token) =>
        Task.FromResult<SourceSnapshot>(new Shop(engine, [.. new ShopTables(engine).All().Select(t => t.At(scale, number))], seed, number));

    private sealed class Shop(Engine engine, IReadOnlyList<ShopTable> shop, int seed, int number) : SourceSnapshot
    {
        private const int Ages = 997;

        public override IReadOnlyList<SourceTable> Tables { get; } = [.. shop.Select(t => t.Table)];

        public override Task ReadAsync(
            SourceTable table, string partition, IReadOnlyList<SourceColumn> columns, IRowSink rows, CancellationToken token)
        {
            var made = shop.Single(t => t.Table == table);
            var part = table.Partitions.TakeWhile(p => p != partition).Count();
            var row = new SampleRow(engine, rows);
            for (var i = made.Rows * part / table.Partitions.Count; i < made.Rows * (part + 1) / table.Partitions.Count; i++)
            {
                if ((i & 1023) == 0) token.ThrowIfCancellationRequested();
                // Each snapshot touches another residue class of the rows.
                var version = (int)(((i % Ages) + number - 1) / Ages);
                made.Fill(row, i, version, Dice.Of(seed, table.Name, i));
                row.End();
            }
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>Writes row <paramref name="i"/> (from 0), which has been changed <paramref name="version"/> times.</summary>
internal delegate void Fill(SampleRow row, long i, int version, Dice dice);

internal sealed record ShopTable(SourceTable Table, long Rows, Fill Fill)
{
    /// <summary>A table whose rows neither scale nor grow.</summary>
    public bool Fixed { get; init; }

    public ShopTable At(double scale, int number)
    {
        if (Fixed) return this with { Table = Table with { EstimatedRows = Rows } };
        var first = (long)Math.Ceiling(Rows * scale);
        var rows = first + ((number - 1) * Math.Max(1, first / 500));
        return this with { Rows = rows, Table = Table with { EstimatedRows = rows } };
    }
}
