using RdsBq.Core.Exports;

namespace RdsBq.Core.Tests.Exports;

public sealed class BucketLifecycleTests
{
    private static readonly LifecycleRule Good = new("r", Enabled: true, "rds/", Expires: true, Narrowed: false);

    public static TheoryData<string, LifecycleRule[], bool> Buckets => new()
    {
        { "a rule for the prefix", [Good], true },
        { "a rule for all", [Good with { Prefix = "" }], true },
        { "a rule for the prefix without its slash", [Good with { Prefix = "rds" }], true },
        { "a second rule", [Good with { Enabled = false }, Good], true },
        { "none", [], false },
        { "disabled", [Good with { Enabled = false }], false },
        { "one that only moves", [Good with { Expires = false }], false },
        { "one for some tags", [Good with { Narrowed = true }], false },
        { "one for another prefix", [Good with { Prefix = "logs/" }], false },
        { "one for a part of the exports", [Good with { Prefix = "rds/export-id-prd-2025" }], false },
    };

    [Theory]
    [MemberData(nameof(Buckets))]
    public void Exports_are_deleted_by_an_enabled_rule_that_is_about_all_of_them(string bucket, LifecycleRule[] rules, bool isWell) =>
        Assert.True(isWell == BucketLifecycle.Problem(new ExportPlace("exports", "rds"), rules) is null, bucket);

    [Fact]
    public void A_bucket_without_rules_is_mended_by_one_command_and_one_with_rules_must_keep_them()
    {
        var place = new ExportPlace("exports", "a b/rds");
        Assert.EndsWith(
            """aws s3api put-bucket-lifecycle-configuration --bucket exports --lifecycle-configuration '{"Rules":[{"ID":"rdsbq-exports","Status":"Enabled","Filter":{"Prefix":"a_b/rds/"},"Expiration":{"Days":14}}]}'""",
            BucketLifecycle.Problem(place, []), StringComparison.Ordinal);
        var problem = BucketLifecycle.Problem(place, [Good with { Prefix = "logs/" }]);
        Assert.Contains("get-bucket-lifecycle-configuration --bucket exports", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("put-bucket", problem, StringComparison.Ordinal);
    }
}
