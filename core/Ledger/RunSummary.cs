using RdsBq.Core.Runs;

namespace RdsBq.Core.Ledger;

/// <param name="Published">All views were pointed at this run at some time, by its proof or by a person.</param>
/// <param name="ShownAt">When all views were last pointed at this run, by its proof or by a person; null for never.</param>
public sealed record RunSummary(RunTime RunTime, bool Planned, bool Published, DateTimeOffset? ShownAt = null)
{
    /// <summary>What has happened to the run and its tables, each kind once.</summary>
    public IReadOnlySet<LedgerEvent> Events { get; init; } = new HashSet<LedgerEvent>();

    /// <summary>When something last happened.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>Of the snapshot that was exported; null where RDS did not tell it.</summary>
    public DateTimeOffset? SnapshotTime { get; init; }

    /// <summary>People hear of it, or have heard: something went otherwise than planned.</summary>
    public bool IsTold => Events.Overlaps(Telling);

    /// <summary>When the last of its tables was proven; null while one is not.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>When the first view was pointed at it (with PUBLISH=each: long before all are); null for never.</summary>
    public DateTimeOffset? FirstShownAt { get; init; }

    /// <summary>When a person last pointed the views at it; null for never.</summary>
    public DateTimeOffset? RepointedAt { get; init; }

    /// <summary>When READY_TOPIC was last told that it is shown; null for never.</summary>
    public DateTimeOffset? AnnouncedAt { get; init; }

    private static readonly LedgerEvent[] Telling =
    [
        LedgerEvent.Failed, LedgerEvent.Short, LedgerEvent.Skipped, LedgerEvent.Changed, LedgerEvent.Withdrawn, LedgerEvent.Overdue, LedgerEvent.ExportFailed, LedgerEvent.Stuck,
        LedgerEvent.Stopped, LedgerEvent.Stale, LedgerEvent.Uncast,
    ];

    /// <summary>The run that the views point at; null before the first.</summary>
    public static RunSummary? Shown(IEnumerable<RunSummary> runs) => runs.Where(r => r.ShownAt is not null).MaxBy(r => r.ShownAt);

    /// <summary>The run that a person last pointed the views at; null for never.</summary>
    public static RunSummary? Chosen(IEnumerable<RunSummary> runs) => runs.Where(r => r.RepointedAt is not null).MaxBy(r => r.RepointedAt);

    /// <summary>
    /// Whether a person has turned away from this run: when they last pointed the views elsewhere, it or a newer one was proven or began to
    /// be shown. Only a person shows such a run; one that was still on its way then publishes itself as usual.
    /// </summary>
    public static bool IsHeldBack(RunTime run, IReadOnlyList<RunSummary> runs) =>
        Chosen(runs) is { } chosen && chosen.RunTime != run
        && runs.Any(r => r.RunTime >= run && (r.ProvenAt < chosen.RepointedAt || r.FirstShownAt < chosen.RepointedAt));
}
