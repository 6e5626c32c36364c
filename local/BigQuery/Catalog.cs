using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RdsBq.Local.BigQuery.Values;

namespace RdsBq.Local.BigQuery;

/// <summary>A dataset; its resource is REST's without what is computed at reading.</summary>
internal sealed class Dataset(string id, JsonObject resource)
{
    public string Id => id;

    public JsonObject Resource { get; set; } = resource;

    /// <summary>Table ids are case-sensitive.</summary>
    public SortedDictionary<string, Table> Tables { get; } = new(StringComparer.Ordinal);
}

/// <param name="physical">The table's name in DuckDB, whose names ignore case; unused for views.</param>
internal sealed class Table(string dataset, string id, string physical, JsonObject resource, DateTimeOffset created)
{
    public string Dataset => dataset;

    public string Id => id;

    public string Physical => physical;

    public DateTimeOffset Created => created;

    public JsonObject Resource { get; set; } = resource;

    public string? ViewQuery => Resource["view"]?["query"]?.GetValue<string>();

    /// <summary>Null for a table without a schema.</summary>
    public IReadOnlyList<Field>? Fields => Resource["schema"]?["fields"] is JsonArray fields ? Field.List(fields) : null;

    public DateTimeOffset? Expires =>
        Resource["expirationTime"] is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(time.GetValue<string>())) : null;

    /// <summary>Rows that came by insertAll and still lie in the streaming buffer, with their time of arrival.</summary>
    public List<(DateTimeOffset At, long Rows)> Streamed { get; } = [];

    /// <summary>insertIds of the last minute.</summary>
    public Dictionary<string, DateTimeOffset> InsertIds { get; } = new(StringComparer.Ordinal);

    public long? Bytes { get; set; }
}

/// <summary>Datasets and tables as REST resources. DuckDB holds rows only: it would lose descriptions, labels, modes and case.</summary>
internal sealed class Catalog(string project, string location, TimeProvider clock, Engine engine)
{
    private readonly SortedDictionary<string, Dataset> datasets = new(StringComparer.Ordinal);
    private long changes;
    private long physicals;

    public string Project => project;

    public string Location => location;

    public IEnumerable<Dataset> Datasets => datasets.Values;

    public DateTimeOffset Now => clock.GetUtcNow();

    public Dataset? FindDataset(string id) => datasets.GetValueOrDefault(id);

    public Dataset Dataset(string id) => FindDataset(id) ?? throw BigQueryException.NotFound($"Dataset {project}:{id}");

    public Table? FindTable(string dataset, string id)
    {
        if (FindDataset(dataset)?.Tables.GetValueOrDefault(id) is not { } table) return null;
        if (table.Expires is not { } expires || expires > Now) return table;
        Remove(table);
        return null;
    }

    public Table Table(string dataset, string id)
    {
        Dataset(dataset);
        return FindTable(dataset, id) ?? throw BigQueryException.NotFound($"Table {project}:{dataset}.{id}");
    }

    public IReadOnlyList<Table> Tables(Dataset dataset) =>
        [.. dataset.Tables.Keys.ToList().Select(id => FindTable(dataset.Id, id)).OfType<Table>()];

    public Dataset Add(string id, JsonObject resource)
    {
        if (datasets.ContainsKey(id)) throw BigQueryException.Duplicate($"Dataset {project}:{id}");
        return datasets[id] = new Dataset(id, resource);
    }

    public void Remove(Dataset dataset)
    {
        foreach (var table in dataset.Tables.Values.ToList()) Remove(table);
        datasets.Remove(dataset.Id);
    }

    /// <summary>Registers a table and, if it has columns, makes room for its rows.</summary>
    public Table Add(string dataset, string id, JsonObject resource)
    {
        if (FindTable(dataset, id) is not null) throw BigQueryException.Duplicate($"Table {project}:{dataset}.{id}");
        var table = new Table(dataset, id, $"t{++physicals}", resource, Now);
        if (table.ViewQuery is null && table.Fields is { } fields) CreatePhysical(table, fields);
        Dataset(dataset).Tables[id] = table;
        return table;
    }

    public void CreatePhysical(Table table, IReadOnlyList<Field> fields) =>
        engine.Execute($"CREATE TABLE {table.Physical} ({string.Join(", ", fields.Select(Column))})");

    public void Remove(Table table)
    {
        if (table.ViewQuery is null) engine.Execute($"DROP TABLE IF EXISTS {table.Physical}");
        Dataset(table.Dataset).Tables.Remove(table.Id);
    }

    /// <summary>Notes a change: a new etag and time of change.</summary>
    public void Touch(JsonObject resource)
    {
        resource["etag"] = Convert.ToBase64String(MD5.HashData(Encoding.UTF8.GetBytes($"{project}/{++changes}")));
        resource["lastModifiedTime"] = Now.ToUnixTimeMilliseconds().ToString();
        resource["creationTime"] ??= Now.ToUnixTimeMilliseconds().ToString();
    }

    public static string Column(Field field) =>
        $"{Sql.SqlText.Name(field.Name)} {field.Duck}{(field.Mode == "REQUIRED" ? " NOT NULL" : "")}";
}
