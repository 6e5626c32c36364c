using System.Globalization;
using System.Text;
using Npgsql;
using RdsBq.Local.Export;
using RdsBq.Local.Sources;
using RdsBq.Tests.Kit;

namespace RdsBq.Local.Tests.Export;

/// <summary>The sample's every_type, loaded into a real PostgreSQL and exported from there.</summary>
public sealed class PostgresValueTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Folder = "public.every_type";

    private static readonly Dictionary<string, string> Declared = new()
    {
        ["amount"] = "numeric(20,4)", ["fixed"] = "character(5)", ["name"] = "character varying(50)", ["bits"] = "bit(8)", ["bits_var"] = "bit varying(16)",
        ["mood"] = "mood", ["tags"] = "text[]", ["numbers"] = "integer[]", ["positive"] = "positive",
    };

    [RequiresFact("initdb", "postgres")]
    public async Task Every_value_equals_what_the_server_prints()
    {
        var columns = await ColumnsAsync();
        var connectionString = await LoadAsync("printed", columns);
        using var exporting = new Exporting();
        await exporting.RunAsync(new PostgresSource(connectionString));

        // format's %s is the type's own output function; a cast to text would strip blanks of character(n) and add a mask to inet.
        var printed = string.Join(", ", columns.Select(c => $"case when \"{c.Name}\" is not null then format('%s', \"{c.Name}\") end"));
        var expected = await PrintedAsync(connectionString, $"select {printed} from every_type order by id");
        var files = exporting.Files($"printed/{Folder}");
        var exported = exporting.Query($"select {string.Join(", ", columns.Select(Shown))} from read_parquet({files}) order by id");

        Assert.Equal(6, expected.Count);
        Assert.Equal(expected.Select(r => string.Join('|', r.Zip(columns, Normal))), exported);
    }

    [RequiresFact("initdb", "postgres")]
    public async Task The_sample_prints_its_values_as_PostgreSQL_does()
    {
        var columns = await ColumnsAsync();
        using var real = new Exporting();
        await real.RunAsync(new PostgresSource(await LoadAsync("real", columns)));
        using var sample = new Exporting();
        await sample.RunAsync(new ShopSource(Engine.PostgreSql, 0.01));

        var (realFiles, sampleFiles) = (real.Files($"real/{Folder}"), sample.Files($"shop/{Folder}"));
        Assert.All(columns, c => Assert.Equal(
            real.Query($"select {Shown(c)} from read_parquet({realFiles}) order by id"),
            sample.Query($"select {Shown(c)} from read_parquet({sampleFiles}) order by id")));
        Assert.Equal(real.Footer($"real/{Folder}"), sample.Footer($"shop/{Folder}"));
        Assert.Equal(Mappings(real, "real"), Mappings(sample, "shop"));
    }

    private static IEnumerable<string> Mappings(Exporting exporting, string database) =>
        exporting.Entry($"{database}.{Folder}")["schemaMetadata"]!["originalTypeMappings"]!.AsArray().Select(m => m!.ToJsonString());

    private static async Task<IReadOnlyList<SourceColumn>> ColumnsAsync()
    {
        await using var snapshot = await new ShopSource(Engine.PostgreSql, 0.01).OpenAsync(1, CancellationToken.None);
        return snapshot.Tables.Single(t => t.Name == "every_type").Columns;
    }

    private async Task<string> LoadAsync(string database, IReadOnlyList<SourceColumn> columns)
    {
        var sql = new StringBuilder("""
            create type mood as enum ('happy', 'sad', 'it''s ok', 'so-so, "really"');
            create domain positive as integer check (value > 0);
            """);
        var declared = columns.Select(
            c => $"\"{c.Name}\" {Declared.GetValueOrDefault(c.Name, c.Type)}{(c.Nullable ? "" : " primary key")}");
        sql.Append($"create table every_type ({string.Join(", ", declared)});\n");
        foreach (var row in await CollectingSink.ReadAsync(new ShopSource(Engine.PostgreSql, 0.01), "every_type"))
            sql.Append($"insert into every_type values ({string.Join(", ", row.Zip(columns, Literal))});\n");
        return await postgres.CreateAsync(database, sql.ToString());
    }

    private static string Literal(object? value, SourceColumn column) => value switch
    {
        null => "null",
        byte[] bytes when column.Type == "bytea" => $@"'\x{Convert.ToHexString(bytes)}'",
        byte[] bytes => $"'{Encoding.UTF8.GetString(bytes).Replace("'", "''", StringComparison.Ordinal)}'",
        double number => $"'{number.ToString("R", CultureInfo.InvariantCulture)}'",
        _ => $"'{value}'",
    };

    // Both sides' floating numbers are compared as this process prints them.
    private static string Shown(SourceColumn column) => column.Type switch
    {
        "boolean" => $"case when \"{column.Name}\" then 't' when not \"{column.Name}\" then 'f' end",
        "bytea" => $"'\\x' || lower(hex(\"{column.Name}\"))",
        _ => $"\"{column.Name}\"",
    };

    private static string Normal(string? printed, SourceColumn column) => column.Type switch
    {
        _ when printed is null => "NULL",
        "real" => $"{float.Parse(printed, CultureInfo.InvariantCulture)}",
        "double precision" => $"{double.Parse(printed, CultureInfo.InvariantCulture)}",
        _ => printed,
    };

    private static async Task<List<string?[]>> PrintedAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Timezone=UTC");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<string?[]> rows = [];
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
        return rows;
    }
}
