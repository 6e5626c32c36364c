namespace RdsBq.Local.Rds;

/// <summary>What an export task asks the exporter to write.</summary>
/// <param name="SnapshotNumber">The how-many-eth snapshot of its source this is, from 1: sources that change over time derive their rows from it.</param>
/// <param name="Only">ExportOnly as requested; empty means everything.</param>
public sealed record ExportJob(
    string TaskId, string SourceId, string SnapshotArn, DateTimeOffset SnapshotTime, int SnapshotNumber,
    string Bucket, string Prefix, IReadOnlyList<string> Only, string IamRoleArn, string KmsKeyId, DateTimeOffset TaskStartTime);

/// <param name="WarningMessage">RDS's WarningMessage (JSON), or null.</param>
public sealed record ExportOutcome(double ExportedGigabytes, string? WarningMessage);

/// <summary>Writes one export to S3 in RDS's layout. Progress is 0 to 100. Throwing fails the task with the exception's message as FailureCause.</summary>
public delegate Task<ExportOutcome> Exporter(ExportJob job, IProgress<int> progress, CancellationToken token);
