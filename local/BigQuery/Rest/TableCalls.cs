using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RdsBq.Local.BigQuery.Values;

namespace RdsBq.Local.BigQuery.Rest;

/// <summary>tables.* (reference/rest/v2/tables).</summary>
internal sealed class TableCalls(Warehouse warehouse)
{
    private static readonly string[] Unsupported = ["externalDataConfiguration", "materializedView", "snapshotDefinition", "cloneDefinition", "biglakeConfiguration", "rangePartitioning"];

    private Catalog Catalog => warehouse.Catalog;

    public JsonObject Get(Request request)
    {
        var table = Catalog.Table(request.Route.Dataset, request.Route.Table);
        var shown = Shown(table);
        if (request.Text("view") == "BASIC" || table.ViewQuery is not null) return shown;
        var buffered = warehouse.Buffered(table);
        shown["numRows"] = (warehouse.CountRows(table) - buffered).ToString();
        shown["numBytes"] = warehouse.CountBytes(table).ToString();
        shown["numLongTermBytes"] = "0";
        if (buffered > 0)
        {
            var oldest = table.Streamed[0].At.ToUnixTimeMilliseconds().ToString();
            shown["streamingBuffer"] = new JsonObject { ["estimatedRows"] = buffered.ToString(), ["estimatedBytes"] = "0", ["oldestEntryTime"] = oldest };
        }
        return shown;
    }

    public JsonObject Insert(Request request)
    {
        Catalog.Dataset(request.Route.Dataset);
        var id = request.Body["tableReference"]?["tableId"]?.GetValue<string>()
            ?? throw BigQueryException.Invalid("Required parameter is missing: tableId");
        CheckId(id);
        Check(request.Body);
        var resource = Resources.Created(request.Body);
        if (resource["view"] is not null) CheckView(resource);
        else if (resource["schema"]?["fields"] is JsonArray fields) resource["schema"]!["fields"] = PolicyTags.Kept(Normalised(fields), null);
        return Shown(warehouse.Insert(request.Route.Dataset, id, resource));
    }

    public JsonObject Patch(Request request) => Change(request, (table, changed) =>
    {
        // bq sends schema: null with every patch; it means "not given".
        string[] keep = ["tableReference", "schema"];
        Resources.Merge(changed, request.Body, keep);
        return table;
    });

    public JsonObject Update(Request request) => Change(request, (table, changed) =>
    {
        string[] kept = ["schema", "type", "creationTime", "tableReference", "view"];
        foreach (var name in changed.Select(p => p.Key).Except(kept).ToList()) changed.Remove(name);
        Resources.Merge(changed, request.Body, ["tableReference", "schema"]);
        return table;
    });

    public JsonObject List(Request request)
    {
        var all = Catalog.Tables(Catalog.Dataset(request.Route.Dataset));
        var (page, next) = Resources.Page(all, request, 10_000);
        var answer = new JsonObject { ["kind"] = "bigquery#tableList", ["totalItems"] = all.Count };
        List<JsonNode> items = [.. page.Select(Item)];
        if (items.Count > 0) answer["tables"] = new JsonArray([.. items]);
        if (next is not null) answer["nextPageToken"] = next;
        return answer;
    }

    public JsonObject Delete(Request request)
    {
        Catalog.Remove(Catalog.Table(request.Route.Dataset, request.Route.Table));
        return [];
    }

    private JsonObject Change(Request request, Func<Table, JsonObject, Table> merge)
    {
        var table = Catalog.Table(request.Route.Dataset, request.Route.Table);
        request.Check(table.Resource);
        Check(request.Body);
        var changed = table.Resource.DeepClone().AsObject();
        merge(table, changed);
        if (request.Body["view"] is JsonObject && table.ViewQuery is null)
            throw BigQueryException.Invalid("Cannot change a table into a view");
        if (request.Body["view"] is JsonObject view && view["query"] is not null)
        {
            if (request.Body["schema"] is JsonObject) throw SchemaWithView();
            CheckView(changed);
            // Setting the query reads the schema anew; column descriptions go with the old one.
            changed["schema"] = new JsonObject { ["fields"] = warehouse.ViewFields(changed["view"]!["query"]!.GetValue<string>()) };
        }
        if (request.Body["schema"]?["fields"] is JsonArray fields)
        {
            var kept = warehouse.ChangeSchema(table, Normalised(fields));
            changed["schema"] = new JsonObject { ["fields"] = PolicyTags.Kept(kept, table.Resource["schema"]?["fields"] as JsonArray) };
        }
        Catalog.Touch(changed);
        table.Resource = changed;
        return Shown(table);
    }

    private static void Check(JsonObject body)
    {
        if (Unsupported.FirstOrDefault(name => body[name] is not null) is { } missing)
            throw BigQueryException.Missing($"tables with {missing}");
        if (body["schema"]?["fields"] is JsonArray fields) PolicyTags.Check(fields);
    }

    private static void CheckView(JsonObject resource)
    {
        if (resource["schema"] is JsonObject && resource["type"] is null) throw SchemaWithView();
        // The default is true.
        if (resource["view"]!["useLegacySql"]?.GetValue<bool>() ?? true)
            throw BigQueryException.Missing("views in legacy SQL (view.useLegacySql is true unless the request says false)");
        if (resource["view"]!["userDefinedFunctionResources"] is not null)
            throw BigQueryException.Missing("views with userDefinedFunctionResources");
        if (resource["view"]!["query"] is null) throw BigQueryException.Invalid("Required parameter is missing: view.query");
    }

    private static BigQueryException SchemaWithView() => BigQueryException.Invalid("Schema field shouldn't be used as input with a view");

    /// <summary>Types by the names that answers use; modes always said.</summary>
    private static JsonArray Normalised(JsonArray fields) => new([.. fields.Select(f =>
    {
        var field = f!.DeepClone().AsObject();
        var parsed = Field.FromJson(field);
        field["type"] = Sql.SqlTypes.Rest(parsed.Type);
        field["mode"] = parsed.Mode;
        foreach (var number in new[] { "maxLength", "precision", "scale" })
        {
            if (field[number] is { } value) field[number] = value.ToString();
        }
        if (field["fields"] is JsonArray inner) field["fields"] = Normalised(inner);
        return field;
    })]);

    private static void CheckId(string id)
    {
        var valid = id.Length > 0 && Encoding.UTF8.GetByteCount(id) <= 1024 && id.EnumerateRunes().All(r => Rune.GetUnicodeCategory(r)
            is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.SpaceSeparator);
        if (!valid) throw BigQueryException.Invalid($"Invalid table ID \"{id}\".");
    }

    private JsonObject Shown(Table table)
    {
        var shown = table.Resource.DeepClone().AsObject();
        shown["kind"] = "bigquery#table";
        shown["id"] = $"{Catalog.Project}:{table.Dataset}.{table.Id}";
        shown["tableReference"] = new JsonObject { ["projectId"] = Catalog.Project, ["datasetId"] = table.Dataset, ["tableId"] = table.Id };
        shown["location"] = Catalog.Location;
        return shown;
    }

    private JsonObject Item(Table table)
    {
        var item = DatasetCalls.Kept(
            Shown(table), "kind", "id", "tableReference", "type", "labels", "creationTime", "expirationTime", "friendlyName");
        if (table.ViewQuery is not null) item["view"] = new JsonObject { ["useLegacySql"] = false };
        return item;
    }
}
