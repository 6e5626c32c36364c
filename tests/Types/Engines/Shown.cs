using RdsBq.Core.Views;

namespace RdsBq.Types.Tests.Engines;

/// <summary>How a value is shown, so that engines can be compared: JSON as its text, bytes in hex, all else as CAST prints it.</summary>
internal static class Shown
{
    /// <summary>The column that casts read here.</summary>
    public const string Column = "v";

    /// <summary>An expression over <c>x</c>; NULL for NULL.</summary>
    public static string Form(Cast cast) => cast.Type switch
    {
        // A NULL of type JSON would print as JSON's own null.
        "JSON" => "IF(x IS NULL, NULL, TO_JSON_STRING(x))",
        "BYTES" => "TO_HEX(x)",
        _ => "CAST(x AS STRING)",
    };
}
