using System.Text.Json.Nodes;
using RdsBq.Local.BigQuery.Sql;
using RdsBq.Local.BigQuery.Values;

namespace RdsBq.Local.BigQuery;

/// <summary>Parquet loads (docs/loading-data-cloud-storage-parquet).</summary>
public sealed partial class Warehouse
{
    /// <summary>A <see cref="ParquetLoader"/>: all files in one transaction; a refusal leaves the table as it was.</summary>
    public Task<LoadOutcome> LoadParquetAsync(LoadJob job, CancellationToken token) => Task.Run(() =>
    {
        lock (Gate)
        {
            try
            {
                return new LoadOutcome(Load(job), null);
            }
            catch (BigQueryException e)
            {
                return new LoadOutcome(0, e.Message);
            }
        }
    }, token);

    private long Load(LoadJob job)
    {
        var name = $"{Catalog.Project}:{job.Dataset}.{job.Table}";
        var table = Catalog.FindTable(job.Dataset, job.Table) ?? throw BigQueryException.NotFound($"Table {name}");
        if (table.ViewQuery is not null)
            throw BigQueryException.Invalid($"{name} is not allowed for this operation because it is currently a VIEW.");
        if (job.Files.Count == 0) return 0;
        // The schema is that of the alphabetically last file.
        var columns = ParquetColumns.Read(engine, job.Files[^1], job.DecimalTargetTypes);
        if (table.Fields is { } fields) ParquetColumns.Compare(name, fields, columns, job.Files[^1]);
        else Adopt(table, [.. columns.Select(c => c.Field)]);

        var files = string.Join(", ", job.Files.Select(SqlText.Literal));
        engine.Execute("BEGIN TRANSACTION");
        try
        {
            if (job.Truncate) engine.Execute($"DELETE FROM {table.Physical}");
            var rows = engine.Change(
                $"INSERT INTO {table.Physical} ({string.Join(", ", columns.Select(c => SqlText.Name(c.Field.Name)))}) "
                + $"SELECT {string.Join(", ", columns.Select(c => c.Expression))} FROM read_parquet([{files}])");
            engine.Execute("COMMIT");
            if (job.Truncate) Forget(table);
            Touch(table);
            return rows;
        }
        catch
        {
            engine.Execute("ROLLBACK");
            throw;
        }
    }

    /// <summary>WRITE_TRUNCATE sets the schema anew: what people wrote on columns goes, what they wrote on the table stays.</summary>
    private static void Forget(Table table)
    {
        table.Streamed.Clear();
        foreach (var field in (table.Resource["schema"]?["fields"] as JsonArray ?? []).OfType<JsonObject>())
        {
            field.Remove("description");
            field.Remove("policyTags");
        }
    }

    private void Adopt(Table table, IReadOnlyList<Field> fields)
    {
        table.Resource["schema"] = new JsonObject { ["fields"] = new JsonArray([.. fields.Select(f => f.ToJson())]) };
        Catalog.CreatePhysical(table, fields);
    }

    /// <summary>Notes that a table's rows changed.</summary>
    internal void Touch(Table table)
    {
        table.Bytes = null;
        Catalog.Touch(table.Resource);
    }
}
