using System.Text;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using RdsBq.Local.Export;
using RdsBq.Local.Hosting;
using RdsBq.Local.Rds;
using RdsBq.Local.S3;
using RdsBq.Local.Sources;

namespace RdsBq.Local.Tests.Export;

/// <summary>Runs exports of a source into a store in a temporary folder, and reads what they wrote with DuckDB.</summary>
internal sealed class Exporting : IDisposable
{
    public const string Bucket = "exports";
    public const string TaskId = "export-id-test-20240501-0300";
    public const string Root = $"rds/{TaskId}";

    private static readonly DateTimeOffset SnapshotTime = new(2024, 5, 1, 2, 0, 0, TimeSpan.Zero);

    private readonly DuckDBConnection duck = new("Data Source=:memory:");

    public Exporting()
    {
        Clock = new LocalClock(TimeProvider.System);
        Store = new ObjectStore(Directory.CreateTempSubdirectory("rdsbq-export-").FullName, Clock);
        Store.CreateBucket(Bucket, "ap-northeast-1");
        duck.Open();
    }

    public LocalClock Clock { get; }

    public ObjectStore Store { get; }

    public Faults Faults { get; } = new();

    public Steps Progress { get; } = new();

    public IReadOnlyList<string> Keys => [.. Store.List(Bucket, $"{Root}/").Select(o => o.Key[(Root.Length + 1)..])];

    public Task<ExportOutcome> RunAsync(Source source, ExportOptions? options = null, int number = 1, params string[] only)
    {
        var exporter = new SnapshotExporter(Store, Faults, Clock, new Dictionary<string, Source> { ["it"] = source }, options);
        return exporter.ExportAsync(Job("it", number, only), Progress, CancellationToken.None);
    }

    public static ExportJob Job(string source, int number, IReadOnlyList<string> only) => new(
        TaskId, source, "arn:aws:rds:ap-northeast-1:123456789012:snapshot:rds:it-2024-05-01", SnapshotTime, number,
        Bucket, "rds", only, "arn:aws:iam::123456789012:role/rdsbq-export", "arn:aws:kms:ap-northeast-1:123456789012:key/k", SnapshotTime.AddHours(1));

    /// <summary>Every entry of every export_tables_info file, in order.</summary>
    public IReadOnlyList<JsonNode> Entries() =>
    [
        .. Store.List(Bucket, $"{Root}/export_tables_info_").Select(o => o.Key).OrderBy(k => int.Parse(k.Split("_from_")[1].Split('_')[0]))
            .SelectMany(k => Json(k)["perTableStatus"]!.AsArray()).Select(e => e!),
    ];

    public JsonNode Entry(string target) => Assert.Single(Entries(), e => (string?)e["target"] == target);

    public JsonNode Json(string key) => JsonNode.Parse(File.ReadAllText(Store.Find(Bucket, key)!.Path))!;

    /// <summary>A folder's Parquet files as a list that DuckDB's table functions take.</summary>
    public string Files(string folder)
    {
        var paths = Store.List(Bucket, $"{Root}/{folder}/").Where(o => o.Key.EndsWith(".parquet", StringComparison.Ordinal)).Select(o => $"'{o.Path}'");
        return $"[{string.Join(", ", paths)}]";
    }

    public IReadOnlyList<string> Query(string sql)
    {
        using var command = duck.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            var row = new StringBuilder();
            for (var i = 0; i < reader.FieldCount; i++) row.Append(i > 0 ? "|" : "").Append(
                reader.IsDBNull(i) ? "NULL" : reader.GetValue(i));
            rows.Add(row.ToString());
        }
        return rows;
    }

    public long Rows(string folder) =>
        Files(folder) == "[]" ? 0 : long.Parse(Query($"select count(*) from read_parquet({Files(folder)})")[0]);

    /// <summary>A footer's columns: name, physical type, repetition, converted type, logical type's beginning.</summary>
    public IReadOnlyList<string> Footer(string folder) => Query(
        $"""
        select name || ' ' || type || coalesce('(' || nullif(nullif(type_length, '0'), '') || ')', '') || ' ' || repetition_type || coalesce(' ' || converted_type, '')
               || case when converted_type = 'DECIMAL' then '(' || precision || ',' || scale || ')' else '' end
        from parquet_schema({Files(folder)}) where num_children is null and name <> 'spark_schema'
        """);

    public void Dispose()
    {
        duck.Dispose();
        Store.Dispose();
    }

    internal sealed class Steps : IProgress<int>
    {
        public List<int> Seen { get; } = [];

        public void Report(int value) => Seen.Add(value);
    }
}
