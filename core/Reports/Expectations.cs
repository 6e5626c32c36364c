using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Reports;

/// <summary>How long things take, as the past tells it.</summary>
public static class Expectations
{
    /// <summary>Older ones say less about today's database.</summary>
    private const int MostPast = 30;

    /// <summary>
    /// Counted from the run time, not from RDS's start time, which is set only when the task leaves STARTING. Null for an export that has
    /// ended, and where no past one tells a duration.
    /// </summary>
    /// <param name="exports">Newest first.</param>
    public static DateTimeOffset? ExportEnd((RunTime RunTime, ExportTask Task) export, IEnumerable<(RunTime RunTime, ExportTask Task)> exports) =>
        !export.Task.IsUnderWay
            ? null
            : export.RunTime.Instant + Median(exports.Where(e => e.Task.State == ExportState.Complete).Select(e => e.Task.EndedAt - e.RunTime.Instant));

    /// <summary>Null where no past run tells a duration.</summary>
    public static DateTimeOffset? Published(RunFigures run, IEnumerable<RunFigures> runs) =>
        run.Run.RunTime.Instant + Median(runs.Where(r => r.Run.RunTime < run.Run.RunTime).Select(r => r.Duration));

    /// <param name="durations">Newest first; those that are absent or not positive are passed over.</param>
    public static TimeSpan? Median(IEnumerable<TimeSpan?> durations)
    {
        var known = durations.OfType<TimeSpan>().Where(d => d > TimeSpan.Zero).Take(MostPast).Order().ToList();
        if (known.Count == 0) return null;
        var middle = known.Count / 2;
        return known.Count % 2 == 1 ? known[middle] : (known[middle - 1] + known[middle]) / 2;
    }
}
