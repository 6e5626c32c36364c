using RdsBq.Local.BigQuery.Sql;

namespace RdsBq.Local.BigQuery.Values;

/// <summary>
/// TO_JSON_STRING and TO_JSON (standard-sql/json_functions#json_encodings): the first quotes numbers that a double can't hold and all
/// fractions of NUMERIC, the second keeps numbers as numbers.
/// </summary>
internal static class JsonEncoding
{
    private const long Exact = 1L << 53;

    /// <param name="text">DuckDB's text of the value.</param>
    /// <param name="json">DuckDB's to_json of it.</param>
    public static string Text(string duckType, string text, string json) => Encode(duckType, text, json, AsText);

    /// <summary>As the JSON type keeps it.</summary>
    /// <exception cref="BigQueryException">A number that would lose digits: what the service makes of it is not documented.</exception>
    public static string Value(string duckType, string text, string json) => Canonical(Encode(duckType, text, json, (t, x) => AsValue(t, x, false)));

    /// <summary>With <c>stringify_wide_numbers</c>.</summary>
    public static string Wide(string duckType, string text, string json) => Canonical(Encode(duckType, text, json, (t, x) => AsValue(t, x, true)));

    private static string Canonical(string json) => JsonText.Parse(json, "round") ?? throw new InvalidOperationException($"Not JSON: {json}");

    private static string Encode(string duckType, string text, string json, Func<string, string, string> scalar)
    {
        if (duckType.EndsWith("[]", StringComparison.Ordinal))
        {
            var element = SqlTypes.FromDuck(duckType[..^2]);
            var items = DuckLists.Elements(element, text, json).Select(e => e is null ? "null" : scalar(element, e));
            return $"[{string.Join(',', items)}]";
        }
        if (!duckType.StartsWith("STRUCT(", StringComparison.Ordinal) || duckType == SqlTypes.BigNumeric)
            return scalar(SqlTypes.FromDuck(duckType), text);
        string[] others = ["DECIMAL", "DOUBLE", "FLOAT", "DATE", "TIME", "BLOB", "BIGNUM", "HUGEINT"];
        return others.FirstOrDefault(o => duckType.Contains(o, StringComparison.Ordinal)) is { } other
            ? throw BigQueryException.Missing($"JSON of {other} inside STRUCT")
            : json;
    }

    private static string AsText(string type, string text)
    {
        switch (type)
        {
            case "INT64":
                return long.Parse(text) is >= -Exact and <= Exact ? text : $"\"{text}\"";
            case "FLOAT64":
                var number = Floats.Parse(text)!.Value;
                return double.IsFinite(number) ? Floats.Print(number) : $"\"{Floats.Exact(number)}\"";
            case "NUMERIC" or "BIGNUMERIC":
                var digits = Casts.Text(type, text)!;
                return long.TryParse(digits, out var whole) && whole is >= -Exact and <= Exact ? digits : $"\"{digits}\"";
            default:
                return Other(type, text);
        }
    }

    private static string AsValue(string type, string text, bool wide)
    {
        if (type == "INT64") return wide && long.Parse(text) is < -Exact or > Exact ? $"\"{text}\"" : text;
        if (type is not ("NUMERIC" or "BIGNUMERIC" or "FLOAT64")) return Other(type, text);
        if (type == "FLOAT64") return Floats.Parse(text)!.Value is var number && double.IsFinite(number) ? Floats.Json(number) : $"\"{Floats.Exact(number)}\"";
        var digits = Casts.Text(type, text)!;
        var isWhole = long.TryParse(digits, out _) || ulong.TryParse(digits, out _);
        if (JsonText.Parse(digits, "exact") is { } exact && !(wide && isWhole && decimal.Abs(decimal.Parse(digits)) > Exact)) return exact;
        return wide ? $"\"{digits}\"" : throw BigQueryException.Missing($"TO_JSON of {type} {digits}, which a JSON number can't hold");
    }

    private static string Other(string type, string text) => type switch
    {
        "BOOL" or "JSON" => text,
        // These two end a line in JavaScript; as part of a JSON value they stay as they are.
        "STRING" => JsonText.Quote(text).Replace("\u2028", "\\u2028", StringComparison.Ordinal).Replace("\u2029", "\\u2029", StringComparison.Ordinal),
        "BYTES" => $"\"{Convert.ToBase64String(Casts.Unblob(text))}\"",
        "DATETIME" => $"\"{Times.Print(type, text).Replace(' ', 'T')}\"",
        "TIMESTAMP" => $"\"{Times.Print(type, text).Replace(' ', 'T').Replace("+00", "Z", StringComparison.Ordinal)}\"",
        _ => $"\"{Times.Print(type, text)}\"",
    };
}
