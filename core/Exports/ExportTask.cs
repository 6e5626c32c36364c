namespace RdsBq.Core.Exports;

public enum ExportState
{
    /// <summary>Any status that is not known: treated as still under way.</summary>
    Unknown,
    Starting,
    InProgress,
    Complete,
    Failed,
    Canceling,
    Canceled,
}

/// <summary>An RDS export task, as far as a decision needs it.</summary>
/// <param name="Id">Also the folder under the prefix in the bucket.</param>
/// <param name="Prefix">Empty where none was given.</param>
/// <param name="EndedAt">May be absent, even on a complete task.</param>
/// <param name="Warning">RDS's WarningMessage (JSON): present on tasks that are COMPLETE with tables left out.</param>
public sealed record ExportTask(
    string Id, string SourceArn, ExportState State, string Bucket, string Prefix, int PercentProgress,
    DateTimeOffset? SnapshotTime, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? FailureCause, string? Warning, int? ExtractedGigabytes)
{
    /// <summary>ExportOnly: what the export is limited to; empty for everything.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public bool IsUnderWay => State is ExportState.Unknown or ExportState.Starting or ExportState.InProgress or ExportState.Canceling;

    /// <summary>Reads RDS's status in any case (moto and AWS disagree); a word that is not known is <see cref="ExportState.Unknown"/>.</summary>
    public static ExportState StateOf(string? status) => status?.ToUpperInvariant() switch
    {
        "STARTING" => ExportState.Starting,
        "IN_PROGRESS" => ExportState.InProgress,
        "COMPLETE" => ExportState.Complete,
        "FAILED" => ExportState.Failed,
        "CANCELING" => ExportState.Canceling,
        "CANCELED" => ExportState.Canceled,
        _ => ExportState.Unknown,
    };
}
