using System.Text.Json.Nodes;
using RdsBq.Local.BigQuery.Sql;
using RdsBq.Local.BigQuery.Values;

namespace RdsBq.Local.BigQuery;

/// <summary>Making tables and views, by REST and by DDL.</summary>
public sealed partial class Warehouse
{
    /// <summary>Completes a new table's resource (type, times, the dataset's default expiration, a view's schema) and registers
    /// it.</summary>
    internal Table Insert(string dataset, string id, JsonObject resource)
    {
        var owner = Catalog.Dataset(dataset);
        var isView = resource["view"] is not null;
        resource["type"] = isView ? "VIEW" : "TABLE";
        resource.Remove("creationTime");
        Catalog.Touch(resource);
        if (resource["expirationTime"] is null && !isView && owner.Resource["defaultTableExpirationMs"] is { } lifetime)
            resource["expirationTime"] = (Catalog.Now.ToUnixTimeMilliseconds() + long.Parse(lifetime.GetValue<string>())).ToString();
        if (isView) resource["schema"] ??= new JsonObject { ["fields"] = ViewFields(resource["view"]!["query"]!.GetValue<string>()) };
        return Catalog.Add(dataset, id, resource);
    }

    internal JsonArray ViewFields(string query) =>
        new([.. DescribeView(query).Select(f => f with { Mode = f.Mode == "REPEATED" ? "REPEATED" : "NULLABLE" }).Select(f => f.ToJson())]);

    private Job RunCreateView(Job job, CreateViewStatement create, string? defaultDataset)
    {
        var (dataset, id) = Locate(create.Path, defaultDataset);
        job = job with { StatementType = "CREATE_VIEW", Target = (dataset, id), DdlOperation = "CREATE" };
        Catalog.Dataset(dataset);
        var old = Catalog.FindTable(dataset, id);
        if (old is not null && create.IfNotExists) return job with { DdlOperation = "SKIP" };
        if (old is not null && !create.OrReplace) throw BigQueryException.Duplicate($"Table {Catalog.Project}:{dataset}.{id}");
        if (old is { ViewQuery: null }) throw BigQueryException.InvalidQuery($"Cannot replace {dataset}.{id}: it is a table, not a view");
        if (create.Query.Length > 256 * 1024)
            throw BigQueryException.InvalidQuery("View query is too long: the maximum is 256K characters");

        var fields = DescribeView(create.Query, defaultDataset);
        var query = create.Query;
        if (create.Columns is { } columns)
        {
            if (columns.Count != fields.Count)
                throw BigQueryException.InvalidQuery(
                    $"The number of view columns in CREATE VIEW ({columns.Count}) does not match that of its query ({fields.Count})");
            // Stored as the query itself where the list only repeats its names.
            if (columns.Where((c, i) => c.Name != fields[i].Name).Any())
                throw BigQueryException.Missing("view column lists that rename columns");
        }
        var schema = new JsonArray([.. fields.Select((f, i) => Described(f, create.Columns?[i].Description))]);
        var resource = new JsonObject
        {
            ["view"] = new JsonObject { ["query"] = query, ["useLegacySql"] = false },
            ["schema"] = new JsonObject { ["fields"] = schema },
        };
        Apply(create.Options, resource);
        if (job.DryRun) return job with { Fields = fields };
        var created = old?.Resource["creationTime"]?.DeepClone();
        if (old is not null) Catalog.Remove(old);
        var view = Insert(dataset, id, resource);
        if (created is not null) view.Resource["creationTime"] = created;
        return job with { DdlOperation = old is null ? "CREATE" : "REPLACE" };
    }

    private static JsonObject Described(Field field, string? description)
    {
        var json = (field with { Mode = field.Mode == "REPEATED" ? "REPEATED" : "NULLABLE" }).ToJson();
        if (description is not null) json["description"] = description;
        return json;
    }

    /// <summary>OPTIONS(…) of DDL onto a resource.</summary>
    private void Apply(JsonObject options, JsonObject resource)
    {
        foreach (var (name, value) in options)
        {
            switch (name)
            {
                case "description":
                    resource["description"] = value?.DeepClone();
                    break;
                case "friendly_name":
                    resource["friendlyName"] = value?.DeepClone();
                    break;
                case "labels":
                    resource["labels"] = value?.DeepClone();
                    break;
                case "expiration_timestamp" when value is null:
                    break;
                case "expiration_timestamp":
                    resource["expirationTime"] = engine.Number($"SELECT epoch_ms(CAST({value["sql"]?.GetValue<string>() ?? SqlText.Literal(value.ToString())} AS TIMESTAMPTZ))").ToString();
                    break;
                default:
                    throw BigQueryException.Missing($"the option {name}");
            }
        }
    }

    /// <summary>Writes a query's or a copy's rows to its destination table.</summary>
    internal void Write(
        JsonObject destination, string disposition, IReadOnlyList<Field> fields, string source, JsonNode? schema = null, string? create = null)
    {
        var (dataset, id) = (destination["datasetId"]!.GetValue<string>(), destination["tableId"]!.GetValue<string>());
        Catalog.Dataset(dataset);
        var table = Catalog.FindTable(dataset, id);
        if (table is { ViewQuery: not null })
            throw BigQueryException.Invalid(
                $"{Catalog.Project}:{dataset}.{id} is not allowed for this operation because it is currently a VIEW.");
        if (table is null && create == "CREATE_NEVER") throw BigQueryException.NotFound($"Table {Catalog.Project}:{dataset}.{id}");
        var json = schema?.DeepClone() ?? new JsonObject { ["fields"] = new JsonArray([.. fields.Select(f => f.ToJson())]) };
        if (table is { Fields: not null } && disposition == "WRITE_EMPTY" && CountRows(table) > 0)
            throw BigQueryException.Duplicate($"Table {Catalog.Project}:{dataset}.{id}");
        if (table is not null && (disposition == "WRITE_TRUNCATE" || table.Fields is null))
        {
            // Description and labels stay, the schema is the source's.
            engine.Execute($"DROP TABLE IF EXISTS {table.Physical}");
            table.Resource["schema"] = json;
            Catalog.CreatePhysical(table, table.Fields!);
        }
        table ??= Insert(dataset, id, new JsonObject { ["schema"] = json });
        engine.Execute($"INSERT INTO {table.Physical} ({string.Join(", ", fields.Select(f => SqlText.Name(f.Name)))}) {source}");
        Touch(table);
    }

    /// <summary>A schema given by patch: columns may be added at the end and REQUIRED relaxed; the rest must stay
    /// (docs/managing-table-schemas).</summary>
    /// <returns>The fields in the order in which they are kept.</returns>
    internal JsonArray ChangeSchema(Table table, JsonArray given)
    {
        var name = $"{Catalog.Project}:{table.Dataset}.{table.Id}";
        var (before, after) = (table.Fields ?? [], Field.List(given));
        foreach (var field in before)
        {
            var now = after.FirstOrDefault(f => f.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase))
                ?? throw Mismatch(name, $"Field {field.Name} is missing in new schema");
            if (now.Duck != field.Duck)
                throw Mismatch(name, $"Field {field.Name} has changed type from {SqlTypes.Rest(field.Type)} to {SqlTypes.Rest(now.Type)}");
            if (now.Mode == field.Mode) continue;
            if (field.Mode != "REQUIRED") throw Mismatch(name, $"Field {field.Name} has changed mode from {field.Mode} to {now.Mode}");
        }
        var added = after.Where(f => !before.Any(b => b.Name.Equals(f.Name, StringComparison.OrdinalIgnoreCase))).ToList();
        if (table.ViewQuery is not null)
        {
            if (added.Count > 0) throw Mismatch(name, $"Cannot add fields (field: {added[0].Name})");
            return Ordered(before.Concat(added), given);
        }
        if (before.Count > 0 && added.Find(f => f.Mode == "REQUIRED") is { } required)
            throw Mismatch(name, $"Cannot add required fields to an existing schema. (field: {required.Name})");
        if (table.Fields is null) Catalog.CreatePhysical(table, after);
        else foreach (var field in added) engine.Execute($"ALTER TABLE {table.Physical} ADD COLUMN {Catalog.Column(field)}");
        foreach (var field in before.Where(
                b => b.Mode == "REQUIRED" && after.Any(a => a.Mode != "REQUIRED" && a.Name.Equals(b.Name, StringComparison.OrdinalIgnoreCase))))
            engine.Execute($"ALTER TABLE {table.Physical} ALTER COLUMN {SqlText.Name(field.Name)} DROP NOT NULL");
        return Ordered(before.Concat(added), given);
    }

    private static JsonArray Ordered(IEnumerable<Field> order, JsonArray given) =>
        new([.. order.Select(o => given.First(g => o.Name.Equals(g!["name"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase))!.DeepClone())]);

    private static BigQueryException Mismatch(string table, string what) =>
        BigQueryException.Invalid($"Provided Schema does not match Table {table}. {what}.");
}
