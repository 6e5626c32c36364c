using System.Globalization;

namespace RdsBq.Core.Runs;

/// <summary>How people name a run: by its run time, by the suffix of its landing tables, or by its export task.</summary>
public static class RunNames
{
    public const string Expected = "a run time such as 2026-04-01T17:05Z, the same as 202604011705, or the id of its export task";

    /// <param name="ids">The template of this job's export task ids.</param>
    public static bool TryRead(string text, RunTimeTemplate ids, out RunTime runTime)
    {
        if (RunTime.TryParse(text, out runTime)) return true;
        var stamped = DateTimeOffset.TryParseExact(
            text, "yyyyMMddHHmm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant);
        if (!stamped) return ids.TryRead(text, out runTime);
        runTime = RunTime.At(instant);
        return true;
    }
}
