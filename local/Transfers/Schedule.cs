using System.Globalization;
using System.Text.RegularExpressions;

namespace RdsBq.Local.Transfers;

/// <summary>
/// A recurring schedule in cron.yaml's grammar, UTC: <c>every N hours [from HH:MM to HH:MM | synchronized]</c>, or
/// <c>every|ordinals days [of months|month|quarter] HH:MM</c>
/// (https://cloud.google.com/appengine/docs/flexible/scheduling-jobs-with-cron-yaml).
/// </summary>
internal sealed partial class Schedule
{
    private static readonly string[] Weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

    private readonly TimeSpan? every;
    private readonly (TimeSpan From, TimeSpan To)? window;
    private readonly TimeSpan time;
    private readonly HashSet<int> ordinals = [];
    private readonly HashSet<int> weekdays = [];
    private readonly HashSet<int> months = [];
    private readonly bool quarterly;

    private Schedule(Match interval, Match calendar)
    {
        if (interval.Success)
        {
            var n = int.Parse(interval.Groups["n"].Value, CultureInfo.InvariantCulture);
            every = interval.Groups["unit"].Value[0] == 'h' ? TimeSpan.FromHours(n) : TimeSpan.FromMinutes(n);
            if (interval.Groups["from"].Success) window = (Time(interval.Groups["from"].Value), Time(interval.Groups["to"].Value));
            return;
        }
        time = Time(calendar.Groups["time"].Value);
        quarterly = calendar.Groups["of"].Value == "quarter";
        if (calendar.Groups["nth"].Value != "every") ordinals = [.. calendar.Groups["nth"].Value.Split(',').Select(Ordinal)];
        if (calendar.Groups["days"].Value is not ("day" or "days")) weekdays = [.. calendar.Groups["days"].Value.Split(',').Select(d =>
            Array.IndexOf(Weekdays, d[..3]))];
        if (calendar.Groups["of"].Value is { Length: > 0 } of and not ("month" or "quarter")) months = [.. of.Split(',').Select(m =>
            Array.IndexOf(Months, m[..3]) + 1)];
    }

    public bool IsInterval => every is not null;

    /// <summary>The distance between backfilled runs: the interval, else a day.</summary>
    public TimeSpan Granularity => every ?? TimeSpan.FromDays(1);

    /// <exception cref="FormatException">Not in the grammar, or more often than hourly.</exception>
    public static Schedule Parse(string text)
    {
        var lower = text.Trim().ToLowerInvariant();
        var interval = Interval().Match(lower);
        var calendar = Calendar().Match(lower);
        if (!interval.Success && !calendar.Success) throw new FormatException($"Invalid schedule '{text}'.");
        var schedule = new Schedule(interval, calendar);
        return schedule.every is null || schedule.every >= TimeSpan.FromHours(1)
            ? schedule
            : throw new FormatException($"The schedule '{text}' is more frequent than the minimum interval of 1 hour.");
    }

    /// <summary>The first time after this one.</summary>
    public DateTimeOffset Next(DateTimeOffset after)
    {
        if (every is { } step)
        {
            var next = after + step;
            return window is not { } w || (next.TimeOfDay >= w.From && next.TimeOfDay <= w.To)
                ? next
                : next.TimeOfDay < w.From ? Day(next) + w.From : Day(next).AddDays(1) + w.From;
        }
        var day = Day(after);
        // Four years hold every combination of month and weekday.
        for (var i = 0; i < 1500; i++, day = day.AddDays(1))
        {
            if (day + time > after && Falls(day)) return day + time;
        }
        return DateTimeOffset.MaxValue;
    }

    private bool Falls(DateTimeOffset day)
    {
        if (months.Count > 0 && !months.Contains(day.Month)) return false;
        if (weekdays.Count > 0 && !weekdays.Contains((int)day.DayOfWeek)) return false;
        if (ordinals.Count == 0) return true;
        var quarter = new DateTimeOffset(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1, 0, 0, 0, TimeSpan.Zero);
        var index = quarterly ? (day - quarter).Days + 1 : day.Day;
        return ordinals.Contains(weekdays.Count > 0 ? ((index - 1) / 7) + 1 : index);
    }

    private static DateTimeOffset Day(DateTimeOffset t) => new(t.UtcDateTime.Date, TimeSpan.Zero);

    private static int Ordinal(string word) =>
        Array.IndexOf(Ordinals, word) is >= 0 and var i ? i
            + 1 : int.Parse(word.TrimEnd('s', 't', 'n', 'd', 'r', 'h'), CultureInfo.InvariantCulture);

    private static TimeSpan Time(string text) => TimeSpan.ParseExact(text.PadLeft(5, '0'), @"hh\:mm", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^every (?<n>[1-9]\d{0,3}) (?<unit>hours?|mins?|minutes?)( synchronized| from (?<from>([01]?\d|2[0-3]):[0-5]\d) to (?<to>([01]?\d|2[0-3]):[0-5]\d))?$")]
    private static partial Regex Interval();

    [GeneratedRegex("""
        ^(?<nth>every|(first|second|third|fourth|fifth|\d{1,2}(st|nd|rd|th)?)(,(first|second|third|fourth|fifth|\d{1,2}(st|nd|rd|th)?))*)
        [ ](?<days>days?|(sun|mon|tue|wed|thu|fri|sat)[a-z]*(,(sun|mon|tue|wed|thu|fri|sat)[a-z]*)*)
        ([ ]of[ ](?<of>month|quarter|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(,(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)*))?
        [ ](?<time>([01]?\d|2[0-3]):[0-5]\d)$
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Calendar();
}
