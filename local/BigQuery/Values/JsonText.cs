using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RdsBq.Local.BigQuery.Sql;

namespace RdsBq.Local.BigQuery.Values;

/// <summary>PARSE_JSON, JSON_VALUE and TO_JSON_STRING (standard-sql/json_functions).</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Relaxed = new(
        )
    { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The document as BigQuery keeps it: no blanks, keys sorted, of equal keys the first. Null where the text is no JSON, or
    /// holds a number that mode <c>exact</c> can't keep.</summary>
    public static string? Parse(string text, string mode)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 500, AllowDuplicateProperties = true });
            var buffer = new ArrayBufferWriter<byte>();
            using var writer = new Utf8JsonWriter(buffer, Relaxed);
            if (!Write(document.RootElement, writer, mode == "round")) return null;
            writer.Flush();
            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A lone surrogate is only found when the string is read.
            return null;
        }
    }

    /// <summary>The scalar at a path of the form <c>$.a.b[0]</c>, unquoted; null for objects, arrays, null and what isn't there.</summary>
    public static string? Value(string text, string path)
    {
        if (Parse(text, "round") is not { } parsed) return null;
        using var document = JsonDocument.Parse(parsed, new JsonDocumentOptions { MaxDepth = 500 });
        if (Walk(document.RootElement, path) is not { } found) return null;
        return found.ValueKind switch
        {
            JsonValueKind.String => found.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => found.GetRawText(),
            _ => null,
        };
    }

    /// <param name="text">DuckDB's text of the value.</param>
    /// <param name="json">DuckDB's to_json of it: right for texts, integers and booleans, also nested.</param>
    public static string Encode(string duckType, string text, string json)
    {
        if (duckType.EndsWith(']') || (duckType.StartsWith("STRUCT(", StringComparison.Ordinal) && duckType != SqlTypes.BigNumeric))
        {
            string[] others = ["DECIMAL", "DOUBLE", "FLOAT", "DATE", "TIME", "BLOB", "BIGNUM", "HUGEINT"];
            if (others.FirstOrDefault(o => duckType.Contains(o, StringComparison.Ordinal)) is { } other)
                throw BigQueryException.Missing($"TO_JSON_STRING of {other} inside ARRAY or STRUCT");
            return json;
        }
        var type = SqlTypes.FromDuck(duckType);
        return type switch
        {
            "BOOL" or "JSON" => text,
            "INT64" => long.Parse(text) is >= -(1L << 53) and <= 1L << 53 ? text : $"\"{text}\"",
            "FLOAT64" =>
                double.IsFinite(Floats.Parse(text)!.Value)
                    ? Floats.Print(Floats.Parse(text)!.Value)
                    : $"\"{Floats.Exact(Floats.Parse(text)!.Value)}\"",
            "NUMERIC" or "BIGNUMERIC" => Casts.Text(type, text)!,
            "BYTES" => $"\"{Convert.ToBase64String(Casts.Unblob(text))}\"",
            "DATETIME" => $"\"{Times.Print(type, text).Replace(' ', 'T')}\"",
            "TIMESTAMP" => $"\"{Times.Print(type, text).Replace(' ', 'T').Replace("+00", "Z", StringComparison.Ordinal)}\"",
            "STRING" => JsonSerializer.Serialize(text, RelaxedStrings),
            _ => $"\"{text}\"",
        };
    }

    private static readonly JsonSerializerOptions RelaxedStrings = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static bool Write(JsonElement element, Utf8JsonWriter writer, bool round)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().DistinctBy(p => p.Name).OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    if (!Write(property.Value, writer, round)) return false;
                }
                writer.WriteEndObject();
                return true;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    if (!Write(item, writer, round)) return false;
                }
                writer.WriteEndArray();
                return true;
            case JsonValueKind.Number:
                if (Number(element.GetRawText(), round) is not { } number) return false;
                writer.WriteRawValue(number, skipInputValidation: true);
                return true;
            case JsonValueKind.String:
                writer.WriteStringValue(element.GetString());
                return true;
            default:
                element.WriteTo(writer);
                return true;
        }
    }

    private static string? Number(string raw, bool round)
    {
        if (long.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small)) return small.ToString();
        if (ulong.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var large)) return large.ToString();
        var value = double.Parse(raw, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value)) return null;
        var text = Floats.Exact(value);
        if (round) return text;
        var (written, kept) = (Decimals.Parse(raw), Decimals.Parse(text));
        return written is { } a && kept is { } b && Decimals.Round(a, Math.Max(a.Scale, b.Scale)) == Decimals.Round(b, Math.Max(a.Scale, b.Scale))
            ? text
            : null;
    }

    private static JsonElement? Walk(JsonElement element, string path)
    {
        if (!path.StartsWith('$')) throw BigQueryException.InvalidQuery("JSONPath must start with '$'");
        foreach (var step in path[1..].Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step.StartsWith('['))
            {
                if (!int.TryParse(step[1..].TrimEnd(']'), out var index)) throw BigQueryException.Missing($"the JSONPath {path}");
                if (element.ValueKind != JsonValueKind.Array || index >= element.GetArrayLength()) return null;
                element = element[index];
            }
            else if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step.Trim('"'), out element)) return null;
        }
        return element;
    }
}
