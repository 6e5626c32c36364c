using System.Text.Json.Nodes;
using RdsBq.Local;
using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Local.Aws;

/// <summary>The stock AWS CLI against the local cloud.</summary>
public sealed class AwsCliTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static async Task<Child> AwsAsync(AwsFixture aws, string arguments, string? keyId = null, string? secret = null)
    {
        var environment = aws.CliEnvironment(keyId ?? aws.Estate.AdminKeyId, secret ?? aws.Estate.AdminSecret);
        var child = Child.Start(Tools.Find("aws")!, arguments.Split(' '), environment);
        await child.WaitAsync(Limit);
        return child;
    }

    private static async Task<JsonNode> JsonAsync(AwsFixture aws, string arguments)
    {
        await using var child = await AwsAsync(aws, arguments + " --output json");
        Assert.True(child.ExitCode == 0, child.Error);
        return JsonNode.Parse(child.Output)!;
    }

    [RequiresFact("aws")]
    public async Task The_CLI_exports_a_snapshot_and_follows_the_task()
    {
        await using var aws = await AwsFixture.StartAsync();
        aws.Rds.SeedSnapshots("shop", 250);
        var listing = await JsonAsync(aws, "rds describe-db-cluster-snapshots --db-cluster-identifier shop");
        var snapshots = listing["DBClusterSnapshots"]!.AsArray();
        Assert.Equal(250, snapshots.Count);
        var newest = snapshots.Where(s => (string?)s!["Status"] == "available").MaxBy(s => (string?)s!["SnapshotCreateTime"])!;
        var started = await JsonAsync(
            aws,
            $"rds start-export-task --export-task-identifier cli-1 --source-arn {newest["DBClusterSnapshotArn"]} --s3-bucket-name {Estate.Bucket} "
            + $"--iam-role-arn {Estate.ExportRoleArn} --kms-key-id {Estate.KmsKeyArn} --export-only shop.public.orders");
        Assert.Equal(("STARTING", "shop.public.orders"), ((string?)started["Status"], (string?)started["ExportOnly"]![0]));
        aws.Clock.Advance(TimeSpan.FromMinutes(12));
        var tasks = await JsonAsync(aws, "rds describe-export-tasks --filters Name=status,Values=in_progress");
        Assert.Equal("cli-1", (string?)tasks["ExportTasks"]![0]!["ExportTaskIdentifier"]);
    }

    [RequiresFact("aws")]
    public async Task The_CLI_knows_who_it_is_and_that_a_wrong_secret_is_wrong()
    {
        await using var aws = await AwsFixture.StartAsync();
        Assert.Equal("arn:aws:iam::123456789012:user/admin", (string?)(await JsonAsync(aws, "sts get-caller-identity"))["Arn"]);
        await using var wrong = await AwsAsync(aws, "sts get-caller-identity", secret: "wrong");
        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Contains("SignatureDoesNotMatch", wrong.Error, StringComparison.Ordinal);
    }

    [RequiresFact("aws")]
    public async Task The_CLI_copies_and_lists_objects()
    {
        await using var aws = await AwsFixture.StartAsync();
        var (local, back) = (aws.TempFile("up.txt"), aws.TempFile("down.txt"));
        await File.WriteAllTextAsync(local, "twelve bytes");
        await using (var up = await AwsAsync(aws, $"s3 cp {local} s3://{Estate.Bucket}/rds/x/file.txt"))
            Assert.True(up.ExitCode == 0, up.Error);
        await using (var list = await AwsAsync(aws, $"s3 ls s3://{Estate.Bucket}/rds/x/")) Assert.Matches(@"12 file\.txt", list.Output);
        await using (var buckets = await AwsAsync(aws, "s3 ls")) Assert.Contains(Estate.Bucket, buckets.Output, StringComparison.Ordinal);
        var (keyId, secret) = (aws.Estate.ReaderKeyId, aws.Estate.ReaderSecret);
        await using (var down = await AwsAsync(aws, $"s3 cp s3://{Estate.Bucket}/rds/x/file.txt {back}", keyId, secret))
            Assert.True(down.ExitCode == 0, down.Error);
        Assert.Equal("twelve bytes", await File.ReadAllTextAsync(back));
    }
}
