using RdsBq.Core.Runs;

namespace RdsBq.Core.Reports;

/// <summary>Where everything stands: what <c>status</c> shows. Its members are the names of <c>status --json</c>.</summary>
/// <param name="Export">The newest export task of this job; null for none, and where AWS did not answer.</param>
/// <param name="UnderWay">The newest run that is landed, while it is not published; null where nothing is under way.</param>
/// <param name="Shown">The run that the views point at; null before the first, and where BigQuery did not answer.</param>
/// <param name="Tables">Worst first, then by name.</param>
/// <param name="Runs">The last runs, newest first.</param>
/// <param name="Problems">What is stale or failed; where there is one, <c>status</c> exits with 3.</param>
/// <param name="Warnings">What a person should know and may leave.</param>
/// <param name="Unknown">What could not be read, and why.</param>
public sealed record StatusReport(
    DateTimeOffset At, ExportStatus? Export, RunStatus? UnderWay, ShownStatus? Shown, IReadOnlyList<TableStatus> Tables, IReadOnlyList<PastRun> Runs,
    IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings, IReadOnlyList<string> Unknown);

/// <param name="State">As RDS words it, in lower case: <c>starting</c>, <c>in_progress</c>, <c>complete</c>, <c>failed</c> …</param>
/// <param name="Percent">0 to 100, while it is in progress.</param>
/// <param name="ExpectedEnd">While it is under way: from the median of this job's past exports; null where there is none to tell by.</param>
public sealed record ExportStatus(
    string Id, RunTime RunTime, DateTimeOffset? SnapshotTime, string State, int Percent, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    DateTimeOffset? ExpectedEnd, string? FailureCause);

/// <param name="ExpectedEnd">When it is published, from the median of past runs; null where there is none to tell by, and where a table has failed.</param>
/// <param name="HeldBack">A person has turned the views to another run since: only a person publishes this one.</param>
public sealed record RunStatus(
    RunTime RunTime, string ExportTaskId, long Tables, long Proven, long Failed, long Skipped, DateTimeOffset? ExpectedEnd, bool HeldBack);

/// <param name="Age">Of the snapshot.</param>
/// <param name="Stale">Older than FRESHNESS.</param>
/// <param name="InsteadOf">The newest run that was proven and is not shown, because a person chose this one; else null.</param>
public sealed record ShownStatus(
    RunTime RunTime, string ExportTaskId, DateTimeOffset Since, DateTimeOffset? SnapshotTime, TimeSpan Age, bool Stale, RunTime? InsteadOf);

public enum TableState
{
    Failed,
    Short,

    /// <summary>The export left it out.</summary>
    Skipped,

    /// <summary>Its transfer has not been judged yet.</summary>
    UnderWay,

    Proven,

    /// <summary>In the run that is shown, and not in the newest: the source has it no more, or nobody wants it.</summary>
    Gone,
}

/// <summary>A table of the newest run, or of the one that is shown.</summary>
/// <param name="RunTime">The run that rows, bytes, landed and state are of.</param>
/// <param name="Rows">In the export; so are <paramref name="Bytes"/>, of its files.</param>
/// <param name="Landed">Rows counted in BigQuery; null until they were.</param>
/// <param name="Shown">The run that its view points at; null where there is no view yet.</param>
/// <param name="PublishedAt">When the view was pointed there.</param>
/// <param name="Age">Of the snapshot that the view shows.</param>
/// <param name="Uncast">Values shown as NULL because the view's casts can't read them, by column.</param>
/// <param name="Change">What differed from the run before.</param>
/// <param name="Detail">Why it failed or was skipped.</param>
public sealed record TableStatus(
    string Table, string View, RunTime RunTime, TableState State, long Rows, long Bytes, long? Landed, DateTimeOffset? ProvenAt, RunTime? Shown,
    DateTimeOffset? PublishedAt, TimeSpan? Age, bool Stale, IReadOnlyDictionary<string, long> Uncast, string? Change, string? Detail)
{
    /// <summary>Shown red.</summary>
    public bool IsBad => Stale || State is TableState.Failed or TableState.Short or TableState.Skipped;
}

/// <param name="Duration">From the export's start to the publication; null where it was not published.</param>
public sealed record PastRun(
    RunTime RunTime, string ExportTaskId, DateTimeOffset? SnapshotTime, long Tables, long Proven, long Failed, long Skipped, long Rows, long Bytes,
    DateTimeOffset? PublishedAt, TimeSpan? Duration, bool Shown);
