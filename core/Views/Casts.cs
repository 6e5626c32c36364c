using RdsBq.Core.Tables;

namespace RdsBq.Core.Views;

/// <summary>
/// The source's types and the expressions that bring them back: RDS exports most of PostgreSQL's types, and MySQL's DATE, TIME and JSON, as
/// text (Amazon RDS User Guide, USER_ExportSnapshot.data-types).
/// </summary>
public static class Casts
{
    private static readonly string[] Whole = ["smallint", "integer", "bigint", "int", "int2", "int4", "int8"];
    private static readonly string[] Floating = ["real", "double precision", "float4", "float8"];
    private static readonly string[] Flags = ["boolean", "bool"];
    private static readonly string[] Decimals = ["numeric", "decimal", "decimal unsigned"];

    /// <summary>Read from top to bottom: the first row that fits holds. What no row names is shown as it landed.</summary>
    public static IReadOnlyList<CastRule> Table { get; } =
    [
        new("DATE", CastText.Safe("DATE"), "years 0001 to 9999; infinity, BC and MySQL's zero dates give NULL", "date"),
        new("DATETIME", CastText.Safe("DATETIME"), "no zone at the source, none here; infinity, BC, years over 9999 give NULL",
            "timestamp without time zone", "timestamp", "datetime"),
        new("TIMESTAMP", CastText.Safe("TIMESTAMP"),
            "an offset with seconds (local mean time) gives NULL, as infinity, BC and years over 9999",
            "timestamp with time zone", "timestamptz"),
        new("TIME", CastText.Safe("TIME"), "24:00:00, and MySQL's times outside of a day, give NULL", "time without time zone", "time"),
        new(null, CastText.AsLanded, "BigQuery's TIME has no zone", "time with time zone", "timetz"),
        new("NUMERIC", CastText.Exact("NUMERIC", 9), "NaN gives NULL, and so would a value that NUMERIC had to round", Decimals)
        {
            When = t => t.Number == "NUMERIC",
        },
        new("BIGNUMERIC", CastText.Exact("BIGNUMERIC", 38),
            "NaN, Infinity, more than 38 digits on either side give NULL: not rounded", Decimals)
        {
            When = t => t.Number == "BIGNUMERIC",
        },
        new(null, CastText.AsLanded, "no type of BigQuery holds all values", Decimals),
        new("NUMERIC", CastText.Money, "any currency sign before 1,234.50; other ways to print money give NULL", "money"),
        new("BOOL", CastText.Flag, "a domain over boolean: text, as every domain", Flags),
        new("INT64", CastText.Safe("INT64"), "a domain over an integer", Whole),
        new("FLOAT64", CastText.Safe("FLOAT64"), "a domain over a floating number", Floating),
        new("BYTES", CastText.Hex, "a domain over bytea, printed as hex", "bytea"),
        new("JSON", CastText.Json, "numbers of more digits than a double are rounded: else they would cost the document", "json", "jsonb"),
        new(null, CastText.AsLanded, "elements are parted by semicolons", "array") { When = t => t.Element == "box" },
        new("JSON", CastText.NumberArray, "NaN and Infinity become strings", "array") { When = t => Of(Whole, Floating, t.Element) },
        new("JSON", CastText.FlagArray, "t and f become true and false", "array") { When = t => Of(Flags, [], t.Element) },
        // An ARRAY of BigQuery holds no NULL, does not nest, and is never NULL itself.
        new("JSON", CastText.TextArray, "elements are strings or null: the manifest does not tell their type; bounds are dropped", "array"),
        new("STRING", CastText.Safe("STRING"), "MySQL's CHAR lands as BYTES; what is not UTF-8 gives NULL", "char", "character")
        {
            Landing = "BYTES",
        },
    ];

    /// <summary>Null for a column that is shown as it landed.</summary>
    public static Cast? Of(Column column) =>
        RuleFor(column) is { Type: { } type } rule ? new Cast(type, rule.Expression(GoogleSql.Name(column.Name))) : null;

    /// <summary>The row of <see cref="Table"/> that a column falls under; null for none.</summary>
    public static CastRule? RuleFor(Column column) => SourceType.Of(column) is { } source
        ? Table.FirstOrDefault(r => r.Landing == column.Type && r.Names.Contains(source.Name, StringComparer.Ordinal) && r.When(source))
        : null;

    private static bool Of(string[] some, string[] others, string? element) => some.Contains(element) || others.Contains(element);
}
