using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Local.Iam;
using RdsBq.Local.Kms;
using RdsBq.Local.S3;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>AWS's half of <c>doctor</c>: everything is ok, then one thing after the other is broken, and exactly the lines change that it breaks.</summary>
public sealed class DoctorAwsTests : IClassFixture<DoctorWorld>
{
    private const string Denied = "AccessDenied";

    private readonly DoctorWorld world;

    public DoctorAwsTests(DoctorWorld world) => this.world = world;

    /// <summary>What is wrong, and the checks that then say something else: <c>-</c> for not ok, <c>?</c> for not checked, with a part of the words and of the mend.</summary>
    private static readonly Dictionary<string, Break> Breaks = new()
    {
        ["no token"] = new(w => w.Fault("metadata.identity", 404, "not found", 10), ["-google token|Google gives no ID token for https://rdsbq.example/aws|gcloud auth", "?*google token"]),
        ["a role that refuses"] = new(
            w => w.Fault("sts.AssumeRoleWithWebIdentity", 403, Denied), ["-aws role|refused Google's ID token|accounts.google.com:oaud", "?*aws role"]),
        ["no right to see the database"] = new(w => w.Fault("rds.DescribeDBClusters", 403, Denied), ["?rds database|AccessDenied|rds:DescribeDBClusters on shop"]),
        ["another database"] = new(
            w => w.Set("DB_CLUSTER_IDENTIFIER", "shopp"), ["-rds database|no database of this name|describe-db-instances", "-rds snapshots|no available|identifier"]),
        ["no snapshot of the kind"] = new(
            w => w.Set("SNAPSHOT_TYPE", "manual"), ["-rds snapshots|shop has no available manual snapshot|set SNAPSHOT_TYPE", "?rds start|no manual snapshot's name|"]),
        ["an old snapshot"] = new(w => w.Set("FRESHNESS", "1h"), ["-rds snapshots|counts as stale|set FRESHNESS"]),
        ["no right to see snapshots"] = new(w => w.Fault("rds.DescribeDBClusterSnapshots", 403, Denied), ["-rds snapshots|AccessDenied|AWS_ROLE_ARN"]),
        ["no right to see export tasks"] = new(
            w => w.Fault("rds.DescribeExportTasks", 403, Denied), ["-rds export tasks|AccessDenied|AWS_ROLE_ARN", "?target tables|needs \"rds export tasks\" to be ok|"]),
        ["no right to start"] = new(w => w.Fault("rds.StartExportTask", 403, Denied), ["-rds start|AccessDenied|AWS_ROLE_ARN"]),
        ["a start that RDS does not understand"] = new(w => w.Fault("rds.StartExportTask", 400, "InvalidParameterValue"), ["?rds start|InvalidParameterValue|rdsbq export"]),
        ["a start that RDS would refuse for the role"] = new(
            w => w.Fault("rds.StartExportTask", 400, "IamRoleMissingPermissions"), [$"-rds start|S3_EXPORT_IAM_ROLE_ARN is {Estate.ExportRoleArn}|export.rds.amazonaws.com"]),
        ["no slot"] = new(w => w.Fault("rds.StartExportTask", 400, "ExportTaskLimitReachedFault"), ["?rds start|export slots|Run doctor again"]),
        ["a disabled key"] = new(w => w.Key(k => k with { State = "Disabled" }), ["-kms key|is disabled|aws kms enable-key", "?kms rights|needs \"kms key\"|"]),
        ["a key that goes"] = new(w => w.Key(k => k with { State = "PendingDeletion" }), ["-kms key|deletion|aws kms cancel-key-deletion", "?kms rights|needs|"]),
        ["a key for signatures"] = new(w => w.Key(k => k with { Spec = "RSA_2048", Usage = "SIGN_VERIFY" }), ["-kms key|RSA_2048|KMS_KEY_ID", "?kms rights|needs|"]),
        ["a key of AWS's"] = new(w => w.Key(k => k with { Manager = "AWS" }), ["-kms key|managed by AWS|KMS_KEY_ID", "?kms rights|needs|"]),
        ["no such key"] = new(w => w.Set("KMS_KEY_ID", Estate.KmsKeyArn[..^1] + "2"), ["-kms key|KMS has no key|KMS_KEY_ID", "?kms rights|needs|"]),
        ["no right to see the key"] = new(w => w.Fault("kms.DescribeKey", 400, "AccessDeniedException"), ["-kms key|AccessDenied|AWS_ROLE_ARN", "?kms rights|needs|"]),
        ["no right to grant"] = new(w => w.Fault("kms.CreateGrant", 400, "AccessDeniedException"), ["-kms rights|AccessDenied|kms:CreateGrant"]),
        ["a bucket elsewhere"] = new(w => w.Cloud.CreateBucket(Estate.Bucket, "us-east-1"), ["-bucket region|is in us-east-1|S3_EXPORT_BUCKET_NAME"]),
        ["no such bucket"] = new(w => w.Set("S3_EXPORT_BUCKET_NAME", "nobodys"),
        [
            "-bucket region|NoSuchBucket|S3_EXPORT_BUCKET_NAME", "-bucket list|NoSuchBucket|S3_EXPORT_BUCKET_NAME", "?bucket encryption|needs|", "?bucket public access|needs|",
            "?bucket lifecycle|needs|", "?target tables|first complete export|rdsbq export",
        ]),
        ["no right to see where the bucket is"] = new(w => w.Fault("s3.GetBucketLocation", 403, Denied), ["?bucket region|AccessDenied|s3:GetBucketLocation"]),
        ["no right to list"] = new(
            w => w.Fault("s3.ListObjectsV2", 403, Denied),
            ["-bucket list|AccessDenied|s3:ListBucket", "?bucket encryption|needs|", "?bucket public access|needs|", "?bucket lifecycle|needs|"]),
        ["no default encryption"] = new(w => w.Bucket("encryption", null), ["-bucket encryption|no default encryption|aws s3api put-bucket-encryption"]),
        ["no right to see the encryption"] = new(w => w.Fault("s3.GetBucketEncryption", 403, Denied), ["?bucket encryption|AccessDenied|s3:GetEncryptionConfiguration"]),
        ["an open bucket"] = new(
            w => w.Bucket("publicAccessBlock", BucketConfiguration.PublicAccessBlock(policies: false)),
            ["-bucket public access|BlockPublicPolicy, RestrictPublicBuckets|aws s3api put-public-access-block"]),
        ["no block"] = new(w => w.Bucket("publicAccessBlock", null), ["-bucket public access|no public access block|aws s3api put-public-access-block"]),
        ["no right to see the block"] = new(w => w.Fault("s3.GetPublicAccessBlock", 403, Denied), ["?bucket public access|AccessDenied|s3:GetBucketPublicAccessBlock"]),
        ["no lifecycle"] = new(w => w.Bucket("lifecycle", null), ["-bucket lifecycle|never deleted|aws s3api put-bucket-lifecycle-configuration"]),
        ["no right to see the lifecycle"] = new(w => w.Fault("s3.GetBucketLifecycleConfiguration", 403, Denied), ["?bucket lifecycle|not checked|s3:GetLifecycleConfiguration"]),
        ["a role of another account"] = new(
            w => w.Set("S3_EXPORT_IAM_ROLE_ARN", Estate.ExportRoleArn.Replace(Estate.Account, "210987654321", StringComparison.Ordinal)),
            ["-export role|of account 210987654321|S3_EXPORT_IAM_ROLE_ARN", "?kms rights|does not know|export role"]),
        ["no export role"] = new(w => w.Cloud.Aws.Roles.Export = null, ["-export role|there is no role|S3_EXPORT_IAM_ROLE_ARN"]),
        ["a role that trusts another account"] = new(w => w.Trust(Roles.ExportTrust("210987654321", Estate.Region)), ["-export role|210987654321|update-assume-role-policy"]),
        ["a role that trusts another region"] = new(w => w.Trust(Roles.ExportTrust(Estate.Account, "us-east-1")), ["-export role|us-east-1|update-assume-role-policy"]),
        ["a role that trusts another service"] = new(
            w => w.Trust(Roles.ExportTrust(Estate.Account, Estate.Region).Replace("export.rds", "rds", StringComparison.Ordinal)),
            ["-export role|does not let export.rds.amazonaws.com|update-assume-role-policy"]),
        ["no right to see the role"] = new(w => w.Fault("iam.GetRole", 403, Denied), [$"?export role|AccessDenied|iam:GetRole on {Estate.ExportRoleArn}"]),
        ["a list with a typing error"] = new(w => w.Targets("ordrs"), ["-target tables|orders|TARGET_TABLES"]),
    };

    public static TheoryData<string> Cases => [.. Breaks.Keys];

    [Fact]
    public async Task Nothing_is_amiss_and_nothing_is_changed()
    {
        var before = world.State();
        var seen = world.Cloud.Journal.Entries.Count;
        var found = await world.DoctorAsync();
        Assert.All(DoctorWorld.Names, name => Assert.True(found[name].Verdict == "ok", found[name].ToString()));
        Assert.Contains($"sub {Estate.ServiceAccountId}", found["google token"].What, StringComparison.Ordinal);
        Assert.Contains($"account {Estate.Account}", found["aws role"].What, StringComparison.Ordinal);
        Assert.Contains("3 tables, by export", found["target tables"].What, StringComparison.Ordinal);

        // One call is refused on purpose; the others read. STS hands out credentials and changes nothing that anybody else sees.
        var calls = world.Cloud.Journal.Entries.Skip(seen).Where(c => c.Operation.Split('.')[0] is "rds" or "s3" or "kms" or "iam" or "sts").ToList();
        var changing = calls.Where(c => c.Mutates && !c.Operation.StartsWith("sts.", StringComparison.Ordinal)).Select(c => (c.Operation, c.Status));
        Assert.Equal([("rds.StartExportTask", 404)], changing);
        Assert.Equal(before, world.State());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_broken_is_told_by_its_own_line(string name)
    {
        var (make, expected) = Breaks[name];
        using var broken = world.Break(make);
        var found = await world.DoctorAsync();

        var told = expected.Select(Expectation.Read).ToList();
        foreach (var one in told.Where(e => e.Name.Length > 0))
        {
            var line = found[one.Name];
            Assert.True(line.Verdict == one.Verdict && line.What.Contains(one.What, StringComparison.Ordinal) && (line.Mend ?? "").Contains(one.Mend, StringComparison.Ordinal), line.ToString());
            if (one.Verdict == "not ok") Assert.NotNull(line.Mend);
        }
        var named = told.Select(e => e.Name).ToHashSet();
        // All that comes after a check on which all depends says so, and everything else is as before.
        var after = told.Find(e => e.AllAfter is not null)?.AllAfter;
        var first = after is null ? int.MaxValue : DoctorWorld.Names.ToList().IndexOf(after);
        foreach (var (other, i) in DoctorWorld.Names.Select((n, i) => (n, i)).Where(o => !named.Contains(o.n)))
            Assert.True(found[other].Verdict == (i > first ? "not checked" : "ok"), $"{other}: {found[other]}");
    }

    [Theory]
    [InlineData(630, "not ok", "10 min behind")]
    [InlineData(-630, "not ok", "10 min ahead of")]
    [InlineData(90, "ok", "1 min behind")]
    public async Task A_wrong_clock_is_told(int behind, string verdict, string words)
    {
        var found = await world.DoctorAsync(new ShiftedTime(TimeSpan.FromSeconds(-behind)));
        Assert.Equal(verdict, found["aws clock"].Verdict);
        Assert.Contains(words, found["aws clock"].What, StringComparison.Ordinal);
    }

    [Fact]
    public void The_README_has_a_row_for_each()
    {
        var table = File.ReadAllText(Path.Combine(Tools.RepoRoot, "README.md")).Split("\n## doctor\n")[1].Split("\n## ")[0];
        var told = table.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).SelectMany(l => l.Split('|')[1].Split('`').Where((_, i) => i % 2 == 1));
        Assert.Equal(DoctorWorld.Names, told.Where(DoctorWorld.Names.Contains));
    }

    internal sealed record Break(Action<DoctorWorld> Make, string[] Expected);

    /// <param name="Name">Empty where it is about all after <paramref name="AllAfter"/>.</param>
    private sealed record Expectation(string Verdict, string Name, string What, string Mend, string? AllAfter)
    {
        public static Expectation Read(string text)
        {
            var verdict = text[0] == '-' ? "not ok" : "not checked";
            if (text[1] == '*') return new(verdict, "", "", "", text[2..]);
            return text[1..].Split('|') is [var name, var what, var mend] ? new(verdict, name, what, mend, null) : throw new ArgumentException(text, nameof(text));
        }
    }

    private sealed class ShiftedTime(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
    }
}
