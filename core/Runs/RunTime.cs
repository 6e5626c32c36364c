using System.Globalization;

namespace RdsBq.Core.Runs;

/// <summary>
/// The UTC instant, to the minute, that names one run. It is rendered into the export task id, handed to DTS as <c>requested_run_time</c>, and is
/// the only link between the two clouds.
/// </summary>
public readonly record struct RunTime : IComparable<RunTime>
{
    private const string Text = "yyyy-MM-dd'T'HH:mm'Z'";

    private RunTime(DateTimeOffset instant) => Instant = instant;

    /// <summary>UTC; seconds and below are zero.</summary>
    public DateTimeOffset Instant { get; }

    /// <summary><c>yyyymmddHHMM</c>, the suffix of this run's landing tables.</summary>
    public string Stamp => Instant.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);

    /// <summary>The run time of the minute that holds <paramref name="instant"/>.</summary>
    public static RunTime At(DateTimeOffset instant)
    {
        var utc = instant.UtcDateTime;
        return new RunTime(new DateTimeOffset(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero));
    }

    /// <summary>Reads <c>2026-04-01T17:05Z</c>, the form of <see cref="ToString"/>.</summary>
    public static bool TryParse(string? text, out RunTime runTime)
    {
        var read = DateTimeOffset.TryParseExact(
            text, Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant);
        runTime = read ? new RunTime(instant) : default;
        return read;
    }

    public int CompareTo(RunTime other) => Instant.CompareTo(other.Instant);

    public static bool operator <(RunTime left, RunTime right) => left.CompareTo(right) < 0;

    public static bool operator >(RunTime left, RunTime right) => left.CompareTo(right) > 0;

    public static bool operator <=(RunTime left, RunTime right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RunTime left, RunTime right) => left.CompareTo(right) >= 0;

    public override string ToString() => Instant.ToString(Text, CultureInfo.InvariantCulture);
}
