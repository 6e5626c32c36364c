using System.Text.Json.Nodes;
using RdsBq.Local.BigQuery.Sql;
using RdsBq.Local.BigQuery.Values;

namespace RdsBq.Local.BigQuery;

/// <summary>Query parameters as DuckDB's literals: named in lower case, positional ones by their number.</summary>
internal static class QueryParameters
{
    public static IReadOnlyDictionary<string, string> Read(JsonArray? parameters)
    {
        var texts = new Dictionary<string, string>();
        foreach (var parameter in (parameters ?? []).OfType<JsonObject>())
        {
            var name = parameter["name"]?.GetValue<string>() is { Length: > 0 } given ? given.ToLowerInvariant() : texts.Count.ToString();
            texts[name] = Text(
                name, parameter["parameterType"] as JsonObject
                    ?? throw BigQueryException.Invalid($"Parameter {name} has no type"), parameter["parameterValue"]);
        }
        return texts;
    }

    private static string Text(string name, JsonObject type, JsonNode? value)
    {
        var kind = type["type"]?.GetValue<string>()?.ToUpperInvariant() ?? "";
        if (kind == "ARRAY")
        {
            var element = type["arrayType"]!.AsObject();
            var items = (value?["arrayValues"] as JsonArray ?? []).Select(v => Text(name, element, v));
            return $"CAST([{string.Join(", ", items)}] AS {SqlTypes.Duck(SqlTypes.Canonical(element["type"]!.GetValue<string>()) ?? throw BigQueryException.Missing("nested array parameters"))}[])";
        }
        if (kind == "STRUCT")
        {
            var members = type["structTypes"]!.AsArray().Select((t, i) =>
            {
                var member = t!["name"]?.GetValue<string>() ?? $"_field_{i + 1}";
                return $"{SqlText.Name(member)} := {Text(name, t["type"]!.AsObject(), value?["structValues"]?[member])}";
            });
            return $"struct_pack({string.Join(", ", members)})";
        }
        var canonical = SqlTypes.Canonical(kind) ?? throw BigQueryException.Missing($"parameters of type {kind}");
        return Rows.Literal(new Field(name, canonical, "NULLABLE", []), value?["value"], out _)
            ?? throw BigQueryException.Invalid($"Invalid value for type {canonical} of query parameter {name}: {value!["value"]}");
    }
}
