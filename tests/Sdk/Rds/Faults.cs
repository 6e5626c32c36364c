using System.Net;
using Amazon.RDS;
using Amazon.RDS.Model;
using Amazon.Runtime;

namespace RdsBq.Tests.Sdk.Rds;

public sealed class Faults : IAsyncLifetime
{
    private RdsStub stub = null!;
    private AmazonRDSClient client = null!;

    public async Task InitializeAsync()
    {
        stub = await RdsStub.StartAsync();
        client = stub.Client();
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await stub.DisposeAsync();
    }

    [Theory]
    [InlineData("DBClusterNotFoundFault", 404, typeof(DBClusterNotFoundException))]
    [InlineData("DBClusterSnapshotNotFoundFault", 404, typeof(DBClusterSnapshotNotFoundException))]
    [InlineData("DBSnapshotNotFound", 404, typeof(DBSnapshotNotFoundException))]
    [InlineData("ExportTaskAlreadyExists", 400, typeof(ExportTaskAlreadyExistsException))]
    [InlineData("IamRoleMissingPermissions", 400, typeof(IamRoleMissingPermissionsException))]
    [InlineData("IamRoleNotFound", 404, typeof(IamRoleNotFoundException))]
    [InlineData("InvalidExportOnly", 400, typeof(InvalidExportOnlyException))]
    [InlineData("InvalidExportSourceState", 400, typeof(InvalidExportSourceStateException))]
    [InlineData("InvalidS3BucketFault", 400, typeof(InvalidS3BucketException))]
    [InlineData("KMSKeyNotAccessibleFault", 400, typeof(KMSKeyNotAccessibleException))]
    [InlineData("ExportTaskLimitReachedFault", 400, typeof(AmazonRDSException))]
    [InlineData("InvalidParameterValue", 400, typeof(AmazonRDSException))]
    [InlineData("AccessDenied", 403, typeof(AmazonRDSException))]
    public async Task Starting_fails_with_the_type_of_the_code(string code, int status, Type expected)
    {
        stub.SaysError(code, status, "The reason is this.");
        var error = await Assert.ThrowsAnyAsync<AmazonRDSException>(() => client.StartExportTaskAsync(new StartExportTaskRequest()));

        Assert.IsType(expected, error);
        Assert.Equal((code, (HttpStatusCode)status, ErrorType.Sender), (error.ErrorCode, error.StatusCode, error.ErrorType));
        Assert.Equal(("request-1", "The reason is this."), (error.RequestId, error.Message));
    }

    [Fact]
    public async Task The_other_operations_know_their_own_codes()
    {
        stub.SaysError("ExportTaskNotFound", 404).SaysError("ExportTaskNotFound", 404).SaysError("InvalidExportTaskStateFault", 400)
            .SaysError("DBClusterSnapshotNotFoundFault", 404).SaysError("DBSnapshotNotFound", 404)
            .SaysError("DBClusterNotFoundFault", 404).SaysError("DBInstanceNotFound", 404);

        await Assert.ThrowsAsync<ExportTaskNotFoundException>(() => client.DescribeExportTasksAsync(new DescribeExportTasksRequest()));
        await Assert.ThrowsAsync<ExportTaskNotFoundException>(() => client.CancelExportTaskAsync(new CancelExportTaskRequest()));
        await Assert.ThrowsAsync<InvalidExportTaskStateException>(() => client.CancelExportTaskAsync(new CancelExportTaskRequest()));
        await Assert.ThrowsAsync<DBClusterSnapshotNotFoundException>(
            () => client.DescribeDBClusterSnapshotsAsync(new DescribeDBClusterSnapshotsRequest()));
        await Assert.ThrowsAsync<DBSnapshotNotFoundException>(() => client.DescribeDBSnapshotsAsync(new DescribeDBSnapshotsRequest()));
        await Assert.ThrowsAsync<DBClusterNotFoundException>(() => client.DescribeDBClustersAsync(new DescribeDBClustersRequest()));
        await Assert.ThrowsAsync<DBInstanceNotFoundException>(() => client.DescribeDBInstancesAsync(new DescribeDBInstancesRequest()));
    }

    [Fact]
    public async Task A_code_of_another_operation_stays_plain()
    {
        stub.SaysError("DBSnapshotNotFound", 404);
        var error = await Assert.ThrowsAnyAsync<AmazonRDSException>(
            () => client.DescribeExportTasksAsync(new DescribeExportTasksRequest()));
        Assert.IsType<AmazonRDSException>(error);
    }

    [Theory]
    [InlineData("Throttling", 400)]
    [InlineData("InternalFailure", 500)]
    public async Task What_passes_by_itself_is_tried_again(string code, int status)
    {
        stub.SaysError(code, status).SaysResult("DescribeExportTasks", "<Marker>m</Marker>");
        var page = await client.DescribeExportTasksAsync(new DescribeExportTasksRequest());
        Assert.Equal("m", page.Marker);
        Assert.Equal(2, stub.Requests.Count);
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once()
    {
        using var cancel = new CancellationTokenSource();
        var call = client.DescribeExportTasksAsync(new DescribeExportTasksRequest(), cancel.Token);
        Assert.True(SpinWait.SpinUntil(() => !stub.Requests.IsEmpty, TimeSpan.FromSeconds(10)));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(stub.Requests);
    }
}
