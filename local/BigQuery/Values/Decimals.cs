using System.Numerics;
using System.Text.RegularExpressions;

namespace RdsBq.Local.BigQuery.Values;

/// <param name="Unscaled">The value times ten to the <paramref name="Scale"/>.</param>
internal readonly record struct Scaled(BigInteger Unscaled, int Scale);

/// <summary>NUMERIC (38 digits, 9 of them behind the point) and BIGNUMERIC (256 bits, 38 digits behind the point).</summary>
internal static partial class Decimals
{
    private static readonly BigInteger NumericLimit = BigInteger.Pow(10, 38);
    private static readonly BigInteger BigNumericLimit = BigInteger.Pow(2, 255);

    public static Scaled? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success) return null;
        var fraction = match.Groups["f"].Value;
        var digits = BigInteger.Parse("0" + match.Groups["i"].Value + fraction);
        if (match.Groups["s"].Value == "-") digits = -digits;
        var exponent = match.Groups["e"].Success ? BigInteger.Parse(match.Groups["e"].Value) : 0;
        if (digits.IsZero) return new Scaled(0, 0);
        // Far beyond both types in either direction: no need to build the number.
        if (exponent > 10_000) return null;
        if (exponent < -10_000) return new Scaled(0, 0);
        var scale = fraction.Length - (int)exponent;
        return scale >= 0 ? new Scaled(digits, scale) : new Scaled(digits * BigInteger.Pow(10, -scale), 0);
    }

    public static long? ParseInteger(string text)
    {
        var match = IntegerForm().Match(text);
        if (!match.Success) return null;
        var hex = match.Groups["h"].Success;
        var value = hex
            ? BigInteger.Parse("0" + match.Groups["h"].Value, System.Globalization.NumberStyles.HexNumber)
            : BigInteger.Parse(match.Groups["d"].Value);
        if (match.Groups["s"].Value == "-") value = -value;
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : null;
    }

    /// <summary>Half away from zero.</summary>
    public static Scaled Round(Scaled value, int scale)
    {
        if (value.Scale <= scale) return new Scaled(value.Unscaled * BigInteger.Pow(10, scale - value.Scale), scale);
        return new Scaled(DivideRounded(value.Unscaled, BigInteger.Pow(10, value.Scale - scale)), scale);
    }

    public static string? ToNumeric(Scaled? value)
    {
        if (value is null) return null;
        var rounded = Round(value.Value, 9);
        return BigInteger.Abs(rounded.Unscaled) < NumericLimit ? Print(rounded) : null;
    }

    /// <summary>DuckDB's text of the struct that stands for BIGNUMERIC.</summary>
    public static string? ToBigNumeric(Scaled? value)
    {
        if (value is null) return null;
        var unscaled = Round(value.Value, 38).Unscaled;
        return unscaled >= -BigNumericLimit && unscaled < BigNumericLimit ? $"{{'bignumeric': {unscaled}}}" : null;
    }

    public static Scaled FromStruct(string text) =>
        new(BigInteger.Parse(text.AsSpan(text.IndexOf(':', StringComparison.Ordinal) + 1).TrimEnd('}').Trim()), 38);

    public static string Print(Scaled value)
    {
        var digits = BigInteger.Abs(value.Unscaled).ToString().PadLeft(value.Scale + 1, '0');
        var text = digits[..^value.Scale];
        var fraction = digits[^value.Scale..].TrimEnd('0');
        if (fraction.Length > 0) text += "." + fraction;
        return value.Unscaled.Sign < 0 ? "-" + text : text;
    }

    /// <summary>NUMERIC division: 9 digits behind the point, half away from zero. Null when the divisor is zero or the result too
    /// large.</summary>
    public static string? Divide(string dividend, string divisor)
    {
        var (a, b) = (Round(Parse(dividend)!.Value, 9), Round(Parse(divisor)!.Value, 9));
        return b.Unscaled.IsZero ? null : ToNumeric(new Scaled(DivideRounded(a.Unscaled * BigInteger.Pow(10, 9), b.Unscaled), 9));
    }

    public static string? Multiply(string left, string right)
    {
        var (a, b) = (Parse(left)!.Value, Parse(right)!.Value);
        return ToNumeric(new Scaled(a.Unscaled * b.Unscaled, a.Scale + b.Scale));
    }

    private static BigInteger DivideRounded(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var rest);
        return BigInteger.Abs(rest) * 2 >= BigInteger.Abs(b) ? quotient + (a.Sign * b.Sign) : quotient;
    }

    [GeneratedRegex(@"^[ \t-\r]*(?<s>[+-])?(?:(?<i>[0-9]+)(?:\.(?<f>[0-9]*))?|\.(?<f>[0-9]+))(?:[eE](?<e>[+-]?[0-9]+))?[ \t-\r]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"^[ \t-\r]*(?<s>[+-])?(?:0[xX](?<h>[0-9a-fA-F]+)|(?<d>[0-9]+))[ \t-\r]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerForm();
}
