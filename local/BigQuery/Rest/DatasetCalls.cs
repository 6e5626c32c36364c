using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RdsBq.Local.BigQuery.Rest;

/// <summary>datasets.* (reference/rest/v2/datasets).</summary>
internal sealed partial class DatasetCalls(Catalog catalog)
{
    public JsonObject Get(Request request) => Shown(catalog.Dataset(request.Route.Dataset));

    public JsonObject Insert(Request request)
    {
        var id = request.Body["datasetReference"]?["datasetId"]?.GetValue<string>()
            ?? throw BigQueryException.Invalid("Required parameter is missing: datasetId");
        if (!Id().IsMatch(id))
            throw BigQueryException.Invalid(
                $"Invalid dataset ID \"{id}\". Dataset IDs must be alphanumeric (plus underscores) and must be at most 1024 characters long.");
        if (request.Body["externalDatasetReference"] is not null || request.Body["linkedDatasetSource"] is not null)
            throw BigQueryException.Missing("external and linked datasets");
        var resource = Resources.Created(request.Body);
        var location = request.Body["location"]?.GetValue<string>() ?? "US";
        if (!location.Equals(catalog.Location, StringComparison.OrdinalIgnoreCase))
            throw BigQueryException.Missing($"locations other than {catalog.Location} ({location})");
        resource["location"] = catalog.Location;
        resource["datasetReference"]!["projectId"] = catalog.Project;
        resource["access"] ??= new JsonArray(
            Group("WRITER", "projectWriters"), Group("OWNER", "projectOwners"), Group("READER", "projectReaders"));
        Check(resource);
        catalog.Touch(resource);
        return Shown(catalog.Add(id, resource));
    }

    public JsonObject Patch(Request request)
    {
        var dataset = catalog.Dataset(request.Route.Dataset);
        request.Check(dataset.Resource);
        var changed = dataset.Resource.DeepClone().AsObject();
        Resources.Merge(changed, request.Body, ["datasetReference"]);
        return Store(dataset, changed);
    }

    public JsonObject Update(Request request)
    {
        var dataset = catalog.Dataset(request.Route.Dataset);
        request.Check(dataset.Resource);
        var changed = Resources.Created(request.Body);
        foreach (var name in new[] { "datasetReference", "location", "creationTime", "access" })
            changed[name] ??= dataset.Resource[name]?.DeepClone();
        changed["datasetReference"] = dataset.Resource["datasetReference"]!.DeepClone();
        return Store(dataset, changed);
    }

    public JsonObject List(Request request)
    {
        var wanted = request.Text("filter").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Replace("labels.", "", StringComparison.Ordinal).Split(':')).ToList();
        var all = catalog.Datasets.Where(d => wanted.All(w => d.Resource["labels"]?[w[0]]?.ToString() is { } value && (w.Length == 1 || w[1] == value))).ToList();
        var (page, next) = Resources.Page(all, request, 10_000);
        var answer = new JsonObject { ["kind"] = "bigquery#datasetList" };
        List<JsonNode> items = [.. page.Select(d => Kept(Shown(d), "kind", "id", "datasetReference", "labels", "friendlyName", "location", "type"))];
        // An empty collection has no key.
        if (items.Count > 0) answer["datasets"] = new JsonArray([.. items]);
        if (next is not null) answer["nextPageToken"] = next;
        return answer;
    }

    public JsonObject Delete(Request request)
    {
        var dataset = catalog.Dataset(request.Route.Dataset);
        if (!request.Flag("deleteContents") && catalog.Tables(dataset).Count > 0)
            throw new BigQueryException(400, "resourceInUse", $"Dataset {catalog.Project}:{dataset.Id} is still in use");
        catalog.Remove(dataset);
        return [];
    }

    public static JsonObject Kept(JsonObject from, params string[] names) =>
        new(names.Where(n => from[n] is not null).Select(n => KeyValuePair.Create(n, from[n]?.DeepClone())));

    private JsonObject Store(Dataset dataset, JsonObject changed)
    {
        // Zero takes the default away.
        if (changed["defaultTableExpirationMs"]?.ToString() == "0") changed.Remove("defaultTableExpirationMs");
        Check(changed);
        catalog.Touch(changed);
        dataset.Resource = changed;
        return Shown(dataset);
    }

    private static void Check(JsonObject resource)
    {
        if (resource["defaultTableExpirationMs"] is { } lifetime && long.Parse(lifetime.ToString()) < 3_600_000)
            throw BigQueryException.Invalid("Invalid value for defaultTableExpirationMs: the minimum is 3600000 milliseconds (one hour)");
        if (resource["defaultCollation"] is JsonValue collation && collation.ToString().Length > 0)
            throw BigQueryException.Missing("collations");
    }

    private JsonObject Shown(Dataset dataset)
    {
        var shown = dataset.Resource.DeepClone().AsObject();
        shown["kind"] = "bigquery#dataset";
        shown["id"] = $"{catalog.Project}:{dataset.Id}";
        shown["type"] = "DEFAULT";
        return shown;
    }

    private static JsonObject Group(string role, string group) => new() { ["role"] = role, ["specialGroup"] = group };

    [GeneratedRegex(@"\A[A-Za-z0-9_]{1,1024}\z")]
    private static partial Regex Id();
}
