using System.Text.Json;

namespace RdsBq.Local.BigQuery.Values;

/// <summary>Reads DuckDB's lists of scalars.</summary>
internal static class DuckLists
{
    /// <param name="type">The elements' canonical GoogleSQL type.</param>
    /// <param name="text">DuckDB's text of the list, which is unambiguous for all but texts.</param>
    /// <param name="json">DuckDB's to_json of it, which is exact for texts.</param>
    /// <returns>Each element as DuckDB prints it alone.</returns>
    public static IReadOnlyList<string?> Elements(string type, string text, string json)
    {
        if (type is "STRING" or "BYTES" or "JSON")
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
            return [.. document.RootElement.EnumerateArray().Select(e => e.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String when type != "JSON" => e.GetString(),
                _ => e.GetRawText(),
            })];
        }
        var inner = text[1..^1];
        return inner.Length == 0 ? [] : [.. inner.Split(", ").Select(e => e == "NULL" ? null : e.Trim('\''))];
    }
}
