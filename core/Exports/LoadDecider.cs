using RdsBq.Core.Ledger;

namespace RdsBq.Core.Exports;

public static class LoadDecider
{
    /// <summary>DTS may miss objects that are younger than this (https://cloud.google.com/bigquery/docs/s3-transfer-intro).</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMinutes(5);

    /// <summary>Runs older than this are left alone: their landing tables are gone or going.</summary>
    public static readonly TimeSpan Tended = TimeSpan.FromDays(30);

    private static readonly TimeSpan Poll = TimeSpan.FromMinutes(1);

    /// <param name="newestFile">
    /// When the export's youngest object was written. RDS may leave a complete task's end time out; then this stands in for it.
    /// </param>
    public static LoadDecision Decide(
        IReadOnlyList<ExportTask> tasks, IReadOnlyList<RunSummary> runs, DateTimeOffset now, ExportPolicy policy,
        DateTimeOffset? newestFile = null)
    {
        var ours = policy.Ours(tasks);
        var underWay = ours.FirstOrDefault(o => o.Task.IsUnderWay);
        var complete = ours.FirstOrDefault(o => o.Task.State == ExportState.Complete);
        LoadDecision nothing;
        if (complete.Task is null)
            nothing = new LoadDecision.Nothing("no export of this job is complete");
        else if (runs.Any(r => r.RunTime == complete.RunTime && (r.Planned || r.Published)))
            nothing = new LoadDecision.Nothing("no newer export is complete");
        else if (runs.Any(r => r.RunTime > complete.RunTime && (r.Planned || r.Published)))
            nothing = new LoadDecision.Nothing($"run {complete.RunTime} is older than one that is loaded or being loaded");
        else
            return Unsettled(complete.Task, now, newestFile) ?? (LoadDecision)new LoadDecision.Land(complete.RunTime, complete.Task);

        return underWay.Task is not null && (complete.Task is null || underWay.RunTime > complete.RunTime)
            ? new LoadDecision.Wait($"export task {underWay.Task.Id} is under way ({underWay.Task.PercentProgress} %)", now + Poll)
            : nothing;
    }

    /// <summary>
    /// The runs that <c>load</c> looks after, newest first: planned, and newer than the newest published one, over which an older one must never
    /// come; none that a person has turned away from.
    /// </summary>
    public static IReadOnlyList<RunSummary> Unfinished(IReadOnlyList<RunSummary> runs, DateTimeOffset now)
    {
        var published = runs.Where(r => r.Published).Select(r => r.RunTime).DefaultIfEmpty().Max();
        var open = runs.Where(r => r is { Planned: true, Published: false } && r.RunTime > published && !RunSummary.IsHeldBack(r.RunTime, runs));
        return [.. open.Where(r => now - r.RunTime.Instant < Tended).OrderByDescending(r => r.RunTime)];
    }

    private static LoadDecision.Wait? Unsettled(ExportTask task, DateTimeOffset now, DateTimeOffset? newestFile)
    {
        var ended = task.EndedAt is { } end && newestFile is { } file ? (end > file ? end : file) : task.EndedAt ?? newestFile;
        if (ended is not { } last) return new LoadDecision.Wait($"export task {task.Id} is complete, but does not say since when", now);
        return now - last < Settle
            ? new LoadDecision.Wait(
                $"export task {task.Id} is complete since {last:HH:mm:ss}; DTS may miss files younger than 5 minutes", last + Settle)
            : null;
    }
}
