namespace RdsBq.Local.Rds;

/// <summary>One export task as the API shows it.</summary>
/// <param name="Status">STARTING, IN_PROGRESS, COMPLETE, FAILED, CANCELING, CANCELED.</param>
/// <param name="StartTime">Null while STARTING.</param>
public sealed record ExportTask(
    string Id, RdsSnapshot Snapshot, string Bucket, string Prefix, string IamRoleArn, string KmsKeyId, IReadOnlyList<string> Only,
    DateTimeOffset Requested, string Status = ExportTask.Starting, int Percent = 0, DateTimeOffset? StartTime = null,
        DateTimeOffset? EndTime = null,
    double Gigabytes = 0, string? FailureCause = null, string? WarningMessage = null)
{
    public const string Starting = "STARTING";
    public const string InProgress = "IN_PROGRESS";
    public const string Complete = "COMPLETE";
    public const string Failed = "FAILED";
    public const string Canceling = "CANCELING";
    public const string Canceled = "CANCELED";

    public bool IsFinal => Status is Complete or Failed or Canceled;
}

/// <summary>How long a task stays in each state, on the local clock.</summary>
public sealed record ExportTimings
{
    /// <summary>RDS restores the whole snapshot first: 12 minutes even for an almost empty database.</summary>
    public TimeSpan Starting { get; init; } = TimeSpan.FromMinutes(12);

    /// <summary>At least this long; longer while the exporter still writes.</summary>
    public TimeSpan InProgress { get; init; } = TimeSpan.FromMinutes(3);

    public TimeSpan Canceling { get; init; } = TimeSpan.FromMinutes(1);
}
