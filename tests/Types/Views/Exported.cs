using DuckDB.NET.Data;
using RdsBq.Core.Tables;
using RdsBq.Local.Export;
using RdsBq.Local.Hosting;
using RdsBq.Local.Rds;
using RdsBq.Local.S3;
using RdsBq.Local.Sources;
using ParquetColumn = RdsBq.Core.Tables.ParquetColumn;

namespace RdsBq.Types.Tests.Views;

/// <summary>A source, exported by the local RDS and read back from its files.</summary>
internal static class Exported
{
    private const string Bucket = "exports";
    private const string Task = "export-id-test-20240501-0300";
    private static readonly DateTimeOffset Night = new(2024, 5, 1, 3, 0, 0, TimeSpan.Zero);

    public static async Task<IReadOnlyList<ExportedTable>> ReadAsync(Source source)
    {
        var clock = new LocalClock(TimeProvider.System, speed: 0);
        using var store = new ObjectStore(Directory.CreateTempSubdirectory("rdsbq-types-").FullName, clock);
        store.CreateBucket(Bucket, "ap-northeast-1");
        var exporter = new SnapshotExporter(store, new Faults(), clock, new Dictionary<string, Source> { ["it"] = source });
        var job = new ExportJob(
            Task, "it", "arn:aws:rds:ap-northeast-1:123456789012:snapshot:rds:it", Night, 1, Bucket, "", [], "role", "key", Night);
        await exporter.ExportAsync(job, new Progress<int>(), CancellationToken.None);
        var manifest = ExportManifest.Parse(
            store.List(Bucket, $"{Task}/export_tables_info_").Select(o => (o.Key, (ReadOnlyMemory<byte>)File.ReadAllBytes(o.Path))));
        await using var duck = new DuckDBConnection("Data Source=:memory:");
        await duck.OpenAsync();
        return [.. manifest.Entries.Where(e => e.Table is not null && e.Columns.Count > 0).Select(e => Table(duck, store, e))];
    }

    private static ExportedTable Table(DuckDBConnection duck, ObjectStore store, ManifestEntry entry)
    {
        var table = entry.Table!;
        var folder = $"{Task}/{table.Database}/{table.Schema}.{table.Name}/";
        var files = store.List(Bucket, folder).Where(o => o.Key.EndsWith(".parquet", StringComparison.Ordinal));
        var paths = files.Select(o => $"'{o.Path}'").ToList();
        if (paths.Count == 0) return new ExportedTable(table.Name, LandingSchema.FromManifest(entry), []);
        var footer = Query(duck, $"""
            select name, type, converted_type, repetition_type, precision, scale from parquet_schema({paths[0]}) where num_children is null
            """);
        var written = footer.Select(
            c => new ParquetColumn(c[0]!, c[1]!, c[2], c[3] == "REQUIRED", int.Parse(c[4] ?? "0"), int.Parse(c[5] ?? "0")));
        var columns = LandingSchema.FromParquet([.. written], entry);
        var select = $"select {string.Join(", ", columns.Select(Read))} from read_parquet([{string.Join(", ", paths)}]) limit 100";
        return new ExportedTable(table.Name, columns, Query(duck, select));
    }

    private static string Read(Column column)
    {
        var name = $"\"{column.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return column.Type switch
        {
            "BYTES" => $"hex({name})",
            "TIMESTAMP" => $"epoch_us({name})::varchar",
            _ => $"{name}::varchar",
        };
    }

    private static List<string?[]> Query(DuckDBConnection duck, string sql)
    {
        using var command = duck.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string?[]> rows = [];
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i).ToString())]);
        return rows;
    }
}
