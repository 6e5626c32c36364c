using Amazon.RDS.Model;
using RdsBq.Core.Exports;
using ExportTask = RdsBq.Core.Exports.ExportTask;

namespace RdsBq.Cloud.Aws;

/// <summary>RDS's own types in ours. Members that RDS leaves out stay absent.</summary>
internal static class RdsReading
{
    public static Snapshot Snapshot(DBClusterSnapshot s) => new(
        s.DBClusterSnapshotIdentifier, s.DBClusterSnapshotArn, Utc(s.SnapshotCreateTime), s.Status ?? "", s.SnapshotType ?? "", s.Engine ?? "",
        s.AllocatedStorage);

    public static Snapshot Snapshot(DBSnapshot s) => new(
        s.DBSnapshotIdentifier, s.DBSnapshotArn, Utc(s.SnapshotCreateTime), s.Status ?? "", s.SnapshotType ?? "", s.Engine ?? "", s.AllocatedStorage);

    public static ExportTask Task(Amazon.RDS.Model.ExportTask t) => new(
        t.ExportTaskIdentifier, t.SourceArn ?? "", ExportTask.StateOf(t.Status), t.S3Bucket ?? "", t.S3Prefix ?? "", t.PercentProgress ?? 0,
        Utc(t.SnapshotTime), Utc(t.TaskStartTime), Utc(t.TaskEndTime), t.FailureCause, t.WarningMessage, t.TotalExtractedDataInGB)
    {
        Only = t.ExportOnly ?? [],
    };

    /// <summary>The task just started; what the answer leaves out is known from the request.</summary>
    public static ExportTask Started(StartExportTaskResponse t, StartExport start) => new(
        t.ExportTaskIdentifier ?? start.ExportTaskId, t.SourceArn ?? start.SnapshotArn, ExportTask.StateOf(t.Status), t.S3Bucket ?? start.Place.Bucket,
        t.S3Prefix ?? start.Place.Prefix, t.PercentProgress ?? 0, Utc(t.SnapshotTime), Utc(t.TaskStartTime), Utc(t.TaskEndTime), t.FailureCause,
        t.WarningMessage, t.TotalExtractedDataInGB)
    {
        Only = t.ExportOnly ?? [.. start.Only],
    };

    private static DateTimeOffset? Utc(DateTime? time) => time is { } t ? new DateTimeOffset(t.ToUniversalTime()) : null;
}
