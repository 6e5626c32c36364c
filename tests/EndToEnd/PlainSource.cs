using System.Text;
using RdsBq.Local.Sources;

namespace RdsBq.EndToEnd.Tests;

/// <summary>A PostgreSQL database with <c>schema.table</c>s of three rows each, and maybe other databases beside it.</summary>
internal sealed class PlainSource(string database, params string[] tables) : Source
{
    public const int Rows = 3;

    private static readonly SourceColumn[] Columns = [new("id", "bigint", false, Precision: 64), new("name", "text")];

    public PlainSource[] Beside { get; init; } = [];

    public override Engine Engine => Engine.PostgreSql;

    public override string Database => database;

    public override IReadOnlyList<Source> Others => Beside;

    public override Task<SourceSnapshot> OpenAsync(int number, CancellationToken token) =>
        Task.FromResult<SourceSnapshot>(new Plain(database, [.. tables.Select(t => t.Split('.')).Select(t => new SourceTable(t[0], t[1], Columns) { EstimatedRows = Rows })]));

    private sealed class Plain(string database, IReadOnlyList<SourceTable> tables) : SourceSnapshot
    {
        public override IReadOnlyList<SourceTable> Tables => tables;

        public override Task ReadAsync(SourceTable table, string partition, IReadOnlyList<SourceColumn> columns, IRowSink rows, CancellationToken token)
        {
            for (var i = 0; i < Rows; i++)
            {
                rows.Int(i);
                rows.Bytes(Encoding.UTF8.GetBytes($"{database}.{table.Schema}.{table.Name} {i}"));
                rows.EndRow();
            }
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
