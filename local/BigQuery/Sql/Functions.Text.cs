namespace RdsBq.Local.BigQuery.Sql;

/// <summary>String functions whose namesakes in DuckDB differ, and the date functions that need no date part.</summary>
internal static partial class Functions
{
    /// <summary>What TRIM removes by default: DuckDB's removes blanks only.</summary>
    private const string Blanks = "(' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || chr(160))";

    private static string? Text(string name, IReadOnlyList<Argument> a) => (name, a.Count) switch
    {
        // DuckDB's concat skips NULLs, || does not.
        ("CONCAT", > 0) => $"({string.Join(" || ", a.Select(x => x.Sql))})",
        ("TRIM" or "LTRIM" or "RTRIM", 1) => $"{name.ToLowerInvariant()}({a[0].Sql}, {Blanks})",
        ("TRIM" or "LTRIM" or "RTRIM", 2) => $"{name.ToLowerInvariant()}({a[0].Sql}, {a[1].Sql})",
        ("LPAD" or "RPAD", 2) => $"{name.ToLowerInvariant()}({a[0].Sql}, CAST({a[1].Sql} AS INTEGER), ' ')",
        ("LPAD" or "RPAD", 3) => $"{name.ToLowerInvariant()}({a[0].Sql}, CAST({a[1].Sql} AS INTEGER), {a[2].Sql})",
        ("LEFT" or "RIGHT", 2) =>
            $"(CASE WHEN {a[1].Sql} < 0 THEN error('Second argument in {name}() cannot be negative') ELSE {name.ToLowerInvariant()}({a[0].Sql}, {a[1].Sql}) END)",
        ("SPLIT", 1) => $"string_split({a[0].Sql}, ',')",
        ("SPLIT", 2) => $"string_split({a[0].Sql}, {a[1].Sql})",
        ("FORMAT", > 0) => Format(a),
        _ => null,
    };

    /// <summary>FORMAT with a literal pattern of %s, %d, %t, %T and %%.</summary>
    private static string Format(IReadOnlyList<Argument> a)
    {
        var pattern = a[0].Literal ?? throw BigQueryException.Missing("FORMAT with a computed pattern");
        var pieces = new List<string> { "''" };
        var next = 1;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%')
            {
                var end = pattern.IndexOf('%', i);
                if (end < 0) end = pattern.Length;
                pieces.Add(SqlText.Literal(pattern[i..end]));
                i = end - 1;
                continue;
            }
            var verb = ++i < pattern.Length ? pattern[i] : '\0';
            if (verb != '%' && next >= a.Count) throw BigQueryException.InvalidQuery("Too few arguments to FORMAT");
            pieces.Add(verb switch
            {
                '%' => "'%'",
                's' => $"coalesce({a[next++].Sql}, 'NULL')",
                'd' => $"coalesce(CAST(CAST({a[next++].Sql} AS BIGINT) AS VARCHAR), 'NULL')",
                't' => $"coalesce(bq_to('STRING', {a[next++].Sql}), 'NULL')",
                'T' => $"bq_literal({a[next++].Sql})",
                _ => throw BigQueryException.Missing($"FORMAT verb %{verb}"),
            });
        }
        if (next < a.Count) throw BigQueryException.InvalidQuery("Too many arguments to FORMAT");
        return $"({string.Join(" || ", pieces)})";
    }

    private static string? Time(string name, string[] a) => (name, a.Length) switch
    {
        ("TIMESTAMP" or "DATETIME" or "DATE" or "TIME", 1) => $"CAST(bq_to('{name}', {a[0]}) AS {SqlTypes.Duck(name)})",
        ("DATE", 3) => $"make_date({a[0]}, {a[1]}, {a[2]})",
        ("DATETIME", 6) => $"make_timestamp({a[0]}, {a[1]}, {a[2]}, {a[3]}, {a[4]}, {a[5]}::DOUBLE)",
        ("DATETIME", 2) => throw BigQueryException.Missing("DATETIME with two arguments"),
        ("DATE" or "TIMESTAMP" or "STRING", 2) => throw BigQueryException.Missing($"{name} with a time zone"),
        ("UNIX_SECONDS", 1) => $"CAST(floor(epoch_us({a[0]}) / 1000000.0) AS BIGINT)",
        ("TIMESTAMP_SECONDS", 1) => $"make_timestamptz({a[0]} * 1000000)",
        ("TIMESTAMP_MILLIS", 1) => $"make_timestamptz({a[0]} * 1000)",
        ("UNIX_DATE", 1) => $"date_diff('day', DATE '1970-01-01', {a[0]})",
        ("DATE_FROM_UNIX_DATE", 1) => $"(DATE '1970-01-01' + CAST({a[0]} AS INTEGER))",
        _ => null,
    };
}
