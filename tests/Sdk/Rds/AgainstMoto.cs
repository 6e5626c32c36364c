using Amazon.RDS;
using Amazon.RDS.Model;
using Amazon.Runtime;
using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Sdk.Rds;

public sealed class AgainstMoto
{
    [RequiresFact("moto_server")]
    public async Task A_manual_cluster_snapshot_is_found_and_exported()
    {
        await using var moto = await MotoServer.StartAsync();
        await AskAsync(moto, "CreateDBCluster", ("DBClusterIdentifier", "prod"), ("Engine", "aurora-postgresql"),
            ("MasterUsername", "owner"), ("MasterUserPassword", "correct-horse"));
        await AskAsync(moto, "CreateDBClusterSnapshot", ("DBClusterIdentifier", "prod"), ("DBClusterSnapshotIdentifier", "before-release"));
        using var client = new AmazonRDSClient(
            new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
            new AmazonRDSConfig { ServiceURL = moto.Address.ToString(), AuthenticationRegion = "ap-northeast-1" });

        var clusters = await client.DescribeDBClustersAsync(new DescribeDBClustersRequest { DBClusterIdentifier = "prod" });
        Assert.Equal("aurora-postgresql", Assert.Single(clusters.DBClusters).Engine);

        var snapshots = await client.DescribeDBClusterSnapshotsAsync(
            new DescribeDBClusterSnapshotsRequest { DBClusterIdentifier = "prod" });
        var snapshot = Assert.Single(snapshots.DBClusterSnapshots, s => s.DBClusterSnapshotIdentifier == "before-release");
        Assert.Equal(("available", "manual", "prod"), (snapshot.Status, snapshot.SnapshotType, snapshot.DBClusterIdentifier));

        var request = new StartExportTaskRequest
        {
            ExportTaskIdentifier = "export-id-prod-20260401-1700",
            SourceArn = snapshot.DBClusterSnapshotArn,
            S3BucketName = "exp-bucket",
            S3Prefix = "rds",
            IamRoleArn = "arn:aws:iam::123456789012:role/rds-export",
            KmsKeyId = "arn:aws:kms:ap-northeast-1:123456789012:key/one",
            ExportOnly = ["shop.public.orders"],
        };
        var started = await client.StartExportTaskAsync(request);
        Assert.Equal((request.ExportTaskIdentifier, snapshot.DBClusterSnapshotArn), (started.ExportTaskIdentifier, started.SourceArn));

        var tasks = await client.DescribeExportTasksAsync(
            new DescribeExportTasksRequest { ExportTaskIdentifier = request.ExportTaskIdentifier });
        var task = Assert.Single(tasks.ExportTasks);
        Assert.Equal(("exp-bucket", "rds"), (task.S3Bucket, task.S3Prefix));
        Assert.Equal(["shop.public.orders"], task.ExportOnly);

        await Assert.ThrowsAsync<ExportTaskAlreadyExistsException>(() => client.StartExportTaskAsync(request));
        await Assert.ThrowsAsync<ExportTaskNotFoundException>(
            () => client.DescribeExportTasksAsync(new DescribeExportTasksRequest { ExportTaskIdentifier = "unknown" }));
    }

    /// <summary>A call that the subset lacks; moto reads service and region from the signature's scope and checks nothing else.</summary>
    private static async Task AskAsync(MotoServer moto, string action, params (string Name, string Value)[] fields)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, moto.Address);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260401/ap-northeast-1/rds/aws4_request, SignedHeaders=host, Signature=00");
        var form = fields.Append(("Action", action)).Append(("Version", "2014-10-31"));
        request.Content = new FormUrlEncodedContent(form.Select(f => new KeyValuePair<string, string>(f.Item1, f.Item2)));
        using var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
