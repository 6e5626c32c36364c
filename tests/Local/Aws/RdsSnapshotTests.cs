namespace RdsBq.Tests.Local.Aws;

public sealed class RdsSnapshotTests
{
    [Fact]
    public async Task Two_hundred_and_fifty_snapshots_come_on_three_pages_in_no_order()
    {
        await using var aws = await AwsFixture.StartAsync();
        aws.Rds.SeedSnapshots("shop", 250);
        var ids = new List<string>();
        var times = new List<string>();
        var sizes = new List<int>();
        string? marker = null;
        do
        {
            var page = await aws.Rds2014().CallAsync(
                "DescribeDBClusterSnapshots", marker is null ? [("DBClusterIdentifier", "shop")]
                    : [("DBClusterIdentifier", "shop"), ("Marker", marker)]);
            sizes.Add(page.All("DBClusterSnapshot").Count);
            ids.AddRange(page.All("DBClusterSnapshotIdentifier"));
            times.AddRange(page.All("SnapshotCreateTime"));
            marker = page["Marker"];
        }
        while (marker is not null && sizes.Count < 5);

        Assert.Equal([100, 100, 50], sizes);
        Assert.Equal(250, ids.Distinct().Count());
        Assert.Equal(249, times.Count);
        Assert.NotEqual(times.Order(), times);
        Assert.NotEqual(times.OrderDescending(), times);
        Assert.Equal(times.Max(), times[^1]);
        var creating = await aws.Rds2014().CallAsync("DescribeDBClusterSnapshots", ("MaxRecords", "20"));
        Assert.Equal(20, creating.All("DBClusterSnapshot").Count);
        Assert.Single(aws.Rds.Snapshots, s => s.Source.Id == "shop" && s.Status(aws.Clock.GetUtcNow()) == "creating");
    }

    [Theory]
    [InlineData("19")]
    [InlineData("101")]
    public async Task MaxRecords_is_20_to_100(string size)
    {
        await using var aws = await AwsFixture.StartAsync();
        Assert.Equal("InvalidParameterValue", (await aws.Rds2014().CallAsync("DescribeDBSnapshots", ("MaxRecords", size))).Code);
    }

    [Fact]
    public async Task Clusters_and_instances_have_their_own_snapshots_and_names()
    {
        await using var aws = await AwsFixture.StartAsync();
        var rds = aws.Rds2014();
        var cluster = await rds.CallAsync("DescribeDBClusterSnapshots");
        Assert.Matches(@"^rds:shop-\d{4}-\d\d-\d\d-\d\d-\d\d$", Assert.Single(cluster.All("DBClusterSnapshotIdentifier")));
        Assert.Equal(("automated", "available", "aurora-postgresql"), (cluster["SnapshotType"], cluster["Status"], cluster["Engine"]));
        var instance = await rds.CallAsync("DescribeDBSnapshots", ("DBInstanceIdentifier", "shop-mysql"));
        Assert.StartsWith("rds:shop-mysql-", Assert.Single(instance.All("DBSnapshotIdentifier")), StringComparison.Ordinal);
        Assert.Equal("DBSnapshotNotFound",
            (await rds.CallAsync("DescribeDBSnapshots", ("DBSnapshotIdentifier", cluster["DBClusterSnapshotIdentifier"]!))).Code);
        Assert.Equal("DBClusterSnapshotNotFoundFault",
            (await rds.CallAsync("DescribeDBClusterSnapshots", ("DBClusterSnapshotIdentifier", "nope"))).Code);
        Assert.Empty((await rds.CallAsync("DescribeDBClusterSnapshots", ("DBClusterIdentifier", "nope"))).All("DBClusterSnapshot"));
        Assert.Empty((await rds.CallAsync("DescribeDBClusterSnapshots", ("SnapshotType", "manual"))).All("DBClusterSnapshot"));
    }

    [Fact]
    public async Task A_created_snapshot_is_creating_before_it_is_available_and_its_id_is_taken()
    {
        await using var aws = await AwsFixture.StartAsync();
        var rds = aws.Rds2014();
        (string, string)[] fields = [("DBClusterSnapshotIdentifier", "By-Hand"), ("DBClusterIdentifier", "shop")];
        var created = await rds.CallAsync("CreateDBClusterSnapshot", fields);
        Assert.Equal(("by-hand", "creating", "manual", null),
            (created["DBClusterSnapshotIdentifier"], created["Status"], created["SnapshotType"], created["SnapshotCreateTime"]));
        aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("50",
            (await rds.CallAsync("DescribeDBClusterSnapshots", ("DBClusterSnapshotIdentifier", "by-hand")))["PercentProgress"]);
        aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("available",
            (await rds.CallAsync("DescribeDBClusterSnapshots", ("DBClusterSnapshotIdentifier", "by-hand")))["Status"]);
        Assert.Equal("DBClusterSnapshotAlreadyExistsFault", (await rds.CallAsync("CreateDBClusterSnapshot", fields)).Code);
        Assert.Equal("DBInstanceNotFound",
            (await rds.CallAsync("CreateDBSnapshot", ("DBSnapshotIdentifier", "x"), ("DBInstanceIdentifier", "shop"))).Code);
    }

    [Fact]
    public async Task Sources_describe_themselves_and_a_clusters_instance_names_its_cluster()
    {
        await using var aws = await AwsFixture.StartAsync();
        var rds = aws.Rds2014();
        Assert.Equal("arn:aws:rds:ap-northeast-1:123456789012:cluster:shop",
            (await rds.CallAsync("DescribeDBClusters", ("DBClusterIdentifier", "shop")))["DBClusterArn"]);
        Assert.Equal("DBClusterNotFoundFault", (await rds.CallAsync("DescribeDBClusters", ("DBClusterIdentifier", "nope"))).Code);
        Assert.Equal("shop",
            (await rds.CallAsync("DescribeDBInstances", ("DBInstanceIdentifier", "shop-instance-1")))["DBClusterIdentifier"]);
        var mysql = await rds.CallAsync("DescribeDBInstances", ("DBInstanceIdentifier", "shop-mysql"));
        Assert.Equal(("mysql", null), (mysql["Engine"], mysql["DBClusterIdentifier"]));
        Assert.Equal("DBInstanceNotFound", (await rds.CallAsync("DescribeDBInstances", ("DBInstanceIdentifier", "nope"))).Code);
    }

    [Fact]
    public async Task A_reset_forgets_tasks_and_snapshots_and_answers_are_dated_by_the_local_clock()
    {
        await using var aws = await AwsFixture.StartAsync();
        aws.Rds.SeedSnapshots("shop", 30);
        aws.Clock.Advance(TimeSpan.FromDays(3));
        aws.Rds.Clear();
        var answer = await aws.Rds2014().CallAsync("DescribeDBClusterSnapshots");
        Assert.Single(answer.All("DBClusterSnapshot"));
        Assert.Equal(1, aws.Rds.Snapshots.Max(s => s.Number));
        Assert.InRange(answer.Date!.Value, aws.Clock.GetUtcNow().AddSeconds(-1), aws.Clock.GetUtcNow());
    }
}
