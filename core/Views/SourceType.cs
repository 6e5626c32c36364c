using System.Globalization;
using System.Text.RegularExpressions;
using RdsBq.Core.Tables;

namespace RdsBq.Core.Views;

/// <summary>A column's type at the source, in parts.</summary>
/// <param name="Name">
/// As information_schema words it, in lower case and without lengths: <c>timestamp without time zone</c>, <c>decimal unsigned</c>,
/// <c>array</c>.
/// </param>
/// <param name="Precision">Digits of a number; 0 where it has no limit or none is known.</param>
/// <param name="Scale">Digits after the point, where known.</param>
/// <param name="Element">The type of an array's elements, where the source's text tells it (<c>integer[]</c>, <c>_int4</c>).</param>
public sealed partial record SourceType(string Name, int Precision, int? Scale, string? Element)
{
    private const string ArrayName = "array";

    /// <summary>Null where the export's manifest names no type.</summary>
    public static SourceType? Of(Column column)
    {
        if (column.OriginalType is not { } text) return null;
        var lengths = Lengths().Match(text);
        var name = Blanks().Replace(Lengths().Replace(text, " "), " ").Trim().ToLowerInvariant();
        // A precision alone means no digits after the point, in both engines.
        var (precision, scale) = lengths.Success
            ? (Whole(lengths.Groups["precision"]), lengths.Groups["scale"] is { Success: true } s ? Whole(s) : 0)
            : (column.Precision, column.Scale);
        if (name.EndsWith("[]", StringComparison.Ordinal))
            return new SourceType(ArrayName, precision, scale, name.Replace("[]", "", StringComparison.Ordinal).Trim());
        return name.StartsWith('_') ? new SourceType(ArrayName, precision, scale, name[1..]) : new SourceType(name, precision, scale, null);
    }

    /// <summary>The smallest of NUMERIC, BIGNUMERIC and STRING that holds every number of this type as it is.</summary>
    public string Number => Precision > 0 && Scale is { } scale ? LandingType.OfDecimal(Precision, scale) : Precision switch
    {
        0 => "BIGNUMERIC",
        // The manifest has no scale: NUMERIC keeps 9 digits behind its point, BIGNUMERIC 38, however many of them stand there.
        <= 9 => "NUMERIC",
        <= 38 => "BIGNUMERIC",
        _ => "STRING",
    };

    private static int Whole(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\(\s*(?<precision>\d{1,5})\s*(?:,\s*(?<scale>-?\d{1,5})\s*)?\)")]
    private static partial Regex Lengths();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
