using System.Text.Json.Nodes;
using RdsBq.Local.BigQuery.Sql;
using RdsBq.Local.BigQuery.Values;

namespace RdsBq.Local.BigQuery;

/// <summary>Runs statements.</summary>
public sealed partial class Warehouse
{
    private const int KeptResults = 200;
    private readonly Dictionary<string, Job> jobs = new(StringComparer.Ordinal);
    private readonly Queue<string> results = [];
    private long resultTables;

    internal IReadOnlyCollection<Job> Jobs => jobs.Values;

    internal Job? FindJob(string id) => jobs.GetValueOrDefault(id);

    internal void Keep(Job job)
    {
        jobs[job.Id] = job;
        if (job.ResultTable is null) return;
        results.Enqueue(job.Id);
        if (results.Count <= KeptResults) return;
        // Old jobs keep their state, not their rows.
        var old = results.Dequeue();
        engine.Execute($"DROP TABLE IF EXISTS {jobs[old].ResultTable}");
        jobs[old] = jobs[old] with { ResultTable = null };
    }

    private void ForgetJobs()
    {
        foreach (var job in jobs.Values.Where(j => j.ResultTable is not null)) engine.Execute($"DROP TABLE IF EXISTS {job.ResultTable}");
        jobs.Clear();
        results.Clear();
    }

    /// <param name="query">jobs.query's body, or <c>configuration.query</c> of a job.</param>
    internal Job RunQuery(string id, JsonObject configuration, JsonObject query, bool dryRun)
    {
        var sql = query["query"]?.GetValue<string>() ?? throw BigQueryException.Invalid("Required parameter is missing: query");
        var standard = sql.TrimStart().StartsWith("#standardSQL", StringComparison.OrdinalIgnoreCase);
        if (!standard && (query["useLegacySql"]?.GetValue<bool>() ?? true))
            throw BigQueryException.Missing("legacy SQL (useLegacySql is true unless the request says false)");
        var defaultDataset = query["defaultDataset"]?["datasetId"]?.GetValue<string>();
        var scope = Scope(defaultDataset, QueryParameters.Read(query["queryParameters"] as JsonArray));
        var job = new Job(id, configuration, Catalog.Now) { DryRun = dryRun };
        var statement = StatementParser.Parse(sql, scope);
        return statement switch
        {
            SelectStatement select => RunSelect(job, select, query["destinationTable"] as JsonObject, query),
            ChangeStatement change => RunChange(job, change, defaultDataset),
            CreateViewStatement view => RunCreateView(job, view, defaultDataset),
            CreateTableStatement table => RunCreateTable(job, table, defaultDataset),
            DropStatement drop => RunDrop(job, drop, defaultDataset),
            _ => throw new InvalidOperationException($"A statement of kind {statement.GetType().Name} can't be run."),
        };
    }

    private Job RunSelect(Job job, SelectStatement select, JsonObject? destination, JsonObject query)
    {
        var fields = engine.Describe(select.Sql);
        if (fields.CountBy(f => f.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(c => c.Value > 1) is { Key: { } twice })
            throw BigQueryException.InvalidQuery($"Duplicate column names in the result are not supported. Found duplicate(s): {twice}");
        job = job with { Fields = fields };
        if (job.DryRun) return job;
        var table = $"r{++resultTables}";
        engine.Execute($"CREATE TEMP TABLE {table} ({string.Join(", ", fields.Select((_, i) => $"c{i}"))}) AS {select.Sql}");
        job = job with { ResultTable = table, TotalRows = engine.Number($"SELECT count(*) FROM {table}") };
        if (destination is not null)
            Write(destination, query["writeDisposition"]?.GetValue<string>() ?? "WRITE_EMPTY", fields, $"SELECT * FROM {table}");
        return job;
    }

    private Job RunChange(Job job, ChangeStatement change, string? defaultDataset)
    {
        var (dataset, id) = Locate(change.Path, defaultDataset);
        var table = Existing(dataset, id);
        if (table.ViewQuery is not null) throw BigQueryException.InvalidQuery($"Cannot {change.Kind} a view: {dataset}.{id}");
        if (table.Fields is null) throw BigQueryException.InvalidQuery($"Table {dataset}.{id} does not have a schema.");
        if (change.Kind != "INSERT" && Buffered(table) > 0)
            throw BigQueryException.InvalidQuery(
                $"{change.Kind} statement over table {Catalog.Project}.{dataset}.{id} would affect rows in the streaming buffer, which is not supported");
        job = job with { StatementType = change.Kind, Target = (dataset, id) };
        var sql = change.Sql.Replace(ChangeStatement.Table, table.Physical, StringComparison.Ordinal);
        if (job.DryRun)
        {
            // Binds it without running it.
            engine.Read($"EXPLAIN {sql}");
            return job;
        }
        var affected = engine.Change(sql);
        Touch(table);
        return job with { Affected = affected };
    }

    private Job RunCreateTable(Job job, CreateTableStatement create, string? defaultDataset)
    {
        var (dataset, id) = Locate(create.Path, defaultDataset);
        var fields = create.Fields is { } given ? Field.List(given) : engine.Describe(create.Query!);
        job = job with { StatementType = create.Query is null ? "CREATE_TABLE" : "CREATE_TABLE_AS_SELECT", Target = (dataset, id), DdlOperation = "CREATE" };
        Catalog.Dataset(dataset);
        var old = Catalog.FindTable(dataset, id);
        if (old is not null && create.IfNotExists) return job with { DdlOperation = "SKIP" };
        if (old is not null && !create.OrReplace) throw BigQueryException.Duplicate($"Table {Catalog.Project}:{dataset}.{id}");
        if (job.DryRun) return job;
        var resource = new JsonObject { ["schema"] = new JsonObject { ["fields"] = create.Fields?.DeepClone() ?? new JsonArray([.. fields.Select(f => f.ToJson())]) } };
        Apply(create.Options, resource);
        // The query may read the table that it replaces.
        var rows = $"r{++resultTables}";
        if (create.Query is not null) engine.Execute($"CREATE TEMP TABLE {rows} AS {create.Query}");
        if (old is not null) Catalog.Remove(old);
        var table = Insert(dataset, id, resource);
        if (create.Query is not null) engine.Execute($"INSERT INTO {table.Physical} SELECT * FROM {rows}");
        if (create.Query is not null) engine.Execute($"DROP TABLE {rows}");
        return job with { DdlOperation = old is null ? "CREATE" : "REPLACE" };
    }

    private Job RunDrop(Job job, DropStatement drop, string? defaultDataset)
    {
        var (dataset, id) = Locate(drop.Path, defaultDataset);
        job = job with { StatementType = drop.View ? "DROP_VIEW" : "DROP_TABLE", Target = (dataset, id), DdlOperation = "DROP" };
        var table = drop.IfExists ? Catalog.FindTable(dataset, id) : Existing(dataset, id);
        if (table is null) return job with { DdlOperation = "SKIP" };
        if (table.ViewQuery is null == drop.View)
            throw BigQueryException.InvalidQuery($"{Catalog.Project}:{dataset}.{id} is not a {(drop.View ? "view" : "table")}");
        if (!job.DryRun) Catalog.Remove(table);
        return job;
    }

    internal long Buffered(Table table)
    {
        table.Streamed.RemoveAll(s => s.At + StreamingBuffer <= Catalog.Now);
        return table.Streamed.Sum(s => s.Rows);
    }
}
