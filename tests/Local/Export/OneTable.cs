using RdsBq.Local.Sources;

namespace RdsBq.Local.Tests.Export;

/// <summary>A source of one table with one row, whose names are the test's business.</summary>
internal sealed class OneTable(string table, string column, string database = "one") : Source
{
    public override Engine Engine => Engine.PostgreSql;

    public Source[] Beside { get; init; } = [];

    public override string Database => database;

    public override IReadOnlyList<Source> Others => Beside;

    public override IReadOnlyList<string> SystemDatabases => [];

    public override Task<SourceSnapshot> OpenAsync(int number, CancellationToken token) =>
        Task.FromResult<SourceSnapshot>(new One(new SourceTable("public", table, [new SourceColumn(column, "integer")])));

    private sealed class One(SourceTable table) : SourceSnapshot
    {
        public override IReadOnlyList<SourceTable> Tables => [table];

        public override Task ReadAsync(
            SourceTable table, string partition, IReadOnlyList<SourceColumn> columns, IRowSink rows, CancellationToken token)
        {
            rows.Int(1);
            rows.EndRow();
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
