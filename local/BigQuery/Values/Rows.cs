using System.Text.Json;
using System.Text.Json.Nodes;
using System.Numerics;

namespace RdsBq.Local.BigQuery.Values;

/// <summary>Rows as REST carries them: <c>{"f":[{"v":…}]}</c>, every scalar a text.</summary>
internal static class Rows
{
    /// <summary>DuckDB's text that reads a column as this encoding wants it.</summary>
    public static string Select(string column, Field field) =>
        field.IsNested ? $"CAST(to_json(CAST({column} AS {field.DuckAsText})) AS VARCHAR)" : $"CAST({column} AS VARCHAR)";

    public static JsonNode? Value(Field field, string? text, bool int64Timestamps)
    {
        if (!field.IsNested) return text is null ? null : JsonValue.Create(Scalar(field.Type, text, int64Timestamps));
        return Nested(field, text is null ? null : JsonNode.Parse(text), int64Timestamps);
    }

    public static JsonObject Row(IEnumerable<JsonNode?> values) =>
        new() { ["f"] = new JsonArray([.. values.Select(v => new JsonObject { ["v"] = v })]) };

    private static JsonNode? Nested(Field field, JsonNode? node, bool int64Timestamps)
    {
        if (field.Mode == "REPEATED")
        {
            var element = field with { Mode = "NULLABLE" };
            // A NULL array reads back as an empty one.
            return new JsonArray([.. (node as JsonArray ?? []).Select(item => item is null
                ? throw BigQueryException.InvalidQuery($"Array cannot have a null element; error in writing field {field.Name}")
                : new JsonObject { ["v"] = Nested(element, item, int64Timestamps) })]);
        }
        if (node is null) return null;
        if (field.Type != "RECORD") return JsonValue.Create(Scalar(field.Type, node.GetValue<string>(), int64Timestamps));
        List<JsonNode?> members = node is JsonArray unnamed ? [.. unnamed] : [.. node.AsObject().Select(p => p.Value)];
        return Row(field.Fields.Select((f, i) => Nested(f, members[i], int64Timestamps)));
    }

    private static string Scalar(string type, string text, bool int64Timestamps) => type switch
    {
        "INT64" =>
            BigInteger.Parse(text) is var n && n >= long.MinValue && n <= long.MaxValue
                ? text
                : throw BigQueryException.InvalidQuery("int64 overflow"),
        "FLOAT64" => Floats.Exact(Floats.Parse(text)!.Value),
        "NUMERIC" or "BIGNUMERIC" => Casts.Text(type, text)!,
        "BYTES" => Convert.ToBase64String(Casts.Unblob(text)),
        "DATETIME" => text.Replace(' ', 'T'),
        "TIMESTAMP" when int64Timestamps => Times.EpochMicros(text).ToString(),
        "TIMESTAMP" => Seconds(Times.EpochMicros(text)),
        _ => text,
    };

    /// <summary>Seconds the way Java prints a double: 1.700000000123456E9.</summary>
    private static string Seconds(long micros)
    {
        if (Math.Abs(micros) < 10_000_000_000_000) return Floats.Exact(micros / 1e6);
        var digits = Math.Abs(micros).ToString();
        var rest = digits[1..].TrimEnd('0');
        return $"{(micros < 0 ? "-" : "")}{digits[0]}.{(rest.Length == 0 ? "0" : rest)}E{digits.Length - 7}";
    }

    /// <summary>DuckDB's text for a JSON value sent by a client (insertAll, query parameters), checked as the column's type is; null with
    /// a message where it doesn't fit.</summary>
    public static string? Literal(Field field, JsonNode? node, out string? problem)
    {
        problem = null;
        if (field.Mode == "REPEATED") return ArrayLiteral(field, node, out problem);
        if (node is null)
        {
            if (field.Mode == "REQUIRED") problem = $"Missing required field: {field.Name}.";
            return $"CAST(NULL AS {field.Duck})";
        }
        if (field.Type == "RECORD") return RecordLiteral(field, node, out problem);
        if (ScalarText(field.Type, node) is { } text) return $"CAST({Sql.SqlText.Literal(text)} AS {field.Duck})";
        problem = Problem(field, node);
        return null;
    }

    private static string Problem(Field field, JsonNode node)
    {
        if (node is not JsonValue) return $"This field: {field.Name} is not a record.";
        return field.Type switch
        {
            "INT64" => $"Cannot convert value to integer (bad value): {node}",
            "FLOAT64" => $"Cannot convert value to floating point (bad value): {node}",
            "BOOL" => $"Cannot convert value to boolean (bad value): {node}",
            _ => $"Invalid {field.Type.ToLowerInvariant()}: '{node}'",
        };
    }

    private static string? ArrayLiteral(Field field, JsonNode? node, out string? problem)
    {
        problem = node is null or JsonArray ? null : $"Array specified for non-repeated field: {field.Name}.";
        var items = new List<string?>();
        foreach (var item in node as JsonArray ?? [])
        {
            items.Add(Literal(field with { Mode = "REQUIRED" }, item, out var inner));
            problem ??= item is null ? "Only optional fields can be set to NULL." : inner;
        }
        return problem is null ? $"CAST([{string.Join(", ", items)}] AS {field.Duck})" : null;
    }

    private static string? RecordLiteral(Field field, JsonNode node, out string? problem)
    {
        problem = node is JsonObject ? null : $"This field: {field.Name} is not a record.";
        if (node is not JsonObject record) return null;
        if (record.FirstOrDefault(p => !field.Fields.Any(f => f.Name.Equals(p.Key, StringComparison.OrdinalIgnoreCase))) is { Key: { } stranger })
            problem = $"no such field: {field.Name}.{stranger}.";
        var members = new List<string?>();
        foreach (var member in field.Fields)
        {
            var value = record.FirstOrDefault(p => p.Key.Equals(member.Name, StringComparison.OrdinalIgnoreCase)).Value;
            members.Add($"{Sql.SqlText.Name(member.Name)} := {Literal(member, value, out var inner)}");
            problem ??= inner;
        }
        return problem is null ? $"struct_pack({string.Join(", ", members)})" : null;
    }

    private static string? ScalarText(string type, JsonNode node)
    {
        if (node is not JsonValue value) return type == "JSON" ? JsonText.Parse(node.ToJsonString(), "round") : null;
        var kind = value.GetValueKind();
        var text = kind == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        switch (type)
        {
            case "STRING":
                return text;
            case "JSON":
                return JsonText.Parse(kind == JsonValueKind.String ? text : value.ToJsonString(), "round");
            case "BYTES":
                return Base64(text);
            case "TIMESTAMP" when Decimals.Parse(text) is { } seconds:
                return Instant(Decimals.Round(seconds, 6).Unscaled);
            case "TIMESTAMP" when text.EndsWith(" UTC", StringComparison.Ordinal):
                return Casts.Convert(type, "VARCHAR", text[..^4], safe: true);
            case "INT64" when Decimals.Parse(text) is { } number && Decimals.Round(number, 0) is var whole
                && Decimals.Round(whole, number.Scale) == number:
                return Casts.Convert(type, "VARCHAR", whole.Unscaled.ToString(), safe: true);
            default:
                return Casts.Convert(type, "VARCHAR", text, safe: true);
        }
    }

    private static string? Instant(BigInteger micros)
    {
        var ticks = (micros * 10) + DateTime.UnixEpoch.Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return null;
        return new DateTime((long)ticks, DateTimeKind.Unspecified).ToString(
            "yyyy-MM-dd HH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture) + "+00";
    }

    private static string? Base64(string text)
    {
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text.Replace('-', '+').Replace('_', '/'), buffer, out var length)
            ? Casts.Blob(buffer[..length])
            : null;
    }
}
