using System.Globalization;
using System.Text.RegularExpressions;

namespace RdsBq.Local.BigQuery.Values;

/// <summary>
/// DATE, TIME, DATETIME and TIMESTAMP as text (standard-sql/data-types#canonical_format…). GoogleSQL's forms are narrower than DuckDB's:
/// four-digit years from 0001,
/// seconds wherever there is a time, six fraction digits at most, offsets of whole minutes up to 14 hours, no surrounding blanks.
/// </summary>
internal static partial class Times
{
    private const long SecondMicros = 1_000_000;
    private const long DayMicros = 86_400 * SecondMicros;
    private static readonly long MaxMicros = (DateTime.MaxValue.Ticks / 10) + 1;

    /// <returns>DuckDB's text of the converted value, or null.</returns>
    public static string? Convert(string target, string source, string text)
    {
        if (target == "TIME" && source is "TIME" or "STRING") return ParseTime(text) is { } time ? Clock(time) : null;
        // DuckDB's text of DATE, DATETIME and TIMESTAMP is within GoogleSQL's grammar.
        var match = Form().Match(text);
        if (!match.Success || (source == "STRING" && !Fits(target, match)) || Micros(match) is not { } micros) return null;
        if (Offset(match, micros) is not { } offset) return null;
        micros -= offset;
        if (micros < 0 || micros >= MaxMicros) return null;
        var day = Day(micros);
        return target switch
        {
            "DATE" => day,
            "TIME" => Clock(micros % DayMicros),
            "DATETIME" => $"{day} {Clock(micros % DayMicros)}",
            _ => $"{day} {Clock(micros % DayMicros)}+00",
        };
    }

    /// <summary>As GoogleSQL prints it: a fraction of no, three or six digits.</summary>
    public static string Print(string source, string text)
    {
        if (source == "DATE") return text;
        var (head, tail) = source == "TIMESTAMP" ? (text[..text.LastIndexOf('+')], "+00") : (text, "");
        var point = head.IndexOf('.', StringComparison.Ordinal);
        if (point < 0) return head + tail;
        var fraction = head[(point + 1)..].PadRight(6, '0');
        return $"{head[..point]}.{(fraction.EndsWith("000", StringComparison.Ordinal) ? fraction[..3] : fraction)}{tail}";
    }

    /// <summary>Microseconds since 1970 of DuckDB's text of a TIMESTAMP.</summary>
    public static long EpochMicros(string text) => Micros(Form().Match(text))!.Value - (DateTime.UnixEpoch.Ticks / 10);

    private static bool Fits(string target, Match match) => target switch
    {
        "DATE" => !match.Groups["h"].Success && !match.Groups["z"].Success,
        "TIMESTAMP" => true,
        _ => !match.Groups["z"].Success,
    };

    private static long? Micros(Match match)
    {
        var (year, month, day) = (Number(match, "y"), Number(match, "mo"), Number(match, "d"));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        var date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).Ticks / 10;
        return match.Groups["h"].Success ? TimeOf(match) + date : date;
    }

    /// <summary>A second of 60 is the next minute's first.</summary>
    private static long? TimeOf(Match match)
    {
        var (hour, minute, second) = (Number(match, "h"), Number(match, "mi"), Number(match, "s"));
        if (hour > 23 || minute > 59 || second > 60) return null;
        var fraction = match.Groups["f"].Success ? long.Parse(match.Groups["f"].Value.PadRight(6, '0')) : 0;
        return ((((hour * 60L) + minute) * 60) + second) * SecondMicros + (second == 60 ? 0 : fraction);
    }

    private static long? ParseTime(string text)
    {
        var match = TimeForm().Match(text);
        return match.Success && TimeOf(match) is { } micros ? micros % DayMicros : null;
    }

    private static long? Offset(Match match, long local)
    {
        if (match.Groups["tz"].Success) return NamedOffset(match.Groups["tz"].Value, local);
        if (!match.Groups["oh"].Success) return 0;
        var minutes = (Number(match, "oh") * 60) + (match.Groups["om"].Success ? Number(match, "om") : 0);
        if (minutes > 14 * 60 || (match.Groups["om"].Success && Number(match, "om") > 59)) return null;
        return (match.Groups["os"].Value == "-" ? -minutes : minutes) * 60 * SecondMicros;
    }

    private static long? NamedOffset(string zone, long local) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? found.GetUtcOffset(new DateTime(Math.Min(local * 10, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified)).Ticks / 10
            : null;

    private static string Day(long micros) =>
        new DateTime(micros * 10, DateTimeKind.Unspecified).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Clock(long micros) => new TimeOnly(micros * 10).ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan);

    [GeneratedRegex(
        @"\A(?<y>[0-9]{4})-(?<mo>[0-9]{1,2})-(?<d>[0-9]{1,2})(?:[ Tt](?<h>[0-9]{1,2}):(?<mi>[0-9]{1,2}):(?<s>[0-9]{1,2})(?:\.(?<f>[0-9]{1,6}))?)?"
        + @"(?<z>[Zz]|(?<os>[+-])(?:(?<oh>[0-9]{1,2})(?::(?<om>[0-9]{1,2}))?|(?<oh>[0-9]{2})(?<om>[0-9]{2}))| (?<tz>[A-Za-z][A-Za-z0-9_+/-]*))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"\A(?<h>[0-9]{1,2}):(?<mi>[0-9]{1,2}):(?<s>[0-9]{1,2})(?:\.(?<f>[0-9]{1,6}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimeForm();
}
