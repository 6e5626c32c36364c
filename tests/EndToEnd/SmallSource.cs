using System.Text;
using RdsBq.Local.Sources;

namespace RdsBq.EndToEnd.Tests;

/// <summary>As few calls as a run can have: <c>orders</c> in one file, empty <c>returns</c>, maybe <c>items</c> in two batches.</summary>
internal sealed class SmallSource(bool batches = true) : Source
{
    public const int Rows = 6;

    private static readonly SourceColumn[] Columns = [new("id", "bigint", false, Precision: 64), new("name", "text")];

    public override Engine Engine => Engine.PostgreSql;

    public override string Database => "shop";

    public override IReadOnlyList<string> SystemDatabases => [];

    public IReadOnlyList<string> Views => batches ? ["items", "orders", "returns"] : ["orders", "returns"];

    public override Task<SourceSnapshot> OpenAsync(int number, CancellationToken token) =>
        Task.FromResult<SourceSnapshot>(new Small([.. Views.Select(Table)]));

    public static long RowsOf(string view) => view == "returns" ? 0 : Rows;

    private static SourceTable Table(string name) => new("public", name, Columns)
    {
        EstimatedRows = RowsOf(name),
        Partitions = name == "items" ? ["a", "b"] : [""],
    };

    private sealed class Small(IReadOnlyList<SourceTable> tables) : SourceSnapshot
    {
        public override IReadOnlyList<SourceTable> Tables => tables;

        public override Task ReadAsync(
            SourceTable table, string partition, IReadOnlyList<SourceColumn> columns, IRowSink rows, CancellationToken token)
        {
            for (var i = 0; i < RowsOf(table.Name) / table.Partitions.Count; i++)
            {
                rows.Int(i + (partition == "b" ? Rows / 2 : 0));
                rows.Bytes(Encoding.UTF8.GetBytes($"{table.Name} {i}"));
                rows.EndRow();
            }
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
