using Amazon.RDS;
using Amazon.RDS.Model;

namespace RdsBq.Tests.Sdk.Rds;

public sealed class WireForm : IAsyncLifetime
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

    [Fact]
    public async Task Start_sends_every_member_and_numbers_the_tables()
    {
        stub.SaysResult("StartExportTask", "");
        await client.StartExportTaskAsync(new StartExportTaskRequest
        {
            ExportTaskIdentifier = "export-id-prod-20260401-1700",
            SourceArn = "arn:aws:rds:ap-northeast-1:123456789012:cluster-snapshot:rds:prod-2026-04-01-17-05",
            S3BucketName = "exp-bucket",
            S3Prefix = "rds & co",
            IamRoleArn = "arn:aws:iam::123456789012:role/rds-export",
            KmsKeyId = "alias/export",
            ExportOnly = ["shop.public.orders", "shop.public.users"],
        });

        Assert.Equal("POST /", stub.Only.Line);
        Assert.StartsWith("application/x-www-form-urlencoded", stub.Only.Headers["Content-Type"], StringComparison.Ordinal);
        Sent(
            ("Action", "StartExportTask"),
            ("ExportOnly.member.1", "shop.public.orders"),
            ("ExportOnly.member.2", "shop.public.users"),
            ("ExportTaskIdentifier", "export-id-prod-20260401-1700"),
            ("IamRoleArn", "arn:aws:iam::123456789012:role/rds-export"),
            ("KmsKeyId", "alias/export"),
            ("S3BucketName", "exp-bucket"),
            ("S3Prefix", "rds & co"),
            ("SourceArn", "arn:aws:rds:ap-northeast-1:123456789012:cluster-snapshot:rds:prod-2026-04-01-17-05"));
    }

    [Fact]
    public async Task Cancel_sends_the_id()
    {
        stub.SaysResult("CancelExportTask", "");
        await client.CancelExportTaskAsync(new CancelExportTaskRequest { ExportTaskIdentifier = "one" });
        Sent(("Action", "CancelExportTask"), ("ExportTaskIdentifier", "one"));
    }

    [Fact]
    public async Task Describe_export_tasks_names_filters_and_their_values_by_their_own_names()
    {
        stub.SaysResult("DescribeExportTasks", "");
        await client.DescribeExportTasksAsync(new DescribeExportTasksRequest
        {
            Filters =
            [
                new Filter { Name = "status", Values = ["starting", "in_progress"] },
                new Filter { Name = "s3-bucket", Values = ["b"] },
            ],
            Marker = "next",
            MaxRecords = 100,
            SourceArn = "arn",
            SourceType = ExportSourceType.SNAPSHOT,
        });
        Sent(
            ("Action", "DescribeExportTasks"),
            ("Filters.Filter.1.Name", "status"),
            ("Filters.Filter.1.Values.Value.1", "starting"),
            ("Filters.Filter.1.Values.Value.2", "in_progress"),
            ("Filters.Filter.2.Name", "s3-bucket"),
            ("Filters.Filter.2.Values.Value.1", "b"),
            ("Marker", "next"),
            ("MaxRecords", "100"),
            ("SourceArn", "arn"),
            ("SourceType", "SNAPSHOT"));
    }

    [Fact]
    public async Task Describe_cluster_snapshots_sends_what_is_set()
    {
        stub.SaysResult("DescribeDBClusterSnapshots", "");
        await client.DescribeDBClusterSnapshotsAsync(new DescribeDBClusterSnapshotsRequest
        {
            DBClusterIdentifier = "prod",
            DbClusterResourceId = "cluster-ABC",
            DBClusterSnapshotIdentifier = "snap",
            IncludePublic = false,
            IncludeShared = true,
            SnapshotType = "automated",
        });
        Sent(
            ("Action", "DescribeDBClusterSnapshots"),
            ("DBClusterIdentifier", "prod"),
            ("DbClusterResourceId", "cluster-ABC"),
            ("DBClusterSnapshotIdentifier", "snap"),
            ("IncludePublic", "false"),
            ("IncludeShared", "true"),
            ("SnapshotType", "automated"));
    }

    [Fact]
    public async Task Describe_snapshots_sends_what_is_set()
    {
        stub.SaysResult("DescribeDBSnapshots", "");
        await client.DescribeDBSnapshotsAsync(new DescribeDBSnapshotsRequest
        {
            DBInstanceIdentifier = "prod",
            DbiResourceId = "db-ABC",
            DBSnapshotIdentifier = "snap",
            SnapshotType = "awsbackup",
            MaxRecords = 20,
        });
        Sent(
            ("Action", "DescribeDBSnapshots"),
            ("DBInstanceIdentifier", "prod"),
            ("DbiResourceId", "db-ABC"),
            ("DBSnapshotIdentifier", "snap"),
            ("MaxRecords", "20"),
            ("SnapshotType", "awsbackup"));
    }

    [Fact]
    public async Task Describe_clusters_and_instances_send_the_id()
    {
        stub.SaysResult("DescribeDBClusters", "").SaysResult("DescribeDBInstances", "");
        await client.DescribeDBClustersAsync(new DescribeDBClustersRequest { DBClusterIdentifier = "prod", IncludeShared = true });
        await client.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { DBInstanceIdentifier = "one" });

        var forms = stub.Requests.Select(r => r.Form).ToList();
        Assert.Equal(("DescribeDBClusters", "prod"), (forms[0]["Action"], forms[0]["DBClusterIdentifier"]));
        Assert.Equal("true", forms[0]["IncludeShared"]);
        Assert.Equal(("DescribeDBInstances", "one"), (forms[1]["Action"], forms[1]["DBInstanceIdentifier"]));
    }

    private void Sent(params (string Name, string Value)[] fields) => Assert.Equal(
        fields.Append(("Version", "2014-10-31")).OrderBy(f => f.Item1, StringComparer.Ordinal),
        stub.Only.Form.Select(f => (f.Key, f.Value)).OrderBy(f => f.Key, StringComparer.Ordinal));
}
