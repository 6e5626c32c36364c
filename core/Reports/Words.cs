using System.Globalization;

namespace RdsBq.Core.Reports;

/// <summary>Figures as people read them; the same in text and in pages.</summary>
public static class Words
{
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>UTC to the minute.</summary>
    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Two units at most: <c>4 d 3 h</c>, <c>26 h 5 min</c>, <c>12 min</c>.</summary>
    public static string Age(TimeSpan age)
    {
        if (age < TimeSpan.Zero) age = TimeSpan.Zero;
        var (hours, minutes) = ((int)age.TotalHours, age.Minutes);
        if (hours >= 48) return age.Hours == 0 ? $"{age.Days} d" : $"{age.Days} d {age.Hours} h";
        if (hours > 0) return minutes == 0 ? $"{hours} h" : $"{hours} h {minutes} min";
        return age.TotalMinutes >= 1 ? $"{minutes} min" : $"{(int)age.TotalSeconds} s";
    }

    /// <summary>Binary units with three digits: <c>1.25 GiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        ReadOnlySpan<string> units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        double value = bytes;
        var unit = 0;
        while (value >= 1000 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }
        var form = unit == 0 || value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00";
        return $"{value.ToString(form, CultureInfo.InvariantCulture)} {units[unit]}";
    }

    public static string Count(long count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    public static string Of(TableState state) => state switch
    {
        TableState.UnderWay => "under way",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>Values by column: <c>born 3, paid_at 1</c>.</summary>
    public static string Uncast(IReadOnlyDictionary<string, long> uncast) =>
        string.Join(", ", uncast.OrderByDescending(u => u.Value).ThenBy(u => u.Key, StringComparer.Ordinal).Select(u => $"{u.Key} {Number(u.Value)}"));
}
