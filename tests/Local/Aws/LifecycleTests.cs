using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using RdsBq.Local;
using RdsBq.Local.Aws;

namespace RdsBq.Tests.Local.Aws;

public sealed class LifecycleTests
{
    [Fact]
    public async Task The_export_bucket_expires_its_exports_and_the_callers_role_may_see_that()
    {
        await using var aws = await AwsFixture.StartAsync();
        var session = aws.Cloud.Credentials.IssueSession(Principals.Caller("test"), TimeSpan.FromMinutes(15));
        using var s3 = aws.S3(new Amazon.Runtime.SessionAWSCredentials(session.KeyId, session.Secret, session.SessionToken));
        var rule = Assert.Single((await s3.GetLifecycleConfigurationAsync(Estate.Bucket)).Configuration.Rules);
        Assert.Equal((LifecycleRuleStatus.Enabled, 14), (rule.Status, rule.Expiration.Days));
        Assert.Equal("rds/", Assert.IsType<LifecyclePrefixPredicate>(rule.Filter.LifecycleFilterPredicate).Prefix);
        await RefusedAsync(() => s3.PutLifecycleConfigurationAsync(Put(Rule("a", "x/", 1))), "AccessDenied", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_is_put_replaces_all_and_what_is_deleted_is_not_found()
    {
        await using var aws = await AwsFixture.StartAsync();
        using var s3 = aws.S3(aws.Admin);
        await s3.PutLifecycleConfigurationAsync(Put(Rule("logs", "logs/", 3), Rule(null, "rds/", 30)));
        var rules = (await s3.GetLifecycleConfigurationAsync(Estate.Bucket)).Configuration.Rules;
        Assert.Equal([3, 30], rules.Select(r => r.Expiration.Days!.Value));
        Assert.Equal("logs", rules[0].Id);
        Assert.Matches("^[0-9a-f]{32}$", rules[1].Id);
        await s3.DeleteLifecycleConfigurationAsync(Estate.Bucket);
        // The SDK takes S3's NoSuchLifecycleConfiguration for a configuration without rules.
        Assert.Empty((await s3.GetLifecycleConfigurationAsync(Estate.Bucket)).Configuration?.Rules ?? []);
        Assert.Equal((404, "s3.GetBucketLifecycleConfiguration"), (aws.Journal.Entries[^1].Status, aws.Journal.Entries[^1].Operation));
    }

    [Fact]
    public async Task What_S3_would_refuse_is_refused_in_its_words()
    {
        await using var aws = await AwsFixture.StartAsync();
        using var s3 = aws.S3(aws.Admin);
        await RefusedAsync(() => s3.PutLifecycleConfigurationAsync(Put(Rule("a", "x/", 1), Rule("a", "y/", 1))), "InvalidArgument", HttpStatusCode.BadRequest);
        await RefusedAsync(() => s3.PutLifecycleConfigurationAsync(Put(Rule("a", "x/", 0))), "InvalidArgument", HttpStatusCode.BadRequest);
        var idle = Rule("a", "x/", 1);
        idle.Expiration = null;
        await RefusedAsync(() => s3.PutLifecycleConfigurationAsync(Put(idle)), "InvalidRequest", HttpStatusCode.BadRequest);
    }

    private static PutLifecycleConfigurationRequest Put(params LifecycleRule[] rules) =>
        new() { BucketName = Estate.Bucket, Configuration = new LifecycleConfiguration { Rules = [.. rules] } };

    private static LifecycleRule Rule(string? id, string prefix, int days) => new()
    {
        Id = id, Status = LifecycleRuleStatus.Enabled, Expiration = new LifecycleRuleExpiration { Days = days },
        Filter = new LifecycleFilter { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = prefix } },
    };

    private static async Task RefusedAsync(Func<Task> call, string code, HttpStatusCode status)
    {
        var refused = await Assert.ThrowsAnyAsync<AmazonS3Exception>(call);
        Assert.Equal((code, status), (refused.ErrorCode, refused.StatusCode));
    }
}
