using RdsBq.Local.Sources;

namespace RdsBq.Bench;

/// <summary>One table of files of the size that RDS writes (1 to 10 MB): every file is the same 4 MB that no compression shrinks.</summary>
public sealed class LargeFiles(int files) : Source
{
    private const int Rows = 400;
    private const int BytesPerRow = 10_000;

    public override Engine Engine => Engine.PostgreSql;

    public override string Database => "large";

    public override IReadOnlyList<string> SystemDatabases => [];

    public override Task<SourceSnapshot> OpenAsync(int number, CancellationToken token) =>
        Task.FromResult<SourceSnapshot>(new Large(files));

    private sealed class Large(int files) : SourceSnapshot
    {
        public override IReadOnlyList<SourceTable> Tables { get; } =
        [
            new SourceTable("public", "large", [new SourceColumn("id", "bigint", false, Precision: 64), new SourceColumn("raw", "bytea")])
            {
                EstimatedRows = Rows,
                FileCopies = files,
            },
        ];

        public override Task ReadAsync(
            SourceTable table, string partition, IReadOnlyList<SourceColumn> columns, IRowSink rows, CancellationToken token)
        {
            var random = new Random(7);
            var value = new byte[BytesPerRow];
            for (var i = 0; i < Rows; i++)
            {
                random.NextBytes(value);
                rows.Int(i);
                rows.Bytes(value);
                rows.EndRow();
            }
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
