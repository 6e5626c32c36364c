using RdsBq.Core.Runs;

namespace RdsBq.Core.Ledger;

/// <param name="ShownAt">When all views were last pointed at this run, by its proof or by a person; null for never.</param>
public sealed record RunSummary(RunTime RunTime, bool Planned, bool Published, DateTimeOffset? ShownAt = null)
{
    /// <summary>People have been told that it was not published in time.</summary>
    public bool Overdue { get; init; }

    /// <summary>The run that the views point at; null before the first.</summary>
    public static RunSummary? Shown(IEnumerable<RunSummary> runs) => runs.Where(r => r.ShownAt is not null).MaxBy(r => r.ShownAt);
}
