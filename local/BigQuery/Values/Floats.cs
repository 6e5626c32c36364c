using System.Globalization;
using System.Text.RegularExpressions;

namespace RdsBq.Local.BigQuery.Values;

/// <summary>FLOAT64 as text.</summary>
internal static partial class Floats
{
    public static double? Parse(string text)
    {
        var trimmed = text.Trim(' ', '\t', '\n', '\v', '\f', '\r');
        var sign = trimmed.StartsWith('-') ? -1.0 : 1.0;
        switch (trimmed.TrimStart('+', '-').ToLowerInvariant())
        {
            case "nan":
                return double.NaN;
            case "inf" or "infinity":
                return sign * double.PositiveInfinity;
        }
        return Form().IsMatch(trimmed) ? double.Parse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>What CAST AS STRING prints: 15 significant digits where these say it all, else 17.</summary>
    public static string Print(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        if (value == 0) return double.IsNegative(value) ? "-0" : "0";
        var precision = double.Parse(value.ToString("E14", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) == value ? 15 : 17;
        var text = Math.Abs(value).ToString($"E{precision - 1}", CultureInfo.InvariantCulture);
        var exponent = int.Parse(text[(text.IndexOf('E', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        var digits = text[..text.IndexOf('E', StringComparison.Ordinal)].Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        var body = exponent < -4 || exponent >= precision ? Scientific(digits, exponent) : Fixed(digits, exponent);
        return value < 0 ? "-" + body : body;
    }

    /// <summary>The shortest text that reads back as the same number, always with a point or an exponent; rows and JSON carry it.</summary>
    public static string Exact(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        var text = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        return text.Contains('.', StringComparison.Ordinal) || text.Contains('e', StringComparison.Ordinal) ? text : text + ".0";
    }

    /// <summary>As a JSON value prints a number that is no integer: plain with up to 15 digits before and 4 zeros behind the point.</summary>
    public static string Json(double value)
    {
        if (value == 0) return double.IsNegative(value) ? "-0.0" : "0.0";
        var text = Math.Abs(value).ToString("E16", CultureInfo.InvariantCulture);
        for (var precision = 0; precision < 16; precision++)
        {
            var shorter = Math.Abs(value).ToString($"E{precision}", CultureInfo.InvariantCulture);
            if (double.Parse(shorter, CultureInfo.InvariantCulture) != Math.Abs(value)) continue;
            text = shorter;
            break;
        }
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(text[(mark + 1)..], CultureInfo.InvariantCulture);
        var digits = text[..mark].Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        var body = exponent is < -4 or > 14 ? Scientific(digits, exponent) : Fixed(digits, exponent);
        if (!body.Contains('.', StringComparison.Ordinal) && !body.Contains('e', StringComparison.Ordinal)) body += ".0";
        return value < 0 ? "-" + body : body;
    }

    private static string Scientific(string digits, int exponent) =>
        $"{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";

    private static string Fixed(string digits, int exponent)
    {
        if (exponent < 0) return "0." + new string('0', -exponent - 1) + digits;
        return digits.Length <= exponent + 1
            ? digits.PadRight(exponent + 1, '0')
            : $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    [GeneratedRegex(@"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
