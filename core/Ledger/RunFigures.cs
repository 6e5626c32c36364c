namespace RdsBq.Core.Ledger;

/// <summary>One run in numbers.</summary>
/// <param name="PublishedAt">When it was first published by its own proof; null for never.</param>
/// <param name="Tables">That it must hold; skipped ones are not among them.</param>
/// <param name="Failed">Failed or loaded short, and not proven since.</param>
/// <param name="Rows">That its export holds.</param>
/// <param name="Bytes">Of its export's Parquet files.</param>
public sealed record RunFigures(
    RunSummary Run, string ExportTaskId, DateTimeOffset? SnapshotTime, DateTimeOffset? PublishedAt, long Tables, long Proven, long Failed, long Skipped,
    long Rows, long Bytes)
{
    /// <summary>
    /// The newest run of which the ledger says what it must hold; one that is still being landed tells nothing of its tables yet. Null where
    /// there is none.
    /// </summary>
    /// <param name="runs">Newest first.</param>
    public static RunFigures? Newest(IEnumerable<RunFigures> runs) => runs.FirstOrDefault(r => r.Run.Planned);

    /// <summary>An export alone takes longer (12 minutes and more): less than this tells of two clocks that differ.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(10);

    /// <summary>From the run time, when its export was started, to its publication; null where that did not happen.</summary>
    public TimeSpan? Duration => PublishedAt - Run.RunTime.Instant is { } taken && taken >= Least ? taken : null;
}
