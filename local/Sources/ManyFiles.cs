namespace RdsBq.Local.Sources;

/// <summary>Tables <c>t0000</c>, <c>t0001</c>, … of many tiny files each: what a loader's memory is measured on. Each file holds the same
/// <see cref="RowsPerFile"/> rows.</summary>
public sealed class ManyFiles(int tables, int filesPerTable) : Source
{
    public const int RowsPerFile = 3;

    public override Engine Engine => Engine.PostgreSql;

    public override string Database => "many";

    public override IReadOnlyList<string> SystemDatabases => [];

    public override Task<SourceSnapshot> OpenAsync(int number, CancellationToken token) =>
        Task.FromResult<SourceSnapshot>(new Many(tables, filesPerTable));

    private sealed class Many(int tables, int filesPerTable) : SourceSnapshot
    {
        public override IReadOnlyList<SourceTable> Tables { get; } =
        [
            .. Enumerable.Range(0, tables).Select(t => new SourceTable(
                "public", $"t{t:d4}", [new SourceColumn("id", "bigint", false, Precision: 64), new SourceColumn("name", "text")])
            {
                EstimatedRows = RowsPerFile,
                FileCopies = filesPerTable,
            }),
        ];

        public override Task ReadAsync(
            SourceTable table, string partition, IReadOnlyList<SourceColumn> columns, IRowSink rows, CancellationToken token)
        {
            token.ThrowIfCancellationRequested();
            for (var i = 0; i < RowsPerFile; i++)
            {
                rows.Int(i);
                rows.Bytes("a name"u8);
                rows.EndRow();
            }
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
