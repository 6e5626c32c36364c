using System.Text.Json.Nodes;

namespace RdsBq.Local.BigQuery.Rest;

/// <summary>How bodies become stored resources.</summary>
internal static class Resources
{
    /// <summary>64-bit numbers: clients send them as numbers or texts, answers always carry texts.</summary>
    private static readonly string[] Longs = ["defaultTableExpirationMs", "defaultPartitionExpirationMs", "maxTimeTravelHours", "expirationTime"];

    /// <summary>Set by the service whatever a client sends.</summary>
    private static readonly string[] OutputOnly =
        ["kind", "etag", "id", "selfLink", "creationTime", "lastModifiedTime", "type", "numRows", "numBytes", "numLongTermBytes", "streamingBuffer", "location", "satisfiesPzs"];

    /// <summary>PATCH: absent keeps, null clears, maps merge (a null entry is removed), everything else is replaced.</summary>
    public static void Merge(JsonObject resource, JsonObject change, string[] keep)
    {
        foreach (var (name, value) in change)
        {
            if (OutputOnly.Contains(name) || keep.Contains(name)) continue;
            if (value is null) resource.Remove(name);
            else if (value is JsonObject && name is "labels" or "resourceTags" or "view") MergeMap(resource, name, value.AsObject());
            else resource[name] = Normal(name, value);
        }
    }

    public static JsonObject Created(JsonObject body)
    {
        var resource = new JsonObject();
        Merge(resource, body, []);
        return resource;
    }

    private static void MergeMap(JsonObject resource, string name, JsonObject change)
    {
        // {} changes nothing.
        if (change.Count == 0) return;
        var map = resource[name] as JsonObject ?? [];
        resource[name] = map.Parent is null ? map : map.DeepClone();
        foreach (var (key, value) in change)
        {
            if (value is null) resource[name]!.AsObject().Remove(key);
            else resource[name]![key] = value.DeepClone();
        }
        if (resource[name]!.AsObject().Count == 0) resource.Remove(name);
    }

    private static JsonNode Normal(string name, JsonNode value) =>
        Longs.Contains(name) ? JsonValue.Create(value.ToString()) : value.DeepClone();

    public static (IEnumerable<T> Page, string? Next) Page<T>(IReadOnlyList<T> items, Request request, int most)
    {
        var start = int.TryParse(request.Text("pageToken"), out var at) ? at : 0;
        var count = (int)Math.Min(request.Number("maxResults") ?? most, most);
        return (items.Skip(start).Take(count), start + count < items.Count ? (start + count).ToString() : null);
    }
}
