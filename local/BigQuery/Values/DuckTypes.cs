using RdsBq.Local.BigQuery.Sql;

namespace RdsBq.Local.BigQuery.Values;

/// <summary>Reads DuckDB's type texts (<c>STRUCT(a BIGINT, "b c" VARCHAR[])</c>) as fields.</summary>
internal static class DuckTypes
{
    public static Field Read(string name, string type)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            var element = Read(name, type[..^2]);
            return element.Mode == "REPEATED"
                ? throw BigQueryException.InvalidQuery("Arrays of arrays are not supported") : element with { Mode = "REPEATED" };
        }
        if (!type.StartsWith("STRUCT(", StringComparison.Ordinal) || type == SqlTypes.BigNumeric)
            return new Field(name, SqlTypes.FromDuck(type), "NULLABLE", []);
        return new Field(name, "RECORD", "NULLABLE", [.. Members(type["STRUCT(".Length..^1]).Select((m, i) => Member(m, i))]);
    }

    private static Field Member(string text, int index)
    {
        if (text.StartsWith('"'))
        {
            var end = text.IndexOf("\" ", 1, StringComparison.Ordinal);
            return Read(text[1..end].Replace("\"\"", "\"", StringComparison.Ordinal), text[(end + 2)..]);
        }
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        // Unnamed tuples have types only.
        return blank < 0 || text.StartsWith("TIMESTAMP WITH", StringComparison.Ordinal)
            ? Read($"_field_{index + 1}", text)
            : Read(text[..blank], text[(blank + 1)..]);
    }

    /// <summary>Splits at the commas that are in no parentheses and no quotes.</summary>
    private static IEnumerable<string> Members(string text)
    {
        var (depth, start, quoted) = (0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            if (quoted) continue;
            if (text[i] == '(') depth++;
            if (text[i] == ')') depth--;
            if (text[i] != ',' || depth > 0) continue;
            yield return text[start..i].Trim();
            start = i + 1;
        }
        yield return text[start..].Trim();
    }
}
