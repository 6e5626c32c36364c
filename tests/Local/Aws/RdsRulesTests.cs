using System.Net;
using RdsBq.Local;

namespace RdsBq.Tests.Local.Aws;

public sealed class RdsRulesTests
{
    private static async Task<QueryAnswer> StartAsync(AwsFixture aws, params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["ExportTaskIdentifier"] = "run-1",
            ["SourceArn"] = aws.Rds.Snapshots.First(s => s.Source.Id == "shop").Arn,
            ["S3BucketName"] = Estate.Bucket,
            ["IamRoleArn"] = Estate.ExportRoleArn,
            ["KmsKeyId"] = Estate.KmsKeyArn,
        };
        foreach (var (name, value) in changes) fields[name] = value;
        return await aws.Rds2014().CallAsync("StartExportTask", [.. fields.Select(f => (f.Key, f.Value))]);
    }

    [Fact]
    public async Task Ids_that_are_no_identifiers_are_refused_with_the_services_own_words()
    {
        await using var aws = await AwsFixture.StartAsync();
        string[] wrong = ["1run", "run_1", "run.1", "rds:run", "run--1", "run-", "-run", "rün", "run-1\n"];
        foreach (var id in wrong)
        {
            var answer = await StartAsync(aws, ("ExportTaskIdentifier", id));
            Assert.Equal((id, "InvalidParameterValue"), (id, answer.Code));
            Assert.StartsWith("The parameter ExportTaskIdentifier is not a valid identifier.", answer.Message, StringComparison.Ordinal);
        }
        Assert.Equal("InvalidParameterValue", (await StartAsync(aws, ("ExportTaskIdentifier", new string('a', 61)))).Code);
        Assert.Equal("STARTING", (await StartAsync(aws, ("ExportTaskIdentifier", new string('a', 60))))["Status"]);
    }

    [Fact]
    public async Task An_id_stays_taken_after_its_task_is_over()
    {
        await using var aws = await AwsFixture.StartAsync();
        await StartAsync(aws);
        await aws.Rds2014().CallAsync("CancelExportTask", ("ExportTaskIdentifier", "run-1"));
        aws.Clock.Advance(TimeSpan.FromHours(1));
        var again = await StartAsync(aws);
        Assert.Equal(("ExportTaskAlreadyExists", "The export task with the ID run-1 already exists."), (again.Code, again.Message));
        Assert.Equal("STARTING", (await StartAsync(aws, ("ExportTaskIdentifier", "run-2")))["Status"]);
    }

    [Fact]
    public async Task One_snapshot_is_exported_by_one_task_at_a_time()
    {
        await using var aws = await AwsFixture.StartAsync();
        await StartAsync(aws);
        Assert.Equal("InvalidExportSourceState", (await StartAsync(aws, ("ExportTaskIdentifier", "run-2"))).Code);
    }

    [Fact]
    public async Task A_snapshot_that_is_creating_is_no_source_yet()
    {
        await using var aws = await AwsFixture.StartAsync();
        aws.Clock.Advance(TimeSpan.FromMinutes(5));
        var arn = aws.Rds.CreateSnapshot("shop", automated: true).Arn;
        Assert.Equal("InvalidExportSourceState", (await StartAsync(aws, ("SourceArn", arn))).Code);
        aws.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("STARTING", (await StartAsync(aws, ("SourceArn", arn)))["Status"]);
    }

    [Theory]
    [InlineData("SourceArn", "arn:aws:rds:ap-northeast-1:123456789012:snapshot:nope", "DBSnapshotNotFound", 404)]
    [InlineData("SourceArn", "arn:aws:rds:ap-northeast-1:123456789012:cluster-snapshot:rds:nope", "DBClusterSnapshotNotFoundFault", 404)]
    [InlineData("SourceArn", "arn:aws:rds:ap-northeast-1:123456789012:cluster:nope", "DBClusterNotFoundFault", 404)]
    [InlineData("SourceArn", "arn:aws:rds:ap-northeast-1:123456789012:cluster:shop", "NotImplemented", 501)]
    [InlineData("SourceArn", "arn:aws:rds:eu-west-1:123456789012:snapshot:nope", "InvalidParameterValue", 400)]
    [InlineData("SourceArn", "shop", "InvalidParameterValue", 400)]
    [InlineData("SourceArn", "", "MissingParameter", 400)]
    [InlineData("S3Prefix", "a:b", "InvalidParameterValue", 400)]
    [InlineData("ExportOnly.member.1", "shop.public.orders.id", "InvalidExportOnly", 400)]
    [InlineData("ExportOnly.member.1", "my-shop", "InvalidExportOnly", 400)]
    [InlineData("ExportOnly.member.1", "shop.*", "InvalidExportOnly", 400)]
    [InlineData("IamRoleArn", "arn:aws:iam::123456789012:role/nope", "IamRoleNotFound", 404)]
    [InlineData("IamRoleArn", Estate.CallerRoleArn, "IamRoleMissingPermissions", 400)]
    [InlineData("S3BucketName", "nope", "InvalidS3BucketFault", 400)]
    [InlineData("S3BucketName", "elsewhere", "InvalidS3BucketFault", 400)]
    [InlineData("KmsKeyId", "arn:aws:kms:ap-northeast-1:123456789012:key/nope", "KMSKeyNotAccessibleFault", 400)]
    public async Task A_wrong_parameter_is_refused_with_its_own_code(string name, string value, string code, int status)
    {
        await using var aws = await AwsFixture.StartAsync();
        aws.Store.CreateBucket("elsewhere", "us-east-1");
        var answer = await StartAsync(aws, (name, value));
        Assert.Equal((code, status), (answer.Code, (int)answer.Status));
        Assert.Empty(aws.Rds.Tasks);
    }

    [Fact]
    public async Task ExportOnly_has_two_levels_for_MySQL_and_at_most_200_KB()
    {
        await using var aws = await AwsFixture.StartAsync();
        var mysql = ("SourceArn", aws.Rds.Snapshots.First(s => s.Source.Id == "shop-mysql").Arn);
        Assert.Equal("InvalidExportOnly", (await StartAsync(aws, mysql, ("ExportOnly.member.1", "shop.shop.orders"))).Code);
        var many = Enumerable.Range(1, 21).Select(n =>
            ($"ExportOnly.member.{n}", "shop." + new string('t', 9_995 + n))).Prepend(mysql).ToArray();
        Assert.Equal("InvalidExportOnly", (await StartAsync(aws, many)).Code);
        Assert.Equal("STARTING", (await StartAsync(aws, mysql, ("ExportOnly.member.1", "shop.orders")))["Status"]);
    }

    [Fact]
    public async Task Without_a_prefix_the_answer_has_an_empty_one_and_a_bare_key_id_becomes_its_ARN()
    {
        await using var aws = await AwsFixture.StartAsync();
        var answer = await StartAsync(aws, ("KmsKeyId", Estate.KmsKeyArn.Split('/')[^1]));
        Assert.Equal(("", Estate.KmsKeyArn), (answer["S3Prefix"], answer["KmsKeyId"]));
    }

    [Fact]
    public async Task Actions_left_out_are_501_by_name_and_unknown_ones_InvalidAction()
    {
        await using var aws = await AwsFixture.StartAsync();
        var leftOut = await aws.Rds2014().CallAsync("DeleteDBCluster");
        Assert.Equal((HttpStatusCode.NotImplemented, "NotImplemented"), (leftOut.Status, leftOut.Code));
        Assert.Contains("rds.DeleteDBCluster", leftOut.Message, StringComparison.Ordinal);
        var unknown = await aws.Rds2014().CallAsync("StartExportTsk");
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidAction"), (unknown.Status, unknown.Code));
        Assert.Equal("InvalidAction",
            (await new QueryClient(aws.Cloud.QueryAddress, "rds", "2013-01-01", aws.Admin).CallAsync("DescribeDBClusters")).Code);
    }
}
