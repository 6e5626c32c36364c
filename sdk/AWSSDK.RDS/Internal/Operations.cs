using Amazon.RDS.Model;
using Amazon.Runtime;

namespace Amazon.RDS.Internal;

/// <summary>What one operation sends, what it answers, and the faults that its model lists.</summary>
internal sealed class Operation<TRequest, TResponse>(
    string action, Action<QueryForm, TRequest> write, Shape<TResponse> shape, params Fault[] faults)
    where TRequest : AmazonRDSRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    public QueryRequest Request { get; } = new(action, (form, request) => write(form, (TRequest)request));

    public QueryResponse<TResponse> Response { get; } = new(action, shape, faults);
}

internal static class Operations
{
    public static readonly Operation<StartExportTaskRequest, StartExportTaskResponse> StartExportTask = new(
        "StartExportTask",
        (form, x) =>
        {
            form.Add("ExportOnly", x.ExportOnly);
            form.Add("ExportTaskIdentifier", x.ExportTaskIdentifier);
            form.Add("IamRoleArn", x.IamRoleArn);
            form.Add("KmsKeyId", x.KmsKeyId);
            form.Add("S3BucketName", x.S3BucketName);
            form.Add("S3Prefix", x.S3Prefix);
            form.Add("SourceArn", x.SourceArn);
        },
        Shapes.ExportTask<StartExportTaskResponse>(),
        Fault.DBClusterNotFound, Fault.DBClusterSnapshotNotFound, Fault.DBSnapshotNotFound, Fault.ExportTaskAlreadyExists,
        Fault.IamRoleMissingPermissions, Fault.IamRoleNotFound, Fault.InvalidExportOnly, Fault.InvalidExportSourceState,
        Fault.InvalidS3Bucket, Fault.KMSKeyNotAccessible);

    public static readonly Operation<CancelExportTaskRequest, CancelExportTaskResponse> CancelExportTask = new(
        "CancelExportTask",
        (form, x) => form.Add("ExportTaskIdentifier", x.ExportTaskIdentifier),
        Shapes.ExportTask<CancelExportTaskResponse>(),
        Fault.ExportTaskNotFound, Fault.InvalidExportTaskState);

    public static readonly Operation<DescribeExportTasksRequest, DescribeExportTasksResponse> DescribeExportTasks = new(
        "DescribeExportTasks",
        (form, x) =>
        {
            form.Add("ExportTaskIdentifier", x.ExportTaskIdentifier);
            form.Add("SourceArn", x.SourceArn);
            form.Add("SourceType", x.SourceType?.Value);
            AddPage(form, x.Filters, x.Marker, x.MaxRecords);
        },
        Shapes.Page<DescribeExportTasksResponse, ExportTask>(
            "ExportTasks/ExportTask", Shapes.ExportTask<ExportTask>(), x => x.ExportTasks ??= [], (x, v) => x.Marker = v),
        Fault.ExportTaskNotFound);

    public static readonly Operation<DescribeDBClusterSnapshotsRequest, DescribeDBClusterSnapshotsResponse>
        DescribeDBClusterSnapshots = new(
        "DescribeDBClusterSnapshots",
        (form, x) =>
        {
            form.Add("DBClusterIdentifier", x.DBClusterIdentifier);
            form.Add("DbClusterResourceId", x.DbClusterResourceId);
            form.Add("DBClusterSnapshotIdentifier", x.DBClusterSnapshotIdentifier);
            form.Add("IncludePublic", x.IncludePublic);
            form.Add("IncludeShared", x.IncludeShared);
            form.Add("SnapshotType", x.SnapshotType);
            AddPage(form, x.Filters, x.Marker, x.MaxRecords);
        },
        Shapes.Page<DescribeDBClusterSnapshotsResponse, DBClusterSnapshot>(
            "DBClusterSnapshots/DBClusterSnapshot", Shapes.DBClusterSnapshot, x => x.DBClusterSnapshots ??= [], (x, v) => x.Marker = v),
        Fault.DBClusterSnapshotNotFound);

    public static readonly Operation<DescribeDBSnapshotsRequest, DescribeDBSnapshotsResponse> DescribeDBSnapshots = new(
        "DescribeDBSnapshots",
        (form, x) =>
        {
            form.Add("DBInstanceIdentifier", x.DBInstanceIdentifier);
            form.Add("DbiResourceId", x.DbiResourceId);
            form.Add("DBSnapshotIdentifier", x.DBSnapshotIdentifier);
            form.Add("IncludePublic", x.IncludePublic);
            form.Add("IncludeShared", x.IncludeShared);
            form.Add("SnapshotType", x.SnapshotType);
            AddPage(form, x.Filters, x.Marker, x.MaxRecords);
        },
        Shapes.Page<DescribeDBSnapshotsResponse, DBSnapshot>(
            "DBSnapshots/DBSnapshot", Shapes.DBSnapshot, x => x.DBSnapshots ??= [], (x, v) => x.Marker = v),
        Fault.DBSnapshotNotFound);

    public static readonly Operation<DescribeDBClustersRequest, DescribeDBClustersResponse> DescribeDBClusters = new(
        "DescribeDBClusters",
        (form, x) =>
        {
            form.Add("DBClusterIdentifier", x.DBClusterIdentifier);
            form.Add("IncludeShared", x.IncludeShared);
            AddPage(form, x.Filters, x.Marker, x.MaxRecords);
        },
        Shapes.Page<DescribeDBClustersResponse, DBCluster>(
            "DBClusters/DBCluster", Shapes.DBCluster, x => x.DBClusters ??= [], (x, v) => x.Marker = v),
        Fault.DBClusterNotFound);

    public static readonly Operation<DescribeDBInstancesRequest, DescribeDBInstancesResponse> DescribeDBInstances = new(
        "DescribeDBInstances",
        (form, x) =>
        {
            form.Add("DBInstanceIdentifier", x.DBInstanceIdentifier);
            AddPage(form, x.Filters, x.Marker, x.MaxRecords);
        },
        Shapes.Page<DescribeDBInstancesResponse, DBInstance>(
            "DBInstances/DBInstance", Shapes.DBInstance, x => x.DBInstances ??= [], (x, v) => x.Marker = v),
        Fault.DBInstanceNotFound);

    private static void AddPage(QueryForm form, List<Filter> filters, string marker, int? maxRecords)
    {
        form.Add(filters);
        form.Add("Marker", marker);
        form.Add("MaxRecords", maxRecords);
    }
}
