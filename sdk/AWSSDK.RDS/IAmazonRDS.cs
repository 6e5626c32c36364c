using Amazon.RDS.Model;
using Amazon.Runtime;

namespace Amazon.RDS;

public partial interface IAmazonRDS : IAmazonService, IDisposable
{
    Task<CancelExportTaskResponse> CancelExportTaskAsync(CancelExportTaskRequest request, CancellationToken cancellationToken = default);

    Task<DescribeDBClustersResponse> DescribeDBClustersAsync(
        DescribeDBClustersRequest request, CancellationToken cancellationToken = default);

    Task<DescribeDBClusterSnapshotsResponse> DescribeDBClusterSnapshotsAsync(
        DescribeDBClusterSnapshotsRequest request, CancellationToken cancellationToken = default);

    Task<DescribeDBInstancesResponse> DescribeDBInstancesAsync(
        DescribeDBInstancesRequest request, CancellationToken cancellationToken = default);

    Task<DescribeDBSnapshotsResponse> DescribeDBSnapshotsAsync(
        DescribeDBSnapshotsRequest request, CancellationToken cancellationToken = default);

    Task<DescribeExportTasksResponse> DescribeExportTasksAsync(
        DescribeExportTasksRequest request, CancellationToken cancellationToken = default);

    Task<StartExportTaskResponse> StartExportTaskAsync(StartExportTaskRequest request, CancellationToken cancellationToken = default);
}
