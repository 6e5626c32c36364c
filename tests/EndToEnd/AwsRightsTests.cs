using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using RdsBq.Core.Checks;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>
/// infra/aws/template.yaml grants what the job calls, and nothing that it does not: every verb runs, and its calls of AWS are held against the caller role's
/// statements and trust.
/// </summary>
public sealed class AwsRightsTests
{
    /// <summary>The journal's operations whose right has another name (https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html).</summary>
    private static readonly Dictionary<string, string> Rights = new()
    {
        ["s3.ListObjectsV2"] = "s3:ListBucket",
        ["s3.HeadObject"] = "s3:GetObject",
        ["s3.GetBucketLifecycleConfiguration"] = "s3:GetLifecycleConfiguration",
        ["s3.GetBucketEncryption"] = "s3:GetEncryptionConfiguration",
        ["s3.GetPublicAccessBlock"] = "s3:GetBucketPublicAccessBlock",
    };

    /// <summary>Rights that no call of the job shows, and what they are for.</summary>
    private static readonly Dictionary<string, string> Unseen = new()
    {
        ["iam:PassRole"] = "asked of who calls StartExportTask, which names the export role",
        ["kms:Decrypt"] = "S3 decrypts in the name of who calls GetObject",
    };

    [Fact]
    public async Task What_the_job_calls_is_granted_and_what_is_granted_is_called_or_has_a_reason()
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync(2);
        string[][] verbs = [["export"], ["load"], ["sync"], ["sync", "--rotate"], ["plan"], ["status"], ["publish", "--list"], ["publish", "--run", nights.Runs[0]], ["doctor"]];
        foreach (var verb in verbs) await RunAsync(nights.Run, verb);

        await using var instance = await CloudRun.StartAsync(
            new LocalOptions(Speed: 0, MySql: true, Scale: 0.002), new Dictionary<string, string?> { ["DB_CLUSTER_IDENTIFIER"] = null });
        await instance.MustAsync("export");
        await instance.ExportsEndAsync();
        foreach (var verb in (string[])["load", "plan", "status", "doctor"]) await RunAsync(instance, verb);

        var called = Granted(nights.Run.Cloud).Concat(Granted(instance.Cloud)).ToHashSet();
        var granted = Caller(nights.Run.Cloud).Concat(Caller(instance.Cloud)).SelectMany(s => s.Actions).Distinct();
        Assert.Equal(granted.Order(StringComparer.Ordinal), called.Concat(Unseen.Keys).Order(StringComparer.Ordinal));
    }

    // Whatever doctor finds, it has called what it calls.
    private static async Task RunAsync(CloudRun run, params string[] verb)
    {
        var ended = await run.CallAsync(verb);
        Assert.True(ended.ExitCode == 0 || (verb[0] == "doctor" && ended.ExitCode == 1), ended.ToString());
        Assert.DoesNotContain("AccessDenied", ended.Output, StringComparison.Ordinal);
    }

    /// <summary>The rights that the calls so far took. Fails at a call that no statement covers.</summary>
    private static IEnumerable<string> Granted(LocalCloud cloud)
    {
        var caller = Caller(cloud);
        var calls = cloud.Journal.Entries.Where(e => e.Operation.Split('.')[0] is "rds" or "s3" or "kms" or "iam").ToList();
        Assert.NotEmpty(calls);
        foreach (var call in calls)
        {
            var action = Rights.GetValueOrDefault(call.Operation) ?? call.Operation.Replace('.', ':');
            Assert.All(Resources(cloud, call), resource => Assert.True(caller.Any(s => s.Covers(action, resource)), $"{action} on {resource}"));
            yield return action;
        }
        AssertTrusts(cloud);
    }

    private static string[] Resources(LocalCloud cloud, JournalEntry call) => call.Operation switch
    {
        // doctor's, which must be covered too, or it would not show the right: an automated snapshot's name, and no real one.
        "rds.StartExportTask" when call.Subject == StartQuestion.ExportTaskId => [$"{AutomatedArn(cloud)}-1970-01-01-00-00"],
        "rds.StartExportTask" => [cloud.Aws.Rds.Tasks.Single(t => t.Id == call.Subject).Snapshot.Arn],
        "rds.DescribeDBClusters" or "rds.DescribeDBInstances" => [cloud.Source.Arn],
        "kms.DescribeKey" or "kms.CreateGrant" => [Estate.KmsKeyArn],
        "iam.GetRole" => [Estate.ExportRoleArn],
        "rds.DescribeExportTasks" => ["*"],
        // By source; what IAM checks then is not documented, so both must do.
        "rds.DescribeDBClusterSnapshots" or "rds.DescribeDBSnapshots" => [cloud.Source.Arn, cloud.Aws.Rds.Snapshots.First(s => s.Source.Id == cloud.Source.Id).Arn],
        _ when call.Operation.StartsWith("s3.", StringComparison.Ordinal) =>
            [call.Subject == Estate.Bucket ? $"arn:aws:s3:::{Estate.Bucket}" : $"arn:aws:s3:::{Estate.Bucket}/{call.Subject}"],
        _ => throw new NotSupportedException($"What does {call.Operation} ask a right on?"),
    };

    private static string AutomatedArn(LocalCloud cloud) =>
        $"arn:aws:rds:{Estate.Region}:{Estate.Account}:{(cloud.Source.IsCluster ? "cluster-snapshot" : "snapshot")}:rds:{cloud.Source.Id}";

    // Of all ID tokens of the service account, in IAM's words for their claims, the trust takes those that the job asked for to show them to STS. Pub/Sub's, for
    // another audience, are not among them.
    private static void AssertTrusts(LocalCloud cloud)
    {
        var trust = AwsStatement.Of(Template(cloud).Properties("CallerRole", "AssumeRolePolicyDocument")!).Single();
        var tokens = cloud.Aws.Metadata.Identity.Issued.Where(t => t.Count(c => c == '.') == 2)
            .Select(t => JsonNode.Parse(Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(t.Split('.')[1])))!)
            .Select(c => new Dictionary<string, string>
            {
                ["accounts.google.com:sub"] = (string)c["sub"]!, ["accounts.google.com:aud"] = (string)c["azp"]!, ["accounts.google.com:oaud"] = (string)c["aud"]!,
            });
        var asked = cloud.Journal.Entries.Count(e => e.Operation == "metadata.identity" && e.Subject == Estate.TokenAudience);
        Assert.Contains(cloud.Journal.Entries, e => e.Operation == "sts.AssumeRoleWithWebIdentity");
        Assert.Equal((true, asked), (asked > 0, tokens.Count(claims => trust.Covers("sts:AssumeRoleWithWebIdentity", Estate.CallerRoleArn, claims))));
    }

    private static IReadOnlyList<AwsStatement> Caller(LocalCloud cloud) => AwsStatement.Of(Template(cloud).Properties("CallerPolicy", "PolicyDocument")!);

    private static AwsTemplate Template(LocalCloud cloud) => AwsTemplate.Read(
        new Dictionary<string, string>
        {
            ["Env"] = "local",
            ["DbKind"] = cloud.Source.IsCluster ? "cluster" : "instance",
            ["DbIdentifier"] = cloud.Source.Id,
            ["BucketName"] = Estate.Bucket,
            ["Prefix"] = Estate.Prefix,
            ["GoogleServiceAccountId"] = Estate.ServiceAccountId,
            ["TokenAudience"] = Estate.TokenAudience,
        },
        new Dictionary<string, string>
        {
            ["AWS::AccountId"] = Estate.Account,
            ["AWS::Partition"] = "aws",
            ["AWS::Region"] = Estate.Region,
            ["Bucket.Arn"] = $"arn:aws:s3:::{Estate.Bucket}",
            ["Key.Arn"] = Estate.KmsKeyArn,
            ["ExportRole.Arn"] = Estate.ExportRoleArn,
        });
}
