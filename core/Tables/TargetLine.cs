using System.IO.Enumeration;

namespace RdsBq.Core.Tables;

/// <summary>One line of the list of targets.</summary>
/// <param name="Where"><c>file:line</c>.</param>
/// <param name="Parts">The pattern, split at its dots: table, schema.table or database.schema.table.</param>
internal sealed record TargetLine(string Where, string Text, IReadOnlyList<string> Parts, bool Exclude, string? View)
{
    public bool Matches(SourceTable table)
    {
        ReadOnlySpan<string> names = [table.Database, table.Schema, table.Name];
        names = names[(3 - Parts.Count)..];
        for (var i = 0; i < names.Length; i++)
        {
            if (!FileSystemName.MatchesSimpleExpression(Parts[i], names[i], ignoreCase: false)) return false;
        }
        return true;
    }

    /// <summary>Reads a line that is not empty and no comment.</summary>
    public static (TargetLine? Line, string? Problem) Read(string where, string text, string database)
    {
        var exclude = text.StartsWith('!');
        var (pattern, view) = Split(exclude ? text[1..].TrimStart() : text);
        var parts = pattern.Split('.');
        var problem = Problem(pattern, parts, exclude, view, database);
        return problem is null ? (new TargetLine(where, text, parts, exclude, view), null) : (null, $"{where}: '{text}' {problem}");
    }

    public static bool IsGlob(string text) => text.AsSpan().ContainsAny('*', '?');

    private static (string Pattern, string? View) Split(string text)
    {
        var arrow = text.IndexOf("->", StringComparison.Ordinal);
        return arrow < 0 ? (text, null) : (text[..arrow].TrimEnd(), text[(arrow + 2)..].TrimStart());
    }

    private static string? Problem(string pattern, string[] parts, bool exclude, string? view, string database)
    {
        if (parts.Length > 3) return "has more than database.schema.table; write ? for a dot inside a name";
        if (parts.Any(p => p.Length == 0)) return pattern.Length == 0 ? "names no table" : "has an empty name before or after a dot";
        if (pattern.Contains('\\', StringComparison.Ordinal)) return "has a backslash; write ? for it";
        if (parts.Length == 3 && !IsGlob(parts[0]) && parts[0] != database) return $"is in another database; this job exports {database}";
        if (view is null) return null;
        if (exclude) return "excludes, so that it can't name a view";
        if (IsGlob(pattern)) return "may match several tables, so that it can't name one view";
        return ViewNames.IsValid(view) ? null : $"names the view '{view}'; BigQuery takes letters, digits, _, - and spaces";
    }
}
