namespace RdsBq.Core.Runs;

/// <summary>The parts of an instant that a template can render, coarse to fine; also the step between two texts that differ.</summary>
internal enum RunTimeUnit
{
    Year,
    Month,
    Day,
    Hour,
    Minute,
}

internal static class RunTimeUnits
{
    public static int Width(this RunTimeUnit unit) => unit == RunTimeUnit.Year ? 4 : 2;

    public static char Letter(this RunTimeUnit unit) => "YmdHM"[(int)unit];

    public static int Of(this RunTimeUnit unit, DateTimeOffset utc) => unit switch
    {
        RunTimeUnit.Year => utc.Year,
        RunTimeUnit.Month => utc.Month,
        RunTimeUnit.Day => utc.Day,
        RunTimeUnit.Hour => utc.Hour,
        _ => utc.Minute,
    };

    public static DateTimeOffset Truncate(this RunTimeUnit unit, DateTimeOffset instant)
    {
        var utc = instant.ToUniversalTime();
        return new DateTimeOffset(
            utc.Year,
            unit >= RunTimeUnit.Month ? utc.Month : 1,
            unit >= RunTimeUnit.Day ? utc.Day : 1,
            unit >= RunTimeUnit.Hour ? utc.Hour : 0,
            unit >= RunTimeUnit.Minute ? utc.Minute : 0,
            0,
            TimeSpan.Zero);
    }

    public static DateTimeOffset After(this RunTimeUnit unit, DateTimeOffset utc) => unit switch
    {
        RunTimeUnit.Year => utc.AddYears(1),
        RunTimeUnit.Month => utc.AddMonths(1),
        RunTimeUnit.Day => utc.AddDays(1),
        RunTimeUnit.Hour => utc.AddHours(1),
        _ => utc.AddMinutes(1),
    };

    public static TimeSpan? FixedStep(this RunTimeUnit unit) => unit switch
    {
        RunTimeUnit.Day => TimeSpan.FromDays(1),
        RunTimeUnit.Hour => TimeSpan.FromHours(1),
        RunTimeUnit.Minute => TimeSpan.FromMinutes(1),
        _ => null,
    };
}
