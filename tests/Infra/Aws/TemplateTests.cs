using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Infra.Aws;

/// <summary>infra/aws/template.yaml as it is written: what no emulator keeps, and what a person meets who deploys it.</summary>
public sealed class TemplateTests
{
    private static readonly AwsTemplate Template = Given.Template();

    [RequiresFact("cfn-lint")]
    public async Task Its_own_linter_has_nothing_to_say()
    {
        await using var lint = Child.Start(Tools.Find("cfn-lint")!, ["--include-checks", "I", "--regions", Given.Region, "--", AwsTemplate.Path]);
        var code = await lint.WaitAsync(TimeSpan.FromMinutes(5));
        Assert.True(code == 0 && lint.Output.Length == 0, $"exit {code}\n{lint.Output}\n{lint.Error}");
    }

    [Fact]
    public void The_bucket_is_private_encrypted_with_the_key_and_forgets_exports()
    {
        var bucket = Template.Properties("Bucket")!;
        Given.AssertSame("""{"BlockPublicAcls":true,"BlockPublicPolicy":true,"IgnorePublicAcls":true,"RestrictPublicBuckets":true}""", bucket["PublicAccessBlockConfiguration"]);
        Given.AssertSame("""{"Rules":[{"ObjectOwnership":"BucketOwnerEnforced"}]}""", bucket["OwnershipControls"]);
        Given.AssertSame(
            $$$"""[{"BucketKeyEnabled":true,"ServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"{{{Given.KeyArn}}}"}}]""",
            bucket["BucketEncryption"]!["ServerSideEncryptionConfiguration"]);
        Given.AssertSame(
            """[{"Id":"expire-exports","Status":"Enabled","ExpirationInDays":"14","AbortIncompleteMultipartUpload":{"DaysAfterInitiation":3}}]""",
            bucket["LifecycleConfiguration"]!["Rules"]);
    }

    [Fact]
    public void The_bucket_answers_over_tls_only()
    {
        var only = Given.Statements(Template, "BucketPolicy").Single();
        Assert.Equal(("Deny", "*"), (only.Effect, (string?)only.Principal));
        Assert.Equal(["arn:aws:s3:::rdsbq-exports", "arn:aws:s3:::rdsbq-exports/*"], only.Resources);
        bool Denied(string secure) => only.Covers("s3:GetObject", "arn:aws:s3:::rdsbq-exports/rds/x", new Dictionary<string, string> { ["aws:SecureTransport"] = secure });
        Assert.Equal((true, false), (Denied("false"), Denied("true")));
    }

    [Fact]
    public void The_key_turns_every_year_and_can_be_kept_for_20_days()
    {
        Assert.True((bool)Template.Properties("Key", "EnableKeyRotation")!);
        Assert.Equal(20, (int)Template.Properties("Key", "PendingWindowInDays")!);
        Assert.Equal("alias/rdsbq-prd-shop", (string?)Template.Properties("KeyAlias", "AliasName"));
        // An export that still lies there when the stack goes is gone before its key is.
        Assert.True((int)Template.Root["Parameters"]!["RetentionDays"]!["Default"]! <= 20);
    }

    [Fact]
    public void A_change_of_key_or_bucket_keeps_the_old_one_and_so_does_a_turn_of_the_readers_key()
    {
        string? Policy(string resource, string name) => (string?)Template.Root["Resources"]![resource]![name];
        Assert.All(["Key", "Bucket", "ReaderKey"], r => Assert.Equal("Retain", Policy(r, "UpdateReplacePolicy")));
        Assert.Equal("1", Template.Properties("ReaderKey", "Serial")!.ToString());
    }

    [Fact]
    public void The_readers_key_goes_into_the_secret_and_nowhere_else()
    {
        Given.AssertSame("""{"access_key_id":"AKIAEXAMPLE","secret_access_key":"a/secret+key"}""", JsonNode.Parse((string)Template.Properties("ReaderSecret", "SecretString")!));
        Assert.Single(Regex.Matches(File.ReadAllText(AwsTemplate.Path), "SecretAccessKey"));
        Assert.DoesNotContain("ReaderKey\"", Template.Root["Outputs"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_parameter_says_what_it_is_and_takes_nothing_else()
    {
        foreach (var (name, parameter) in Template.Root["Parameters"]!.AsObject())
        {
            Assert.True(parameter!["Description"] is not null, name);
            Assert.True(parameter["AllowedPattern"] is not null || parameter["AllowedValues"] is not null || parameter["MinValue"] is not null, name);
        }
    }

    [Theory]
    [InlineData("Env", "prd|stg-2", "|PRD|2nd|a_b|a-name-of-more-than-20")]
    [InlineData("DbIdentifier", "shop|shop-db-1", "|Shop|1shop|shop--db|shop-|rds:shop|shop*")]
    [InlineData("ManualSnapshots", "|shop-before-*|awsbackup:job-1", "Shop|a b|arn/x")]
    [InlineData("BucketName", "rdsbq-exports|0ab", "|ab|Exports|a.b.c|-ab|ab-")]
    [InlineData("Prefix", "|rds|rds/prd|a_b.c-d", "/rds|rds/|a//b|rds:prd|rds*|${aws:username}")]
    [InlineData("GoogleServiceAccountId", "112233445566778899001", "|11223344556677889900|1.12E+20|rdsbq@p.iam.gserviceaccount.com")]
    [InlineData("TokenAudience", "https://rdsbq.example/aws|rdsbq", "|https://a b|${aws:username}|*")]
    public void A_parameter_takes_and_refuses(string name, string good, string bad)
    {
        // CloudFormation matches the whole value.
        var pattern = $"^(?:{Template.Root["Parameters"]![name]!["AllowedPattern"]})$";
        Assert.All(good.Split('|'), value => Assert.Matches(pattern, value));
        Assert.All(bad.Split('|').Where(b => b.Length > 0 || !good.StartsWith('|')), value => Assert.DoesNotMatch(pattern, value));
    }

    [Fact]
    public void Outputs_are_settings_of_the_readme_or_say_that_they_are_none()
    {
        var settings = Repo.Text("README.md").Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('`')[1]).ToHashSet();
        var told = Template.Root["Outputs"]!.AsObject().Select(o => (string)o.Value!["Description"]!).ToList();
        Assert.Equal(
            ["S3_EXPORT_BUCKET_NAME", "S3_EXPORT_PREFIX", "S3_EXPORT_IAM_ROLE_ARN", "KMS_KEY_ID", "AWS_REGION", "AWS_ROLE_ARN", "AWS_TOKEN_AUDIENCE"],
            told.Where(settings.Contains));
        Assert.All(told.Where(t => !settings.Contains(t)), t => Assert.StartsWith("not a setting - ", t, StringComparison.Ordinal));
    }
}
