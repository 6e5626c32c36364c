using Amazon.RDS;
using Amazon.RDS.Model;

namespace RdsBq.Tests.Sdk.Rds;

public sealed class Answers : IAsyncLifetime
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
    public async Task A_started_task_is_read_from_the_result_itself()
    {
        stub.SaysResult("StartExportTask",
            """
            <PercentProgress>0</PercentProgress><S3Prefix></S3Prefix><Status>STARTING</Status>
            <ExportOnly><member>shop.orders</member><member>shop.users</member></ExportOnly>
            <SnapshotTime>2026-04-01T17:05:33.120Z</SnapshotTime><ExportTaskIdentifier>one</ExportTaskIdentifier>
            <SourceArn>arn:snapshot</SourceArn><SourceType>SNAPSHOT</SourceType><S3Bucket>exp-bucket</S3Bucket>
            <IamRoleArn>arn:role</IamRoleArn><KmsKeyId>arn:key</KmsKeyId><TotalExtractedDataInGB>0</TotalExtractedDataInGB>
            """);
        var task = await client.StartExportTaskAsync(new StartExportTaskRequest());

        Assert.Equal(("one", "STARTING"), (task.ExportTaskIdentifier, task.Status));
        Assert.Equal((0, 0), (task.PercentProgress, task.TotalExtractedDataInGB));
        Assert.Equal(["shop.orders", "shop.users"], task.ExportOnly);
        Assert.Equal(("exp-bucket", ""), (task.S3Bucket, task.S3Prefix));
        Assert.Equal(("arn:snapshot", "arn:role", "arn:key"), (task.SourceArn, task.IamRoleArn, task.KmsKeyId));
        Assert.Equal(ExportSourceType.SNAPSHOT, task.SourceType);
        Assert.Equal(new DateTime(2026, 4, 1, 17, 5, 33, 120, DateTimeKind.Utc), task.SnapshotTime!.Value.ToUniversalTime());
        Assert.Equal("request-1", task.ResponseMetadata.RequestId);
    }

    [Fact]
    public async Task What_the_answer_leaves_out_stays_null()
    {
        stub.SaysResult("CancelExportTask", "<Status>CANCELING</Status>");
        var task = await client.CancelExportTaskAsync(new CancelExportTaskRequest { ExportTaskIdentifier = "one" });

        Assert.Equal("CANCELING", task.Status);
        Assert.Null(task.TaskStartTime);
        Assert.Null(task.PercentProgress);
        Assert.Null(task.ExportOnly);
        Assert.Null(task.FailureCause);
        Assert.Null(task.SourceType);
    }

    [Fact]
    public async Task Export_tasks_come_as_a_list_with_a_marker()
    {
        const string Warning = """{"skippedTables":[],"general":[{"reason":"PERMISSIONS_DO_NOT_EXIST"}]}""";
        stub.SaysResult("DescribeExportTasks",
            $"""
            <Marker>page-2</Marker>
            <ExportTasks>
              <ExportTask>
                <WarningMessage>{Warning}</WarningMessage><TaskEndTime>2026-04-01T17:40:00Z</TaskEndTime><Status>COMPLETE</Status>
                <ExportTaskIdentifier>one</ExportTaskIdentifier><PercentProgress>100</PercentProgress>
                <ExportOnly><member>shop</member></ExportOnly><SomethingNew><Status>not this one</Status></SomethingNew>
              </ExportTask>
              <ExportTask>
                <FailureCause>KMS key check failed.</FailureCause><ExportTaskIdentifier>two</ExportTaskIdentifier><Status>FAILED</Status>
              </ExportTask>
            </ExportTasks>
            """);
        var page = await client.DescribeExportTasksAsync(new DescribeExportTasksRequest());

        Assert.Equal("page-2", page.Marker);
        Assert.Equal([("one", "COMPLETE"), ("two", "FAILED")], page.ExportTasks.Select(t => (t.ExportTaskIdentifier, t.Status)));
        Assert.Equal((Warning, 100), (page.ExportTasks[0].WarningMessage, page.ExportTasks[0].PercentProgress));
        Assert.Equal(["shop"], page.ExportTasks[0].ExportOnly);
        Assert.Equal("KMS key check failed.", page.ExportTasks[1].FailureCause);
        Assert.Null(page.ExportTasks[1].ExportOnly);
    }

    [Theory]
    [InlineData("<ExportTasks/><Marker></Marker>")]
    [InlineData("<Marker/><ExportTasks></ExportTasks>")]
    [InlineData("")]
    public async Task The_last_page_has_no_marker_and_an_empty_list_stays_null(string members)
    {
        stub.SaysResult("DescribeExportTasks", members);
        var page = await client.DescribeExportTasksAsync(new DescribeExportTasksRequest());
        Assert.Null(page.ExportTasks);
        Assert.True(string.IsNullOrEmpty(page.Marker));
    }

    [Fact]
    public async Task Cluster_snapshots_are_read_with_their_lists()
    {
        stub.SaysResult("DescribeDBClusterSnapshots",
            """
            <DBClusterSnapshots>
              <DBClusterSnapshot>
                <AvailabilityZones><AvailabilityZone>a</AvailabilityZone><AvailabilityZone>c</AvailabilityZone></AvailabilityZones>
                <TagList><Tag><Key>team</Key><Value>data</Value></Tag></TagList>
                <DBClusterSnapshotIdentifier>rds:prod-2026-04-01-17-05</DBClusterSnapshotIdentifier>
                <DBClusterSnapshotArn>arn:snapshot</DBClusterSnapshotArn><DBClusterIdentifier>prod</DBClusterIdentifier>
                <SnapshotCreateTime>2026-04-01T17:05:33.120Z</SnapshotCreateTime>
                <Status>available</Status><SnapshotType>automated</SnapshotType>
                <StorageEncrypted>true</StorageEncrypted><AllocatedStorage>1</AllocatedStorage><Engine>aurora-postgresql</Engine>
              </DBClusterSnapshot>
              <DBClusterSnapshot><Status>creating</Status></DBClusterSnapshot>
            </DBClusterSnapshots>
            """);
        var page = await client.DescribeDBClusterSnapshotsAsync(new DescribeDBClusterSnapshotsRequest());

        Assert.Equal(2, page.DBClusterSnapshots.Count);
        var first = page.DBClusterSnapshots[0];
        Assert.Equal(("rds:prod-2026-04-01-17-05", "arn:snapshot"), (first.DBClusterSnapshotIdentifier, first.DBClusterSnapshotArn));
        Assert.Equal(("prod", "available", "automated"), (first.DBClusterIdentifier, first.Status, first.SnapshotType));
        Assert.Equal((true, 1, "aurora-postgresql"), (first.StorageEncrypted, first.AllocatedStorage, first.Engine));
        Assert.Equal(["a", "c"], first.AvailabilityZones);
        Assert.Equal(("team", "data"), (first.TagList[0].Key, first.TagList[0].Value));
        Assert.Null(page.DBClusterSnapshots[1].SnapshotCreateTime);
    }

    [Fact]
    public async Task Snapshots_clusters_and_instances_are_read()
    {
        stub.SaysResult("DescribeDBSnapshots",
            """
            <DBSnapshots><DBSnapshot><DBSnapshotArn>arn:s</DBSnapshotArn><Encrypted>false</Encrypted>
            <StorageType>gp3</StorageType></DBSnapshot></DBSnapshots>
            """)
            .SaysResult("DescribeDBClusters",
            """
            <DBClusters><DBCluster><DBClusterMembers><DBClusterMember><IsClusterWriter>true</IsClusterWriter>
            <DBInstanceIdentifier>prod-1</DBInstanceIdentifier></DBClusterMember></DBClusterMembers>
            <Status>available</Status></DBCluster></DBClusters>
            """)
            .SaysResult("DescribeDBInstances",
            """
            <DBInstances><DBInstance><DBInstanceStatus>available</DBInstanceStatus>
            <BackupRetentionPeriod>7</BackupRetentionPeriod></DBInstance></DBInstances>
            """);

        var snapshot = Assert.Single((await client.DescribeDBSnapshotsAsync(new DescribeDBSnapshotsRequest())).DBSnapshots);
        Assert.Equal(("arn:s", false, "gp3"), (snapshot.DBSnapshotArn, snapshot.Encrypted, snapshot.StorageType));
        var cluster = Assert.Single((await client.DescribeDBClustersAsync(new DescribeDBClustersRequest())).DBClusters);
        var member = Assert.Single(cluster.DBClusterMembers);
        Assert.Equal(("available", "prod-1", true), (cluster.Status, member.DBInstanceIdentifier, member.IsClusterWriter));
        var instance = Assert.Single((await client.DescribeDBInstancesAsync(new DescribeDBInstancesRequest())).DBInstances);
        Assert.Equal(("available", 7), (instance.DBInstanceStatus, instance.BackupRetentionPeriod));
    }
}
