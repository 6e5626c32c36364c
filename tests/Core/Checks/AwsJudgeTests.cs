using System.Text;
using RdsBq.Core.Checks;
using RdsBq.Core.Exports;

namespace RdsBq.Core.Tests.Checks;

public sealed class AwsJudgeTests
{
    private const string Key = "arn:aws:kms:eu-west-1:123456789012:key/one";

    private static readonly ExportPlace Place = new("exp-bucket", "rds");

    [Theory]
    [InlineData("aurora-postgresql", "16.4", true, 7, null, CheckVerdict.Ok, "aurora-postgresql 16.4")]
    [InlineData("aurora-mysql", "5.7.mysql_aurora.2.11.4", true, 7, null, CheckVerdict.Ok, "")]
    [InlineData("mysql", "5.7.44", false, 7, "gp3", CheckVerdict.Ok, "")]
    [InlineData("mysql", "5.6.51", false, 7, "gp3", CheckVerdict.NotOk, "from 5.7 on")]
    [InlineData("mariadb", "10.3.39", false, 7, "gp3", CheckVerdict.NotOk, "from 10.4 on")]
    [InlineData("mariadb", "11.8.2", false, 7, "gp3", CheckVerdict.Ok, "")]
    [InlineData("postgres", "18", false, 7, "gp3", CheckVerdict.Ok, "")]
    [InlineData("oracle-ee", "19.0.0.0", false, 7, "gp3", CheckVerdict.NotOk, "MySQL, MariaDB and PostgreSQL only")]
    [InlineData("sqlserver-se", "15.00", false, 7, "gp3", CheckVerdict.NotOk, "only")]
    [InlineData("custom-mysql", "8.0", false, 7, "gp3", CheckVerdict.NotOk, "only")]
    [InlineData("postgres", "16.4", false, 7, "standard", CheckVerdict.NotOk, "magnetic")]
    [InlineData("postgres", "16.4", false, 0, "gp3", CheckVerdict.NotOk, "no automated backups")]
    [InlineData("postgres", "16.4", false, null, "gp3", CheckVerdict.Ok, "")]
    public void A_database_can_be_exported_or_not(string engine, string version, bool cluster, int? backup, string? storage, CheckVerdict verdict, string words)
    {
        var answer = DatabaseJudge.Of(new DatabaseSeen("shop", cluster, engine, version, "available", backup, storage, null), "automated", "eu-west-1");
        Is(answer, verdict, words);
    }

    [Fact]
    public void Without_backups_manual_snapshots_will_do() =>
        Is(DatabaseJudge.Of(new DatabaseSeen("shop", false, "mysql", "8.4.1", "available", 0, "gp3", null), "manual", "eu-west-1"), CheckVerdict.Ok, "shop");

    [Fact]
    public void An_instance_of_a_cluster_is_exported_as_the_cluster()
    {
        var answer = DatabaseJudge.Of(new DatabaseSeen("shop-1", false, "aurora-mysql", "8.0", "available", 7, "aurora", "shop"), "automated", "eu-west-1");
        Is(answer, CheckVerdict.NotOk, "cluster shop");
        Assert.Contains("DB_CLUSTER_IDENTIFIER to shop", answer.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Enabled", "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "CUSTOMER", CheckVerdict.Ok, null)]
    [InlineData("Disabled", "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "CUSTOMER", CheckVerdict.NotOk, AwsMends.EnableKey)]
    [InlineData("PendingDeletion", "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "CUSTOMER", CheckVerdict.NotOk, $"{AwsMends.KeepKey} && {AwsMends.EnableKey}")]
    [InlineData("PendingImport", "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "CUSTOMER", CheckVerdict.NotOk, "KMS_KEY_ID")]
    [InlineData("Enabled", "RSA_4096", "ENCRYPT_DECRYPT", "CUSTOMER", CheckVerdict.NotOk, "KMS_KEY_ID")]
    [InlineData("Enabled", "SYMMETRIC_DEFAULT", "GENERATE_VERIFY_MAC", "CUSTOMER", CheckVerdict.NotOk, "KMS_KEY_ID")]
    [InlineData("Enabled", "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "AWS", CheckVerdict.NotOk, "KMS_KEY_ID")]
    public void A_key_encrypts_exports_or_not(string state, string spec, string usage, string manager, CheckVerdict verdict, string? mend)
    {
        var answer = KeyJudge.Of(new KeySeen(Key, state, spec, usage, manager));
        Is(answer, verdict, Key);
        if (mend is not null) Assert.Contains(mend, answer.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alias/aws/s3", "is managed by AWS")]
    [InlineData("arn:aws:kms:eu-west-1:123456789012:alias/aws/rds", "is managed by AWS")]
    [InlineData("arn:aws:kms:us-east-1:123456789012:key/one", "is in us-east-1")]
    [InlineData(Key, null)]
    [InlineData("alias/exports", null)]
    [InlineData("1234abcd-12ab-34cd-56ef-1234567890ab", null)]
    public void Some_keys_are_wrong_by_their_names(string keyId, string? words)
    {
        var answer = KeyJudge.OfName(keyId, "eu-west-1");
        Assert.Equal(words is null, answer is null);
        if (answer is not null) Is(answer, CheckVerdict.NotOk, words!);
    }

    [Theory]
    [InlineData("", "us-east-1", CheckVerdict.Ok)]
    [InlineData("EU", "eu-west-1", CheckVerdict.Ok)]
    [InlineData("eu-west-1", "eu-west-1", CheckVerdict.Ok)]
    [InlineData("", "eu-west-1", CheckVerdict.NotOk)]
    [InlineData("eu-central-1", "eu-west-1", CheckVerdict.NotOk)]
    public void A_bucket_is_in_the_region_or_not(string location, string region, CheckVerdict verdict) =>
        Is(BucketJudge.Region("exp-bucket", location, region), verdict, location.Length == 0 ? "us-east-1" : region == "eu-west-1" && location == "EU" ? "eu-west-1" : location);

    [Fact]
    public void A_bucket_is_closed_by_all_four_settings()
    {
        Is(BucketJudge.PublicAccess("exp-bucket", new(true, true, true, true)), CheckVerdict.Ok, "exp-bucket");
        Is(BucketJudge.PublicAccess("exp-bucket", new(true, false, true, false)), CheckVerdict.NotOk, "IgnorePublicAcls, RestrictPublicBuckets");
    }

    [Fact]
    public void A_lifecycle_is_there_or_missing_or_not_to_be_seen()
    {
        Is(BucketJudge.Lifecycle(Place, [new("a", true, "rds/", true, false)]), CheckVerdict.Ok, "exp-bucket");
        var none = BucketJudge.Lifecycle(Place, []);
        Is(none, CheckVerdict.NotOk, "never deleted");
        Assert.StartsWith("aws s3api put-bucket-lifecycle-configuration --bucket exp-bucket", none.Mend, StringComparison.Ordinal);
        Is(BucketJudge.Lifecycle(Place, null), CheckVerdict.NotChecked, "s3:GetLifecycleConfiguration");
    }

    [Theory]
    [InlineData(0, CheckVerdict.Ok, "agrees")]
    [InlineData(1.9, CheckVerdict.Ok, "agrees")]
    [InlineData(20, CheckVerdict.Ok, "20 s behind")]
    [InlineData(300, CheckVerdict.Ok, "5 min behind")]
    [InlineData(301, CheckVerdict.NotOk, "5 min behind")]
    [InlineData(-7200, CheckVerdict.NotOk, "2 h ahead of")]
    public void A_clock_is_good_enough_or_not(double seconds, CheckVerdict verdict, string words) => Is(ClockJudge.Of(TimeSpan.FromSeconds(seconds)), verdict, words);

    [Theory]
    [InlineData("""{"sub":"112233445566778899001","azp":"112233445566778899001","aud":"https://a.example"}""", "sub 112233445566778899001, azp 112233445566778899001, aud https://a.example")]
    [InlineData("""{"sub":"1","aud":["a","b"]}""", "sub 1, azp (none), aud (none)")]
    public void A_token_says_whose_it_is(string payload, string said)
    {
        var token = $"head.{Convert.ToBase64String(Encoding.UTF8.GetBytes(payload)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.signature";
        Assert.Equal(said, IdTokenClaims.Read(token)?.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.!!.c")]
    [InlineData("a.bnVsbA.c")]
    [InlineData("a.e30x.c")]
    public void What_is_no_token_says_nothing(string token) => Assert.Null(IdTokenClaims.Read(token));

    [Theory]
    [InlineData("arn:aws:sts::123456789012:assumed-role/caller/rdsbq-prd", true, "arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:rds:shop-1970-01-01-00-00")]
    [InlineData("arn:aws-cn:iam::123456789012:user/me", false, "arn:aws-cn:rds:eu-west-1:123456789012:snapshot:rds:shop-1970-01-01-00-00")]
    public void The_snapshot_that_is_asked_for_is_one_of_1970_of_the_same_database(string me, bool cluster, string arn) =>
        Assert.Equal(arn, StartQuestion.SnapshotArn(new AwsIdentity("123456789012", me), "eu-west-1", "Shop", cluster));

    [Theory]
    [InlineData("DBSnapshotNotFound", CheckVerdict.Ok)]
    [InlineData("DBClusterSnapshotNotFound", CheckVerdict.Ok)]
    [InlineData("InvalidParameterValue", CheckVerdict.NotChecked)]
    [InlineData("ExportTaskAlreadyExists", CheckVerdict.NotChecked)]
    [InlineData("AccessDenied", null)]
    [InlineData("KMSKeyNotAccessible", null)]
    [InlineData("InvalidS3Bucket", null)]
    [InlineData("SomethingNew", null)]
    public void Only_a_snapshot_that_is_not_found_shows_the_right_to_start(string code, CheckVerdict? verdict) =>
        Assert.Equal(verdict, StartQuestion.Of(code, $"[{code}] words")?.Verdict);

    private static void Is(Answer answer, CheckVerdict verdict, string words)
    {
        Assert.True(answer.Verdict == verdict && answer.What.Contains(words, StringComparison.Ordinal), answer.ToString());
        if (verdict == CheckVerdict.NotOk) Assert.NotNull(answer.Mend);
    }
}
