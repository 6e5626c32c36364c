using System.Text.Json.Nodes;
using RdsBq.Local.BigQuery.Sql;

namespace RdsBq.Local.BigQuery.Values;

/// <param name="Type">A canonical GoogleSQL scalar, or RECORD.</param>
/// <param name="Mode">NULLABLE, REQUIRED or REPEATED.</param>
internal sealed record Field(string Name, string Type, string Mode, IReadOnlyList<Field> Fields)
{
    public string Duck
    {
        get
        {
            var one = Type == "RECORD"
                ? $"STRUCT({string.Join(", ", Fields.Select(f => $"{SqlText.Name(f.Name)} {f.Duck}"))})"
                : SqlTypes.Duck(Type);
            return Mode == "REPEATED" ? one + "[]" : one;
        }
    }

    /// <summary>The same shape with every scalar a text.</summary>
    public string DuckAsText
    {
        get
        {
            var one = Type == "RECORD"
                ? $"STRUCT({string.Join(", ", Fields.Select(f => $"{SqlText.Name(f.Name)} {f.DuckAsText}"))})"
                : "VARCHAR";
            return Mode == "REPEATED" ? one + "[]" : one;
        }
    }

    public bool IsNested => Type == "RECORD" || Mode == "REPEATED";

    public static Field FromJson(JsonObject json)
    {
        var name = json["name"]?.GetValue<string>();
        if (string.IsNullOrEmpty(name) || name.Length > 300 || name.Any(c => "!\"$()*,./;?@[\\]^`{}~".Contains(c, StringComparison.Ordinal)))
            throw BigQueryException.Invalid(
                $"Invalid field name \"{name}\". Fields must contain only letters, numbers, and underscores, start with a letter or underscore, and be at most 300 characters long.");
        var mode = json["mode"]?.GetValue<string>()?.ToUpperInvariant() ?? "NULLABLE";
        if (mode is not ("NULLABLE" or "REQUIRED" or "REPEATED"))
            throw BigQueryException.Invalid($"Invalid value for mode: {mode} is not a valid value");
        var type = json["type"]?.GetValue<string>()?.ToUpperInvariant() ?? "";
        if (type is "RECORD" or "STRUCT")
        {
            return json["fields"] is JsonArray { Count: > 0 } fields
                ? new Field(name, "RECORD", mode, List(fields))
                : throw BigQueryException.Invalid($"Field {name} is type RECORD but has no schema");
        }
        if (type is "GEOGRAPHY" or "INTERVAL" or "RANGE" or "FOREIGN") throw BigQueryException.Missing($"columns of type {type}");
        return new Field(
            name, SqlTypes.Canonical(type)
                ?? throw BigQueryException.Invalid($"Invalid value for type: {type} is not a valid value"), mode, []);
    }

    public static IReadOnlyList<Field> List(JsonArray fields)
    {
        List<Field> list = [.. fields.Select(f => FromJson(f!.AsObject()))];
        if (list.CountBy(f => f.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(c => c.Value > 1) is { Key: { } twice })
            throw BigQueryException.Invalid($"Duplicate field name: {twice}");
        return list;
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["name"] = Name, ["type"] = SqlTypes.Rest(Type), ["mode"] = Mode };
        if (Fields.Count > 0) json["fields"] = new JsonArray([.. Fields.Select(f => f.ToJson())]);
        return json;
    }
}
