using Amazon.RDS;
using Amazon.RDS.Model;
using Amazon.Runtime;
using RdsBq.Core;
using RdsBq.Core.Exports;
using ExportTask = RdsBq.Core.Exports.ExportTask;

namespace RdsBq.Cloud.Aws;

/// <summary>What to start: an export of one snapshot under an id that was never used before.</summary>
/// <param name="Only">Databases, schemas or tables; empty means everything.</param>
public sealed record StartExport(
    string ExportTaskId, string SnapshotArn, ExportPlace Place, string IamRoleArn, string KmsKeyId, IReadOnlyList<string> Only);

/// <summary>What came of a start.</summary>
public abstract record StartOutcome
{
    private StartOutcome()
    {
    }

    public sealed record Started(ExportTask Task) : StartOutcome;

    /// <summary>The id is taken, or the snapshot is being exported already, or no answer came and the task may exist or not.</summary>
    public sealed record LookAgain(string Why) : StartOutcome;
}

/// <summary>RDS's snapshots and export tasks.</summary>
public sealed class RdsExports(IAmazonRDS client)
{
    /// <summary>Automated and manual snapshots of a DB cluster or DB instance: different kinds of thing to RDS.</summary>
    public Task<IReadOnlyList<Snapshot>> SnapshotsAsync(string id, bool isCluster, CancellationToken token) =>
        isCluster ? ClusterSnapshotsAsync(id, token) : InstanceSnapshotsAsync(id, token);

    /// <summary>Automated and manual snapshots of a DB cluster, all pages, in RDS's order (none).</summary>
    private Task<IReadOnlyList<Snapshot>> ClusterSnapshotsAsync(string clusterId, CancellationToken token) => AwsErrors.MapAsync(async () =>
    {
        var found = new List<Snapshot>();
        var request = new DescribeDBClusterSnapshotsRequest { DBClusterIdentifier = clusterId };
        do
        {
            var page = await client.DescribeDBClusterSnapshotsAsync(request, token);
            found.AddRange((page.DBClusterSnapshots ?? []).Select(RdsReading.Snapshot));
            request.Marker = page.Marker;
        }
        while (!string.IsNullOrEmpty(request.Marker));
        return (IReadOnlyList<Snapshot>)found;
    });

    /// <summary>Automated and manual snapshots of a DB instance, all pages, in RDS's order (none).</summary>
    private Task<IReadOnlyList<Snapshot>> InstanceSnapshotsAsync(string instanceId, CancellationToken token) => AwsErrors.MapAsync(async () =>
    {
        var found = new List<Snapshot>();
        var request = new DescribeDBSnapshotsRequest { DBInstanceIdentifier = instanceId };
        do
        {
            var page = await client.DescribeDBSnapshotsAsync(request, token);
            found.AddRange((page.DBSnapshots ?? []).Select(RdsReading.Snapshot));
            request.Marker = page.Marker;
        }
        while (!string.IsNullOrEmpty(request.Marker));
        return (IReadOnlyList<Snapshot>)found;
    });

    /// <summary>Every export task of the account and region, all pages: others' tasks take ids and slots too.</summary>
    public Task<IReadOnlyList<ExportTask>> ExportTasksAsync(CancellationToken token) => AwsErrors.MapAsync(async () =>
    {
        var found = new List<ExportTask>();
        var request = new DescribeExportTasksRequest();
        do
        {
            var page = await client.DescribeExportTasksAsync(request, token);
            found.AddRange((page.ExportTasks ?? []).Select(RdsReading.Task));
            request.Marker = page.Marker;
        }
        while (!string.IsNullOrEmpty(request.Marker));
        return (IReadOnlyList<ExportTask>)found;
    });

    /// <summary>The task of this id, or null where there is none.</summary>
    public Task<ExportTask?> ExportTaskAsync(string id, CancellationToken token) => AwsErrors.MapAsync(async () =>
    {
        try
        {
            var page = await client.DescribeExportTasksAsync(new DescribeExportTasksRequest { ExportTaskIdentifier = id }, token);
            return (page.ExportTasks ?? []).Select(RdsReading.Task).FirstOrDefault(t => t.Id == id);
        }
        catch (ExportTaskNotFoundException)
        {
            return null;
        }
    });

    /// <summary>Starts the export, or says why one has to look at what is there now.</summary>
    /// <exception cref="StopException">Everything that RDS refuses for good (exit 1) or for now (exit 75).</exception>
    public async Task<StartOutcome> StartAsync(StartExport start, CancellationToken token)
    {
        try
        {
            return new StartOutcome.Started(RdsReading.Started(await client.StartExportTaskAsync(Request(start), token), start));
        }
        catch (AmazonServiceException e) when (AwsErrors.WhyLookAgain(e) is { } why)
        {
            return new StartOutcome.LookAgain(why);
        }
        catch (AmazonServiceException e)
        {
            throw AwsErrors.OfExport(e, start);
        }
        catch (Exception e) when (AwsErrors.IsSilence(e) && !token.IsCancellationRequested)
        {
            return new StartOutcome.LookAgain("RDS did not answer");
        }
    }

    internal static StartExportTaskRequest Request(StartExport start) => new()
    {
        ExportTaskIdentifier = start.ExportTaskId,
        SourceArn = start.SnapshotArn,
        S3BucketName = start.Place.Bucket,
        S3Prefix = start.Place.Prefix.Length == 0 ? null : start.Place.Prefix,
        IamRoleArn = start.IamRoleArn,
        KmsKeyId = start.KmsKeyId,
        ExportOnly = start.Only.Count == 0 ? null : [.. start.Only],
    };
}
