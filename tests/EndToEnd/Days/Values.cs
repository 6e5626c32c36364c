using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>
/// Both sides' values in one form. The source's is what a column of the view's type can hold of it: null for what it can't.
/// </summary>
internal static class Values
{
    /// <summary>2^255 / 10^38: about 5.7896e38 (cloud.google.com/bigquery/docs/reference/standard-sql/data-types#decimal_types).</summary>
    private static readonly BigInteger BigNumericBound = BigInteger.Pow(2, 255) / BigInteger.Pow(10, 38);

    /// <summary>The types that a column of this family may have in a view with real types.</summary>
    public static IReadOnlyList<string> Types(Family family) => family switch
    {
        Family.Int => ["INTEGER"],
        Family.Float => ["FLOAT"],
        Family.Bool => ["BOOLEAN"],
        Family.Bytes => ["BYTES"],
        Family.Date => ["DATE"],
        Family.DateTime => ["DATETIME"],
        Family.Timestamp => ["TIMESTAMP"],
        Family.Time => ["TIME"],
        // By precision: text where no number of BigQuery's holds all digits.
        Family.Number => ["NUMERIC", "BIGNUMERIC", "STRING"],
        Family.Json or Family.Array => ["JSON"],
        // A domain goes out as text; its base type is known.
        _ => ["STRING", "INTEGER"],
    };

    public static string? OfSource(string type, string? raw, string? shown) => type switch
    {
        "FLOAT" => raw is null ? null : Float(raw),
        "DATE" or "DATETIME" or "TIMESTAMP" or "TIME" => shown,
        "NUMERIC" => Fits(shown, 29, 9) ? Number(shown!) : null,
        "BIGNUMERIC" => Fits(shown, 39, 38) ? Number(shown!) : null,
        "JSON" => shown is null ? null : Json(shown),
        _ => raw,
    };

    /// <param name="value">As REST answers it, timestamps in microseconds.</param>
    public static string? OfView(string type, string? value) => value is null ? null : type switch
    {
        "FLOAT" => Float(value),
        "BOOLEAN" => value.ToLowerInvariant(),
        "BYTES" => Convert.ToHexStringLower(Convert.FromBase64String(value)),
        "DATETIME" or "TIME" => Micros(value),
        "TIMESTAMP" => DateTimeOffset.UnixEpoch.AddTicks(long.Parse(value, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        "NUMERIC" or "BIGNUMERIC" => Number(value),
        "JSON" => Json(value),
        _ => value,
    };

    // The 17 digits of each side's own choice are read and printed again, so that what is compared is the number and its sign.
    private static string Float(string value) =>
        double.Parse(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);

    private static string Micros(string value)
    {
        var (before, after) = Split(value);
        return $"{before}.{after.PadRight(6, '0')}";
    }

    private static string Number(string value)
    {
        var (before, after) = Split(value);
        var number = after.TrimEnd('0').Length == 0 ? before : $"{before}.{after.TrimEnd('0')}";
        return number == "-0" ? "0" : number;
    }

    private static bool Fits(string? number, int whole, int fraction)
    {
        if (number is null) return false;
        var (before, after) = Split(number.TrimStart('-'));
        return after.Length <= fraction && before.Length <= whole
            && (before.Length < whole || whole < 39 || BigInteger.Parse(before, CultureInfo.InvariantCulture) < BigNumericBound);
    }

    private static (string Before, string After) Split(string number)
    {
        var at = number.IndexOf('.', StringComparison.Ordinal);
        return at < 0 ? (number, "") : (number[..at], number[(at + 1)..]);
    }

    /// <summary>
    /// Names in order, the first of two alike, numbers as doubles unless they are whole; null for what BigQuery can't read.
    /// </summary>
    private static string? Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Node(document.RootElement);
    }

    private static string? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Joined(
            '{',
            element.EnumerateObject().DistinctBy(p => p.Name).OrderBy(p => p.Name, StringComparer.Ordinal)
                .Select(p => Node(p.Value) is { } value ? $"{JsonSerializer.Serialize(p.Name)}:{value}" : null),
            '}'),
        JsonValueKind.Array => Joined('[', element.EnumerateArray().Select(Node), ']'),
        JsonValueKind.String => JsonSerializer.Serialize(element.GetString()),
        JsonValueKind.Number => WholeOrFloat(element.GetRawText()),
        _ => element.GetRawText(),
    };

    private static string? Joined(char open, IEnumerable<string?> parts, char close)
    {
        var all = parts.ToList();
        return all.Contains(null) ? null : $"{open}{string.Join(',', all)}{close}";
    }

    private static string? WholeOrFloat(string number)
    {
        if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return $"{whole}";
        if (ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var large)) return $"{large}";
        var value = double.Parse(number, CultureInfo.InvariantCulture);
        return double.IsInfinity(value) ? null : value.ToString("R", CultureInfo.InvariantCulture);
    }
}
