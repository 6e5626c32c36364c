namespace RdsBq.Core.Views;

/// <summary>
/// The expressions of <see cref="Casts"/>. Each reads what PostgreSQL or MySQL prints and gives NULL for all else; a regular expression that
/// extracts the whole text is the guard. None names a parameterized type: views may not, and SAFE_CAST to one raises
/// (https://cloud.google.com/bigquery/docs/views-intro, https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_functions).
/// </summary>
internal static class CastText
{
    // One quoted element of an array literal.
    private const string Quoted = """
        "(?:[^"\\]|\\.)*"
        """;

    // The whole of an array literal after its bounds; captured, so that all else gives NULL.
    private const string Literal = $$"""
        r'(?s)^(?:(?:\[-?\d+:-?\d+\])+=)?(\{(?:{{Quoted}}|[^"\\])*\})$'
        """;

    // Its tokens. Boxes are told by their two points in unquoted brackets, and kept as one text: their separator is not a comma.
    private const string Tokens = $$"""
        r'(?s){{Quoted}}|[{},]|(?:\([^(),;"{}]+,[^(),;"{}]+\)[,;]?){2,}|[^{},"\\]+'
        """;

    // Without the quotes around it and the backslashes in it.
    private const string AsJsonText = """
        TO_JSON_STRING(TO_JSON(REGEXP_REPLACE(e, r'(?s)^"|"$|\\(.)', r'\1')))
        """;

    private const string JsonNumber = """
        r'^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$'
        """;

    public static Func<string, string> Safe(string type) => c => $"SAFE_CAST({c} AS {type})";

    public static Func<string, string> AsLanded => c => c;

    /// <summary>A number with no more digits after its point than the type keeps: a cast alone would round the others.</summary>
    public static Func<string, string> Exact(string type, int digits) =>
        c => $@"SAFE_CAST(REGEXP_EXTRACT({c}, r'^-?\d+(?:\.\d{{0,{digits}}}0*)?$') AS {type})";

    /// <summary>Commas between thousands, two digits after a point: a comma before the cents can't pass for one of them.</summary>
    public static string Money(string c) =>
        $@"SAFE_CAST(REGEXP_REPLACE(REGEXP_EXTRACT({c}, r'^-?\p{{Sc}}?[\d,]+\.\d\d$'), r'[^\d.-]', '') AS NUMERIC)";

    public static string Flag(string c) => $"CASE {c} WHEN 't' THEN TRUE WHEN 'f' THEN FALSE END";

    public static string Hex(string c) => $@"SAFE.FROM_HEX(REGEXP_EXTRACT({c}, r'^\\x((?:[0-9a-f]{{2}})*)$'))";

    public static string Json(string c) => $"SAFE.PARSE_JSON({c}, wide_number_mode=>'round')";

    public static string TextArray(string c) => Array(c, "", AsJsonText);

    public static string NumberArray(string c) =>
        Array(c, "", $"IF(REGEXP_CONTAINS(e, {JsonNumber}), e, {AsJsonText})", ", wide_number_mode=>'round'");

    public static string FlagArray(string c) => Array(c, "WHEN 't' THEN 'true' WHEN 'f' THEN 'false' ", AsJsonText);

    // Token by token into JSON; PARSE_JSON refuses what does not nest.
    private static string Array(string c, string tokens, string element, string mode = "") =>
        "SAFE.PARSE_JSON(ARRAY_TO_STRING(ARRAY(SELECT CASE e WHEN '{' THEN '[' WHEN '}' THEN ']' WHEN ',' THEN e WHEN 'NULL' THEN 'null' "
            + $"{tokens}ELSE {element} END FROM UNNEST(REGEXP_EXTRACT_ALL(REGEXP_EXTRACT({c}, {Literal}), {Tokens})) AS e "
            + $"WITH OFFSET AS o ORDER BY o), ''){mode})";
}
