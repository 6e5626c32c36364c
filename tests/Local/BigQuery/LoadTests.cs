using DuckDB.NET.Data;
using RdsBq.Local.BigQuery;

namespace RdsBq.Local.Tests.BigQuery;

public sealed class LoadTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("rdsbq-load").FullName;
    private Rig rig = null!;

    public async Task InitializeAsync() => rig = await Rig.StartAsync(folder);

    public async Task DisposeAsync()
    {
        await rig.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private string Write(string name, string query)
    {
        var path = Path.Combine(folder, name);
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        using var command = duck.CreateCommand();
        command.CommandText = $"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION gzip)";
        command.ExecuteNonQuery();
        return path;
    }

    private Task<LoadOutcome> LoadAsync(string table, bool truncate, params string[] files) =>
        rig.Warehouse.LoadParquetAsync(new LoadJob("shop", table, files, truncate, ["NUMERIC"]), CancellationToken.None);

    [Fact]
    public async Task A_table_without_a_schema_takes_the_files()
    {
        await rig.OkAsync("POST", "datasets/shop/tables", """{"tableReference":{"tableId":"t"},"description":"kept","labels":{"a":"b"}}""");
        var file = Write("a.parquet", "SELECT 1::INTEGER AS i, 2::UBIGINT AS u, 1.5::FLOAT AS f, true AS b, 'x' AS s, '\\xFF'::BLOB AS y, DATE '2024-02-29' AS d, TIME '01:02:03' AS t, TIMESTAMPTZ '2024-02-29 00:00:00+00' AS ts, 12.345::DECIMAL(10,3) AS n");
        Assert.Equal(new LoadOutcome(1, null), await LoadAsync("t", truncate: true, file));
        var table = await rig.OkAsync("GET", "datasets/shop/tables/t");
        Assert.Equal("INTEGER INTEGER FLOAT BOOLEAN STRING BYTES DATE TIME TIMESTAMP NUMERIC", string.Join(' ', table["schema"]!["fields"]!.AsArray().Select(f => f!["type"])));
        Assert.Equal(["1|2|1.5|true|x|/w==|2024-02-29|01:02:03|1709164800000000|12.345"], await rig.RowsAsync("SELECT * FROM shop.t"));
        Assert.Equal(new LoadOutcome(1, null), await LoadAsync("t", truncate: true, file));
        table = await rig.OkAsync("GET", "datasets/shop/tables/t");
        Assert.Equal(("1", "kept", "b"), (table["numRows"]!.ToString(), table["description"]!.ToString(), table["labels"]!["a"]!.ToString()));
        Assert.Equal(new LoadOutcome(1, null), await LoadAsync("t", truncate: false, file));
        Assert.Equal("2", (await rig.OkAsync("GET", "datasets/shop/tables/t"))["numRows"]!.ToString());
    }

    [Fact]
    public async Task Many_files_load_as_one()
    {
        await rig.TableAsync("t", """[{"name":"I","type":"INT64"},{"name":"s","type":"STRING"}]""");
        var file = Write("a.parquet", "SELECT i, 'x' || i AS s FROM range(10) AS r(i)");
        var copies = Enumerable.Range(0, 1500).Select(n => Path.Combine(folder, $"{n:d4}.bin")).ToArray();
        foreach (var copy in copies) File.Copy(file, copy);
        Assert.Equal(new LoadOutcome(15_000, null), await LoadAsync("t", truncate: true, copies));
    }

    [Fact]
    public async Task A_missing_table_is_not_made() =>
        Assert.Equal(new LoadOutcome(0, "Not found: Table local-project:shop.t"), await LoadAsync("t", truncate: true, Write("a.parquet", "SELECT 1 AS i")));

    [Theory]
    [InlineData("""[{"name":"bar","type":"FLOAT64"}]""", "Provided Schema does not match Table local-project:shop.t. Field bar has changed type from FLOAT to STRING")]
    [InlineData("""[{"name":"bar","type":"STRING","mode":"REQUIRED"}]""", "Provided schema is not compatible with the file 'FILE'. Field 'bar' is specified as REQUIRED in provided schema which does not match NULLABLE as specified in the file.")]
    [InlineData("""[{"name":"foo","type":"STRING"}]""", "Provided Schema does not match Table local-project:shop.t. Cannot add fields (field: bar)")]
    [InlineData("""[{"name":"bar","type":"STRING"},{"name":"foo","type":"STRING"}]""", "Provided Schema does not match Table local-project:shop.t. Field foo is missing in new schema")]
    public async Task A_schema_that_differs_is_refused_and_nothing_changes(string fields, string message)
    {
        await rig.TableAsync("t", fields);
        var file = Write("a.parquet", "SELECT 'x' AS bar");
        var outcome = await LoadAsync("t", truncate: true, file);
        Assert.Equal(message, outcome.Error!.Replace(file, "FILE", StringComparison.Ordinal));
        Assert.Equal("0", (await rig.OkAsync("GET", "datasets/shop/tables/t"))["numRows"]!.ToString());
    }

    [Theory]
    [InlineData("DECIMAL(38,10)", "NUMERIC,BIGNUMERIC,STRING", "BIGNUMERIC")]
    [InlineData("DECIMAL(38,9)", "STRING,NUMERIC", "NUMERIC")]
    [InlineData("DECIMAL(38,10)", "NUMERIC,STRING", "STRING")]
    [InlineData("DECIMAL(38,10)", "NUMERIC", "NUMERIC")]
    public async Task Decimals_go_to_the_first_target_that_holds_them(string type, string targets, string expected)
    {
        await rig.OkAsync("POST", "datasets/shop/tables", """{"tableReference":{"tableId":"t"}}""");
        var file = Write("a.parquet", $"SELECT 1.5::{type} AS n");
        Assert.Null((await rig.Warehouse.LoadParquetAsync(new LoadJob("shop", "t", [file], true, targets.Split(',')), CancellationToken.None)).Error);
        Assert.Equal(expected, (await rig.OkAsync("GET", "datasets/shop/tables/t"))["schema"]!["fields"]![0]!["type"]!.ToString());
        Assert.Equal(["1.5"], await rig.RowsAsync("SELECT n FROM shop.t"));
    }

    [Fact]
    public async Task A_file_that_breaks_in_the_middle_leaves_the_old_rows()
    {
        await rig.TableAsync("t", """[{"name":"i","type":"INT64"}]""");
        var good = Write("b.parquet", "SELECT 1 AS i");
        await LoadAsync("t", truncate: true, good);
        var other = Write("a.parquet", "SELECT 'x' AS i");
        Assert.NotNull((await LoadAsync("t", truncate: true, other, good)).Error);
        Assert.Equal(["1"], await rig.RowsAsync("SELECT i FROM shop.t"));
    }
}
