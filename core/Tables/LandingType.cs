using System.Globalization;
using System.Text.RegularExpressions;

namespace RdsBq.Core.Tables;

/// <summary>What BigQuery makes of a Parquet type (https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-parquet).</summary>
internal static partial class LandingType
{
    /// <summary>Null for combinations that BigQuery does not load.</summary>
    public static string? Of(string physical, string? logical, int precision, int scale) => (physical, logical) switch
    {
        (_, "DECIMAL") when physical is "INT32" or "INT64" or "FIXED_LEN_BYTE_ARRAY" => OfDecimal(precision, scale),
        ("BOOLEAN", null) => "BOOLEAN",
        ("INT32", "DATE") => "DATE",
        ("INT32", "TIME_MILLIS") or ("INT64", "TIME_MICROS") => "TIME",
        ("INT64", "TIMESTAMP_MILLIS" or "TIMESTAMP_MICROS") or ("INT96", null) => "TIMESTAMP",
        ("INT32" or "INT64", null) => "INTEGER",
        ("INT32" or "INT64", _) when logical.TrimStart('U').StartsWith("INT_", StringComparison.Ordinal) => "INTEGER",
        ("FLOAT" or "DOUBLE", null) => "FLOAT",
        ("BYTE_ARRAY", "UTF8" or "JSON") => "STRING",
        ("BYTE_ARRAY", null or "ENUM") or ("FIXED_LEN_BYTE_ARRAY", null) => "BYTES",
        _ => null,
    };

    /// <summary>
    /// The first of NUMERIC, BIGNUMERIC, STRING that holds every value: NUMERIC has 29 digits before the point and 9 behind, BIGNUMERIC 38
    /// and 38.
    /// </summary>
    public static string OfDecimal(int precision, int scale)
    {
        if (precision - scale <= 29 && scale <= 9) return "NUMERIC";
        return precision - scale <= 38 && scale <= 38 ? "BIGNUMERIC" : "STRING";
    }

    /// <summary>
    /// Reads the manifest's own words, such as <c>int32</c>, <c>binary (UTF8)</c> or <c>int64 (DECIMAL(18,2))</c>; null for words that are
    /// not known.
    /// </summary>
    public static string? OfWords(string exported)
    {
        var words = exported.Trim().ToUpperInvariant();
        if (DecimalWords().Match(words) is { Success: true } bare)
            return OfDecimal(Whole(bare.Groups["precision"]), Whole(bare.Groups["scale"]));
        var match = PhysicalAndLogical().Match(words);
        if (!match.Success) return null;
        var physical = match.Groups["physical"].Value switch
        {
            "BINARY" => "BYTE_ARRAY",
            "FIXED" => "FIXED_LEN_BYTE_ARRAY",
            var name => name,
        };
        var logical = match.Groups["logical"].Value;
        if (DecimalWords().Match(logical) is { Success: true } number)
            return Of(physical, "DECIMAL", Whole(number.Groups["precision"]), Whole(number.Groups["scale"]));
        return Of(physical, Logical(logical), 0, 0);
    }

    private static string? Logical(string words) => words switch
    {
        "" => null,
        "STRING" => "UTF8",
        _ when words.StartsWith("TIMESTAMP", StringComparison.Ordinal) =>
            words.Contains("MILLIS", StringComparison.Ordinal) ? "TIMESTAMP_MILLIS" : "TIMESTAMP_MICROS",
        _ when words.StartsWith("TIME", StringComparison.Ordinal) =>
            words.Contains("MILLIS", StringComparison.Ordinal) ? "TIME_MILLIS" : "TIME_MICROS",
        _ when words.StartsWith("INT(", StringComparison.Ordinal) || words.StartsWith("INTEGER(", StringComparison.Ordinal) => "INT_64",
        _ => words,
    };

    private static int Whole(Group group) => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?<physical>[A-Z0-9_]+)(\(\d+\))?\s*(\((?<logical>.+)\))?$")]
    private static partial Regex PhysicalAndLogical();

    [GeneratedRegex(@"^DECIMAL\s*\(\s*(?<precision>\d{1,4})\s*(,\s*(?<scale>\d{1,4})\s*)?\)$")]
    private static partial Regex DecimalWords();
}
