namespace RdsBq.Local.BigQuery.Sql;

/// <summary>Functions by name. What is absent is refused as unknown: a shared name alone doesn't make a shared meaning.</summary>
internal static partial class Functions
{
    public static readonly IReadOnlyDictionary<string, string> Aggregates = Table(
        "COUNT count; SUM sum; AVG avg; MIN min; MAX max; ANY_VALUE any_value; ARRAY_AGG array_agg; STRING_AGG string_agg; COUNTIF countif; MAX_BY max_by; MIN_BY min_by; "
        + "LOGICAL_AND bool_and; LOGICAL_OR bool_or; BIT_AND bit_and; BIT_OR bit_or; BIT_XOR bit_xor; STDDEV stddev_samp; STDDEV_SAMP stddev_samp; STDDEV_POP stddev_pop; "
        + "VARIANCE var_samp; VAR_SAMP var_samp; VAR_POP var_pop; CORR corr");

    public static readonly IReadOnlyDictionary<string, string> Windows = Table(
        "ROW_NUMBER row_number; RANK rank; DENSE_RANK dense_rank; NTILE ntile; PERCENT_RANK percent_rank; CUME_DIST cume_dist; LAG lag; LEAD lead; "
        + "FIRST_VALUE first_value; LAST_VALUE last_value; NTH_VALUE nth_value");

    /// <summary>Functions that DuckDB has with the same meaning, perhaps under another name.</summary>
    private static readonly IReadOnlyDictionary<string, string> Same = Table(
        "ABS abs; SIGN sign; CEIL ceil; CEILING ceil; FLOOR floor; ROUND round; TRUNC trunc; SQRT sqrt; EXP exp; LN ln; LOG10 log10; POW pow; POWER pow; IS_NAN isnan; IS_INF isinf; "
        + "SIN sin; COS cos; TAN tan; ASIN asin; ACOS acos; ATAN atan; ATAN2 atan2; RAND random; COALESCE coalesce; IFNULL coalesce; NULLIF nullif; ERROR error; "
        + "UPPER upper; LOWER lower; LENGTH bq_length; CHAR_LENGTH length; CHARACTER_LENGTH length; REVERSE reverse; REPEAT repeat; REPLACE replace; STARTS_WITH starts_with; "
        + "ENDS_WITH ends_with; STRPOS strpos; ASCII ascii; CHR chr; UNICODE unicode; FROM_BASE64 from_base64; TO_BASE64 base64; FROM_HEX unhex; "
        + "ARRAY_LENGTH len; ARRAY_REVERSE list_reverse; ARRAY_CONCAT list_concat; ARRAY_TO_STRING array_to_string; GENERATE_ARRAY generate_series; "
        + "UNIX_MICROS epoch_us; UNIX_MILLIS epoch_ms; TIMESTAMP_MICROS make_timestamptz; LAST_DAY last_day; REGEXP_CONTAINS regexp_matches; "
        + "BYTE_LENGTH bq_byte_length; OCTET_LENGTH bq_byte_length; DIV bq_div; MOD bq_mod; JSON_VALUE bq_json_value; JSON_EXTRACT_SCALAR bq_json_value; "
        + "TO_JSON_STRING bq_to_json_string; SUBSTR bq_substr; SUBSTRING bq_substr; APPROX_COUNT_DISTINCT bq_count_distinct");

    private static Dictionary<string, string> Table(string text) =>
        text.Split("; ").Select(t => t.Split(' ')).ToDictionary(t => t[0], t => t[1]);

    /// <returns>DuckDB's text, or null for a function that is not known here.</returns>
    public static string? Scalar(string name, IReadOnlyList<Argument> arguments, IReadOnlyDictionary<string, string> named, bool safe)
    {
        string[] a = [.. arguments.Select(x => x.Sql)];
        if (named.Count > 0 && name is not ("PARSE_JSON" or "TO_JSON")) return null;
        var text = Special(name, a) ?? Regexps.Call(name, arguments) ?? Text(name, arguments) ?? Time(name, a)
            ?? (Same.TryGetValue(name, out var duck) ? $"{duck}({string.Join(", ", a)})" : null);
        if (name == "PARSE_JSON") return ParseJson(a, named, safe);
        if (name == "TO_JSON") text = ToJson(a, named);
        return text is null || !safe ? text : $"TRY({text})";
    }

    private static string? Special(string name, string[] a) => (name, a.Length) switch
    {
        ("IF", 3) => $"(CASE WHEN {a[0]} THEN {a[1]} ELSE {a[2]} END)",
        ("SAFE_DIVIDE", 2) => $"(CASE WHEN {a[1]} = 0 THEN NULL ELSE bq_divide({a[0]}, {a[1]}) END)",
        ("IEEE_DIVIDE", 2) => $"({a[0]}::DOUBLE / {a[1]}::DOUBLE)",
        ("SAFE_ADD", 2) => $"TRY({a[0]} + {a[1]})",
        ("SAFE_SUBTRACT", 2) => $"TRY(bq_subtract({a[0]}, {a[1]}))",
        ("SAFE_MULTIPLY", 2) => $"TRY(bq_multiply({a[0]}, {a[1]}))",
        ("LOG", 1) => $"ln({a[0]})",
        ("LOG", 2) => $"(ln({a[0]}) / ln({a[1]}))",
        // DuckDB's pair skips NULLs.
        ("GREATEST" or "LEAST", > 0) =>
            $"(CASE WHEN {string.Join(" OR ", a.Select(x => $"{x} IS NULL"))} THEN NULL ELSE {name.ToLowerInvariant()}({string.Join(", ", a)}) END)",
        ("GENERATE_UUID", 0) => "CAST(uuid() AS VARCHAR)",
        ("SESSION_USER", 0) => "'local@example.com'",
        ("MD5" or "SHA1" or "SHA256", 1) => $"unhex({name.ToLowerInvariant()}({a[0]}))",
        ("TO_HEX", 1) => $"lower(hex({a[0]}))",
        ("JSON_VALUE", 1) => $"bq_json_value({a[0]}, '$')",
        ("JSON_VALUE_ARRAY", 1) => $"CAST(CAST(bq_json_values({a[0]}, '$') AS JSON) AS VARCHAR[])",
        ("JSON_VALUE_ARRAY", 2) => $"CAST(CAST(bq_json_values({a[0]}, {a[1]}) AS JSON) AS VARCHAR[])",
        ("ARRAY_TO_STRING", 3) => $"array_to_string(list_transform({a[0]}, lambda e: coalesce(e, {a[2]})), {a[1]})",
        ("STRING", 1) => $"bq_to('STRING', {a[0]})",
        ("SAFE_CONVERT_BYTES_TO_STRING", 1) => $"bq_safe_text({a[0]})",
        _ => null,
    };

    private static string ParseJson(string[] a, IReadOnlyDictionary<string, string> named, bool safe)
    {
        var mode = named.GetValueOrDefault("wide_number_mode", "exact");
        if (a.Length != 1 || mode is not ("exact" or "round") || named.Count > (named.ContainsKey("wide_number_mode") ? 1 : 0))
            throw BigQueryException.InvalidQuery("No matching signature for function PARSE_JSON");
        return $"CAST(bq_json{(safe ? "_safe" : "")}({a[0]}, '{mode}') AS JSON)";
    }

    private static string ToJson(string[] a, IReadOnlyDictionary<string, string> named)
    {
        var wide = named.GetValueOrDefault("stringify_wide_numbers", "FALSE").ToUpperInvariant();
        if (a.Length != 1 || wide is not ("TRUE" or "FALSE") || named.Count > (named.ContainsKey("stringify_wide_numbers") ? 1 : 0))
            throw BigQueryException.InvalidQuery("No matching signature for function TO_JSON");
        return $"bq_to_json{(wide == "TRUE" ? "_wide" : "")}({a[0]})";
    }
}
