using System.Text.Json.Nodes;

namespace RdsBq.Local.BigQuery.Rest;

/// <summary>One call with everything that its handler reads.</summary>
internal sealed record Request(Route Route, JsonObject Body, IQueryCollection Query, string? IfMatch)
{
    public string Text(string name) => Query[name].ToString();

    public bool Flag(string name) => Query[name].ToString().Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A number from the query string, or else from the body; bodies carry numbers and texts alike.</summary>
    public long? Number(string name) =>
        long.TryParse(Query.TryGetValue(name, out var text) ? text.ToString() : Body[name]?.ToString(), out var value) ? value : null;

    /// <summary>Refuses a change whose <c>If-Match</c> is not the resource's etag.</summary>
    public void Check(JsonObject resource)
    {
        if (IfMatch is null or "" or "*") return;
        if (IfMatch.Trim('"') != resource["etag"]?.GetValue<string>())
            throw new BigQueryException(412, "conditionNotMet", "Precondition check failed.");
    }
}
