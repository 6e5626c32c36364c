using System.IO.Enumeration;

namespace RdsBq.Core.Tables;

/// <summary>One line of the list of targets.</summary>
/// <param name="Where"><c>file:line</c>.</param>
/// <param name="Parts">The pattern, split at its dots: table, schema.table or database.schema.table.</param>
internal sealed record TargetLine(string Where, string Text, IReadOnlyList<string> Parts, bool Exclude, string? View)
{
    public bool IsGlob => Parts.Any(IsPattern);

    public ExactName? Exact => IsGlob || Exclude ? null : new ExactName(Where, Text, Parts);

    public bool Matches(SourceTable table, bool ignoreCase = false)
    {
        ReadOnlySpan<string> names = [table.Database, table.Schema, table.Name];
        names = names[(3 - Parts.Count)..];
        for (var i = 0; i < names.Length; i++)
        {
            if (!FileSystemName.MatchesSimpleExpression(Parts[i], names[i], ignoreCase)) return false;
        }
        return true;
    }

    /// <summary>Reads a line that is not empty and no comment.</summary>
    public static (TargetLine? Line, string? Problem) Read(string where, string text, IReadOnlyList<string> databases)
    {
        var exclude = text.StartsWith('!');
        var (pattern, view) = Split(exclude ? text[1..].TrimStart() : text);
        var parts = pattern.Split('.');
        var problem = Problem(pattern, parts, exclude, view, databases);
        return problem is null ? (new TargetLine(where, text, parts, exclude, view), null) : (null, $"{where}: '{text}' {problem}");
    }

    private static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    private static (string Pattern, string? View) Split(string text)
    {
        var arrow = text.IndexOf("->", StringComparison.Ordinal);
        return arrow < 0 ? (text, null) : (text[..arrow].TrimEnd(), text[(arrow + 2)..].TrimStart());
    }

    private static string? Problem(string pattern, string[] parts, bool exclude, string? view, IReadOnlyList<string> databases)
    {
        if (parts.Length > 3) return "has more than database.schema.table; write ? for a dot inside a name";
        if (parts.Any(p => p.Length == 0)) return pattern.Length == 0 ? "names no table" : "has an empty name before or after a dot";
        if (pattern.Contains('\\', StringComparison.Ordinal)) return "has a backslash; write ? for it";
        if (parts.Length == 3 && !IsPattern(parts[0]) && !databases.Contains(parts[0]))
            return $"is in another database; this job exports {string.Join(", ", databases)}";
        if (view is null) return null;
        if (exclude) return "excludes, so that it can't name a view";
        if (IsPattern(pattern)) return "may match several tables, so that it can't name one view";
        return ViewNames.IsValid(view) ? null : $"names the view '{view}'; BigQuery takes letters, digits, _, - and spaces";
    }
}
