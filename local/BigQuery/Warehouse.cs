using System.Text.Json.Nodes;
using RdsBq.Local.BigQuery.Sql;
using RdsBq.Local.BigQuery.Values;

namespace RdsBq.Local.BigQuery;

/// <summary>
/// BigQuery's data and metadata: one project, one location. Everything happens under one lock, so statements are serial and a load is
/// seen whole or not at all.
/// </summary>
public sealed partial class Warehouse : IDisposable
{
    private const int MaxViewDepth = 16;
    private readonly Engine engine;

    /// <param name="clock">The clock that tables expire by.</param>
    /// <param name="folder">Where rows are kept on disk, to spare memory; null keeps them in memory.</param>
    public Warehouse(string project, string location, TimeProvider clock, string? folder = null)
    {
        engine = new Engine(folder);
        Catalog = new Catalog(project, location, clock, engine);
    }

    internal Lock Gate { get; } = new();

    internal Catalog Catalog { get; }

    /// <summary>How long after a table's creation insertAll answers 404, as the real streaming side does for seconds to minutes.</summary>
    public TimeSpan StreamingWarmup { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long streamed rows count as buffered: absent from numRows, and in the way of UPDATE and DELETE.</summary>
    public TimeSpan StreamingBuffer { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Forgets every dataset.</summary>
    public void Clear()
    {
        lock (Gate)
        {
            foreach (var dataset in Catalog.Datasets.ToList()) Catalog.Remove(dataset);
            ForgetJobs();
        }
    }

    public void Dispose() => engine.Dispose();

    internal long CountRows(Table table) => table.Fields is null ? 0 : engine.Number($"SELECT count(*) FROM {table.Physical}");

    /// <summary>Logical bytes by BigQuery's rules (docs/estimate-costs, "Data size calculation").</summary>
    internal long CountBytes(Table table)
    {
        if (table.Fields is not { } fields) return 0;
        var sizes = fields.Select(f => f switch
        {
            { IsNested: true } => $"coalesce(strlen(CAST({SqlText.Name(f.Name)} AS VARCHAR)), 0)",
            { Type: "STRING" or "JSON" } => $"coalesce(strlen({SqlText.Name(f.Name)}) + 2, 0)",
            { Type: "BYTES" } => $"coalesce(octet_length({SqlText.Name(f.Name)}) + 2, 0)",
            _ => $"CASE WHEN {SqlText.Name(f.Name)} IS NULL THEN 0 ELSE {f.Type switch { "BOOL" => 1, "NUMERIC" => 16, "BIGNUMERIC" => 32, _ => 8 }} END",
        });
        return table.Bytes ??= engine.Number($"SELECT coalesce(sum({string.Join(" + ", sizes)}), 0) FROM {table.Physical}");
    }

    /// <summary>A page of rows as REST encodes them.</summary>
    internal JsonArray Page(
        string source, IReadOnlyList<Field> fields, long start, long count, bool int64Timestamps, IReadOnlyList<string>? columns = null)
    {
        var names = columns ?? [.. fields.Select(f => SqlText.Name(f.Name))];
        var select = string.Join(", ", fields.Select((f, i) => Rows.Select(names[i], f)));
        var rows = engine.Read($"SELECT {select} FROM {source} ORDER BY rowid LIMIT {count} OFFSET {start}");
        return new JsonArray([.. rows.Select(r => Rows.Row(fields.Select((f, i) => Rows.Value(f, r[i], int64Timestamps))))]);
    }

    /// <summary>The shape of a view's rows: all NULLABLE or REPEATED.</summary>
    internal IReadOnlyList<Field> DescribeView(string query, string? defaultDataset = null) =>
        engine.Describe(StatementParser.ParseQuery(query, Scope(defaultDataset, new Dictionary<string, string>())));

    private Scope Scope(string? defaultDataset, IReadOnlyDictionary<string, string> parameters, int depth = 0) =>
        new(path => Resolve(path, defaultDataset, depth), parameters, Catalog.Now);

    private string Resolve(IReadOnlyList<string> path, string? defaultDataset, int depth)
    {
        if (path.FirstOrDefault(p => p.Equals("INFORMATION_SCHEMA", StringComparison.OrdinalIgnoreCase)) is not null)
            return InformationSchema(path, defaultDataset);
        var (dataset, id) = Locate(path, defaultDataset);
        if (id.Contains('*', StringComparison.Ordinal)) throw BigQueryException.Missing("wildcard tables");
        if (id.Contains('$', StringComparison.Ordinal)) throw BigQueryException.Missing("partition decorators");
        var table = Existing(dataset, id);
        if (table.ViewQuery is { } query)
        {
            if (depth >= MaxViewDepth)
                throw BigQueryException.InvalidQuery(
                    $"Too many nested views/persistent user-defined functions or possible circular references: the maximum allowed is {MaxViewDepth}");
            return $"({StatementParser.ParseQuery(query, Scope(null, new Dictionary<string, string>(), depth + 1))})";
        }
        return table.Fields is null
            ? throw BigQueryException.InvalidQuery($"Table {Catalog.Project}:{dataset}.{id} does not have a schema.") : table.Physical;
    }

    /// <summary>The dataset and table that a path means.</summary>
    private (string Dataset, string Id) Locate(IReadOnlyList<string> path, string? defaultDataset)
    {
        switch (path.Count)
        {
            case 1:
                return (
                    defaultDataset
                        ?? throw BigQueryException.Invalid(
                            $"Table \"{path[0]}\" must be qualified with a dataset (e.g. dataset.table)."), path[0]);
            case 2:
                return (path[0], path[1]);
            case 3 when path[0] == Catalog.Project:
                return (path[1], path[2]);
            case 3:
                throw new BigQueryException(
                    403, "accessDenied", $"Access Denied: Table {path[0]}:{path[1]}.{path[2]}: User does not have permission to query table {path[0]}:{path[1]}.{path[2]}, or perhaps it does not exist.");
            default:
                throw BigQueryException.Invalid($"Invalid table-valued path {string.Join('.', path)}");
        }
    }

    private Table Existing(string dataset, string id)
    {
        if (Catalog.FindDataset(dataset) is null)
            throw BigQueryException.NotFound($"Dataset {Catalog.Project}:{dataset} was not found in location {Catalog.Location}");
        return Catalog.FindTable(dataset, id)
            ?? throw BigQueryException.NotFound($"Table {Catalog.Project}:{dataset}.{id} was not found in location {Catalog.Location}");
    }
}
