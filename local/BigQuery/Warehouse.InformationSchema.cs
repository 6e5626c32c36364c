using RdsBq.Local.BigQuery.Sql;

namespace RdsBq.Local.BigQuery;

/// <summary>INFORMATION_SCHEMA.TABLES and COLUMNS of a dataset, as literal rows.</summary>
public sealed partial class Warehouse
{
    private string InformationSchema(IReadOnlyList<string> path, string? defaultDataset)
    {
        var at = path.ToList().FindIndex(p => p.Equals("INFORMATION_SCHEMA", StringComparison.OrdinalIgnoreCase));
        var view = path.Count == at + 2 ? path[at + 1].ToUpperInvariant() : "";
        var id = at > 0 ? path[at - 1] : defaultDataset;
        if (id is null || id.StartsWith("region-", StringComparison.Ordinal) || view is not ("TABLES" or "COLUMNS"))
            throw BigQueryException.Missing($"INFORMATION_SCHEMA.{view} of {id ?? "a region"}");
        if (Catalog.FindDataset(id) is not { } dataset)
            throw BigQueryException.NotFound($"Dataset {Catalog.Project}:{id} was not found in location {Catalog.Location}");
        var (columns, rows) = view == "TABLES"
            ? ("table_catalog, table_schema, table_name, table_type, creation_time", Catalog.Tables(dataset).Select(TableRow))
            : ("table_catalog, table_schema, table_name, column_name, ordinal_position, is_nullable, data_type", Catalog.Tables(dataset).SelectMany(ColumnRows));
        var list = rows.ToList();
        var empty = view == "TABLES" ? "('', '', '', '', now())" : "('', '', '', '', 0::BIGINT, '', '')";
        return $"(SELECT * FROM (VALUES {string.Join(", ", list.DefaultIfEmpty(empty))}) AS v({columns}) WHERE {(list.Count > 0 ? "true" : "false")})";
    }

    private string Key(Table table) => $"{SqlText.Literal(Catalog.Project)}, {SqlText.Literal(table.Dataset)}, {SqlText.Literal(table.Id)}";

    private string TableRow(Table table) =>
        $"({Key(table)}, '{(table.ViewQuery is null ? "BASE TABLE" : "VIEW")}', make_timestamptz({table.Created.ToUnixTimeMilliseconds() * 1000}::BIGINT))";

    private IEnumerable<string> ColumnRows(Table table) => (table.Fields ?? []).Select((f, i) =>
    {
        var type = f.Type == "RECORD" ? throw BigQueryException.Missing("INFORMATION_SCHEMA.COLUMNS of a RECORD") : f.Type;
        return $"({Key(table)}, {SqlText.Literal(f.Name)}, {i + 1}::BIGINT, '{(f.Mode == "REQUIRED" ? "NO" : "YES")}', '{(f.Mode == "REPEATED" ? $"ARRAY<{type}>" : type)}')";
    });
}
