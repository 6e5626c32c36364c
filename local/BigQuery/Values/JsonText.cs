using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RdsBq.Local.BigQuery.Values;

/// <summary>PARSE_JSON, JSON_VALUE and JSON_VALUE_ARRAY (standard-sql/json_functions).</summary>
internal static class JsonText
{
    /// <summary>By the documentation; the reference engine goes deeper.</summary>
    private const int MaxDepth = 500;

    /// <summary>The document as BigQuery keeps it: no blanks, keys sorted, of equal keys the first. Null where the text is no JSON, or
    /// holds a number that mode <c>exact</c> can't keep.</summary>
    public static string? Parse(string text, string mode)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = true });
            var json = new StringBuilder(text.Length);
            return Write(document.RootElement, json, mode == "round") ? json.ToString() : null;
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
        using var document = JsonDocument.Parse(parsed, new JsonDocumentOptions { MaxDepth = MaxDepth });
        if (Walk(document.RootElement, path) is not { } found) return null;
        return found.ValueKind switch
        {
            JsonValueKind.String => found.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => found.GetRawText(),
            _ => null,
        };
    }

    /// <summary>The scalars of an array as texts, as JSON again; null where it is no array or holds anything else.</summary>
    public static string? Values(string text, string path)
    {
        if (Parse(text, "round") is not { } parsed) return null;
        using var document = JsonDocument.Parse(parsed, new JsonDocumentOptions { MaxDepth = MaxDepth });
        if (Walk(document.RootElement, path) is not { ValueKind: JsonValueKind.Array } found) return null;
        var items = found.EnumerateArray().ToList();
        if (items.Exists(i => i.ValueKind is JsonValueKind.Array or JsonValueKind.Object)) return null;
        return $"[{string.Join(',', items.Select(i => i.ValueKind switch
        {
            JsonValueKind.Null => "null",
            JsonValueKind.String => Quote(i.GetString()!),
            _ => Quote(i.GetRawText()),
        }))}]";
    }

    /// <summary>Escapes what JSON demands, and nothing else.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            var simple = "\"\\\b\f\n\r\t".IndexOf(c, StringComparison.Ordinal);
            if (simple >= 0) quoted.Append('\\').Append("\"\\bfnrt"[simple]);
            else if (c < ' ') quoted.Append($"\\u{(int)c:x4}");
            else quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    private static bool Write(JsonElement element, StringBuilder json, bool round)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var properties = element.EnumerateObject().DistinctBy(p => p.Name).OrderBy(p => p.Name, StringComparer.Ordinal);
                return Join(json, '{', properties, p => Write(p.Value, json.Append(Quote(p.Name)).Append(':'), round), '}');
            case JsonValueKind.Array:
                return Join(json, '[', element.EnumerateArray(), item => Write(item, json, round), ']');
            case JsonValueKind.Number:
                var number = Number(element.GetRawText(), round);
                json.Append(number);
                return number is not null;
            case JsonValueKind.String:
                json.Append(Quote(element.GetString()!));
                return true;
            default:
                json.Append(element.GetRawText());
                return true;
        }
    }

    private static bool Join<T>(StringBuilder json, char open, IEnumerable<T> items, Func<T, bool> write, char close)
    {
        json.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) json.Append(',');
            if (!write(item)) return false;
            first = false;
        }
        json.Append(close);
        return true;
    }

    private static string? Number(string raw, bool round)
    {
        if (long.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small)) return small.ToString();
        if (ulong.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var large)) return large.ToString();
        var value = double.Parse(raw, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value)) return null;
        var text = Floats.Json(value);
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
