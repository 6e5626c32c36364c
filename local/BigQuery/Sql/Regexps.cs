namespace RdsBq.Local.BigQuery.Sql;

/// <summary>The REGEXP_ functions (standard-sql/string_functions). Both engines run RE2, but do not hand on its answers alike.</summary>
internal static class Regexps
{
    /// <returns>DuckDB's text, or null for another function.</returns>
    public static string? Call(string name, IReadOnlyList<Argument> a)
    {
        if (name is not ("REGEXP_EXTRACT" or "REGEXP_SUBSTR" or "REGEXP_EXTRACT_ALL" or "REGEXP_REPLACE")) return null;
        if (a.Count != (name == "REGEXP_REPLACE" ? 3 : 2)) throw BigQueryException.Missing($"{name} with {a.Count} arguments");
        // Which group is meant is read from the pattern: without one, the whole match.
        var pattern = a[1].Literal ?? throw BigQueryException.Missing($"{name} with a computed pattern");
        var (text, groups) = ($"{a[0].Sql}, {a[1].Sql}", Groups(pattern));
        if (name == "REGEXP_REPLACE")
        {
            CheckRewrite(a[2].Literal, groups);
            return $"regexp_replace({text}, {a[2].Sql}, 'g')";
        }
        if (groups > 1)
            throw BigQueryException.InvalidQuery(
                $"Regular expressions passed into extraction functions must not have more than 1 capturing group");
        if (name == "REGEXP_EXTRACT_ALL")
        {
            // They disagree whether an empty match may stand at the end.
            var empty = $"CASE WHEN regexp_matches('', {a[1].Sql}) THEN error('The local BigQuery does not implement REGEXP_EXTRACT_ALL of what may be empty.')";
            return groups == 0
                ? $"({empty} ELSE regexp_extract_all({text}, 0) END)"
                : $"({empty} ELSE list_transform(regexp_extract_all({text}, 1), lambda e: coalesce(e, '')) END)";
        }
        // A group that took no part is NULL, and empty only for DuckDB's regexp_extract.
        return groups == 0
            ? $"(CASE WHEN regexp_matches({text}) THEN regexp_extract({text}, 0) END)"
            : $"(regexp_extract_all({text}, 1)[1])";
    }

    /// <summary>DuckDB drops what RE2 refuses in a replacement.</summary>
    private static void CheckRewrite(string? rewrite, int groups)
    {
        for (var i = 0; i < (rewrite?.Length ?? 0); i++)
        {
            if (rewrite![i] != '\\') continue;
            var next = ++i < rewrite.Length ? rewrite[i] : '\0';
            if (next != '\\' && !char.IsAsciiDigit(next))
                throw BigQueryException.InvalidQuery("Invalid REGEXP_REPLACE pattern: Rewrite schema error: '\\' must be followed by a digit or '\\'.");
            if (char.IsAsciiDigit(next) && next - '0' > groups)
                throw BigQueryException.InvalidQuery(
                    $"Invalid REGEXP_REPLACE pattern: Rewrite schema requests {next} matches, but the regexp only has {groups} parenthesized subexpressions.");
        }
    }

    private static int Groups(string pattern)
    {
        var groups = 0;
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\') i++;
            else if (inClass) inClass = pattern[i] != ']';
            else if (pattern[i] == '[') inClass = true;
            else if (
                pattern[i] == '('
                    && (i + 1 >= pattern.Length || pattern[i + 1] != '?' || (i + 2 < pattern.Length && pattern[i + 2] == 'P'))) groups++;
        }
        return groups;
    }
}
