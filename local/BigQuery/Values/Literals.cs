using System.Text;

namespace RdsBq.Local.BigQuery.Values;

/// <summary>FORMAT's %T: a value as a GoogleSQL literal that yields it (standard-sql/format-elements).</summary>
internal static class Literals
{
    public static string Print(string duckType, string text, string json)
    {
        if (!duckType.EndsWith("[]", StringComparison.Ordinal)) return Scalar(Sql.SqlTypes.FromDuck(duckType), text);
        var element = Sql.SqlTypes.FromDuck(duckType[..^2]);
        return $"[{string.Join(", ", DuckLists.Elements(element, text, json).Select(e => e is null ? "NULL" : Scalar(element, e)))}]";
    }

    private static string Scalar(string type, string text) => type switch
    {
        "INT64" or "BOOL" => text,
        "FLOAT64" => Float(Floats.Parse(text)!.Value),
        "STRING" => Quote(text.EnumerateRunes(), ""),
        "BYTES" => Quote(Casts.Unblob(text).Select(b => b < 0x80 ? new Rune(b) : new Rune(0x10_0000 + b)), "b"),
        "JSON" => "JSON " + Quote(text.EnumerateRunes(), ""),
        _ => $"{type} \"{Casts.Text(type, text)}\"",
    };

    private static string Float(double number)
    {
        var text = Floats.Print(number);
        if (!double.IsFinite(number)) return $"CAST(\"{text}\" AS FLOAT64)";
        return text.AsSpan().ContainsAny('.', 'e') ? text : text + ".0";
    }

    /// <summary>Single quotes where these spare escapes. Bytes beyond ASCII come as runes of a private plane.</summary>
    private static string Quote(IEnumerable<Rune> text, string prefix)
    {
        List<Rune> runes = [.. text];
        var quote = runes.Contains(new Rune('"')) && !runes.Contains(new Rune('\'')) ? '\'' : '"';
        var quoted = new StringBuilder(prefix).Append(quote);
        var afterHex = false;
        foreach (var rune in runes)
        {
            var (value, isByte) = (rune.Value, rune.Value >= 0x10_0000);
            var simple = (prefix.Length == 0 ? "\\\n\r\t" : "\\").IndexOf((char)Math.Min(value, 0xffff), StringComparison.Ordinal);
            // A hex digit behind a hex escape would be read as a part of it.
            var isHex = isByte || (simple < 0 && (value is < 0x20 or 0x7f || (afterHex && value < 0x80 && char.IsAsciiHexDigit((char)value))));
            if (simple >= 0) quoted.Append('\\').Append("\\nrt"[simple]);
            else if (value == quote) quoted.Append('\\').Append(quote);
            else if (isHex) quoted.Append($"\\x{value & 0xff:x2}");
            else quoted.Append(rune);
            afterHex = isHex && prefix.Length == 0;
        }
        return quoted.Append(quote).ToString();
    }
}
