using RdsBq.Core.Exports;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Ledger;

/// <summary>A run that people should hear of, because nothing shows it yet.</summary>
/// <param name="Task">Null where RDS no longer lists it.</param>
/// <param name="Planned">It is landed as far as the ledger's plan; otherwise its export or its landing is what is missing.</param>
public sealed record OverdueRun(RunTime RunTime, ExportTask? Task, bool Planned);

public static class OverdueDecider
{
    /// <summary>
    /// The newest run that is past its deadline, counted from its run time (when its export was started), and not published; null where there
    /// is none or people have been told. Only the newest: what a newer run makes up for is no news, and neither is an old one after it.
    /// </summary>
    /// <param name="tasks">All of the account; a run exists as soon as its export task does, whatever came of it.</param>
    public static OverdueRun? Decide(
        IReadOnlyList<ExportTask> tasks, IReadOnlyList<RunSummary> runs, DateTimeOffset now, ExportPolicy policy, TimeSpan deadline)
    {
        var ours = policy.Ours(tasks);
        var published = runs.Where(r => r.Published).Select(r => r.RunTime).DefaultIfEmpty().Max();
        var late = ours.Select(o => o.RunTime).Concat(runs.Where(r => r.Planned).Select(r => r.RunTime))
            .Where(t => t > published && now - t.Instant > deadline && now - t.Instant < LoadDecider.Tended && !RunSummary.IsHeldBack(t, runs))
            .DefaultIfEmpty().Max();
        if (late == default) return null;
        var summary = runs.FirstOrDefault(r => r.RunTime == late);
        return summary?.Events.Contains(LedgerEvent.Overdue) == true ? null : new OverdueRun(late, ours.FirstOrDefault(o => o.RunTime == late).Task, summary is { Planned: true });
    }
}
