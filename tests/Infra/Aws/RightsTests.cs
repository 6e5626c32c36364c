using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Infra.Aws;

/// <summary>Who may do what, and to what: read from the template for clusters and instances, with and without a prefix.</summary>
public sealed partial class RightsTests
{
    /// <summary>Statements may hold a * only in these places, for these reasons.</summary>
    private static readonly Dictionary<string, string> Wildcards = new()
    {
        ["KeyPolicy/AccountDecidesByIam kms:*"] = "AWS's own default: the account's IAM policies decide",
        ["KeyPolicy/AccountDecidesByIam *"] = "in a key policy this is the key itself",
        ["BucketPolicy/TlsOnly s3:*"] = "a Deny is to be wide",
        ["BucketPolicy/TlsOnly arn:aws:s3:::rdsbq-exports/*"] = "all objects of the bucket",
        ["ExportPolicy/WriteObjects s3:PutObject*"] = "RDS guide",
        ["ExportPolicy/WriteObjects s3:GetObject*"] = "RDS guide",
        ["ExportPolicy/WriteObjects s3:DeleteObject*"] = "RDS guide",
        ["ExportPolicy/WriteObjects arn:aws:s3:::rdsbq-exports/rds*"] = "exports, whose keys nobody knows before",
        ["ExportPolicy/UseKey kms:ReEncrypt*"] = "From and To",
        ["ExportPolicy/UseKey kms:GenerateDataKey*"] = "with and without plain text",
        ["CallerPolicy/StartExport arn:aws:rds:ap-northeast-1:123456789012:cluster-snapshot:rds:shop-*"] = "an automated snapshot's name ends with its time",
        ["CallerPolicy/SeeExports *"] = "ids and slots are the account's",
        ["CallerPolicy/SeeSnapshots arn:aws:rds:ap-northeast-1:123456789012:cluster-snapshot:*"] = "names are not known before they are listed",
        ["CallerPolicy/ReadExports arn:aws:s3:::rdsbq-exports/rds*"] = "exports",
        ["ReaderPolicy/ReadExports arn:aws:s3:::rdsbq-exports/rds*"] = "exports",
    };

    [Fact]
    public void Wildcards_stand_only_where_there_is_a_reason()
    {
        var template = Given.Template();
        var found = Policies(template).SelectMany(p => p.Statements.SelectMany(s => s.Actions.Concat(s.Resources).Select(w => (p.Name, s.Sid, Word: w))))
            .Where(w => w.Word.Contains('*', StringComparison.Ordinal)).Select(w => $"{w.Name}/{w.Sid} {w.Word}");
        Assert.Equal(Wildcards.Keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("cluster", "", "rds:shop-2026-04-01-03-04", true)]
    [InlineData("cluster", "", "rds:shop2-2026-04-01-03-04", false)]
    [InlineData("cluster", "", "before-the-move", false)]
    [InlineData("cluster", "before-*", "before-the-move", true)]
    [InlineData("instance", "", "rds:shop-2026-04-01-03-04", true)]
    [InlineData("instance", "before-*", "before-the-move", true)]
    [InlineData("instance", "before-*", "after-the-move", false)]
    public void The_job_exports_snapshots_of_its_own_database_only(string kind, string manual, string snapshot, bool may)
    {
        var caller = Given.Template(("DbKind", kind), ("ManualSnapshots", manual)).Statements("CallerPolicy");
        var (own, other) = kind == "cluster" ? ("cluster-snapshot", "snapshot") : ("snapshot", "cluster-snapshot");
        bool May(string type) => caller.Any(s => s.Covers("rds:StartExportTask", $"arn:aws:rds:{Given.Region}:{Given.Account}:{type}:{snapshot}"));
        Assert.Equal((may, false), (May(own), May(other)));
    }

    [Theory]
    [InlineData("rds", "arn:aws:s3:::rdsbq-exports/rds/export-id-prd-20260401-0304/x", true)]
    [InlineData("rds", "arn:aws:s3:::rdsbq-exports/else", false)]
    [InlineData("", "arn:aws:s3:::rdsbq-exports/export-id-prd-20260401-0304/x", true)]
    [InlineData("", "arn:aws:s3:::rdsbq-exports-of-others/x", false)]
    public void Objects_are_those_under_the_prefix(string prefix, string key, bool may)
    {
        var template = Given.Template(("Prefix", prefix));
        Assert.All(["CallerPolicy", "ReaderPolicy", "ExportPolicy"], p => Assert.Equal(may, template.Statements(p).Any(s => s.Covers("s3:GetObject", key))));
        Assert.All(["CallerPolicy", "ReaderPolicy"], p => Assert.DoesNotContain(template.Statements(p), s => s.Covers("s3:PutObject", key)));
    }

    [Fact]
    public void Grants_on_the_key_can_be_bound_to_rds()
    {
        JsonObject? Of(string value) => Given.Template(("GrantOnlyThroughRds", value)).Statements("CallerPolicy").Single(s => s.Sid == "GrantKeyToExport").Condition;
        Assert.Null(Of("no"));
        Given.AssertSame("""{"StringEquals":{"kms:ViaService":"rds.ap-northeast-1.amazonaws.com"}}""", Of("yes"));
    }

    [Theory]
    [InlineData("112233445566778899001", "112233445566778899001", "https://rdsbq.example/aws", true)]
    [InlineData("998877665544332211009", "998877665544332211009", "https://rdsbq.example/aws", false)]
    [InlineData("998877665544332211009", "112233445566778899001", "https://rdsbq.example/aws", false)]
    [InlineData("112233445566778899001", "998877665544332211009", "https://rdsbq.example/aws", false)]
    [InlineData("112233445566778899001", "112233445566778899001", "https://someone.example", false)]
    [InlineData("112233445566778899001", "https://rdsbq.example/aws", null, false)]
    public void One_service_account_with_one_audience_assumes_the_jobs_role(string sub, string aud, string? oaud, bool may)
    {
        var claims = new Dictionary<string, string> { ["accounts.google.com:sub"] = sub, ["accounts.google.com:aud"] = aud };
        if (oaud is not null) claims["accounts.google.com:oaud"] = oaud;
        var trust = AwsStatement.Of(Given.Template().Properties("CallerRole", "AssumeRolePolicyDocument")!).Single();
        Given.AssertSame("""{"Federated":"accounts.google.com"}""", trust.Principal);
        Assert.Equal(may, trust.Covers("sts:AssumeRoleWithWebIdentity", "", claims));
    }

    [Theory]
    [InlineData("123456789012", "arn:aws:rds:ap-northeast-1:123456789012:cluster-snapshot:rds:shop-2026-04-01-03-04", true)]
    [InlineData("123456789012", "arn:aws:rds:ap-northeast-1:123456789012:export-task:export-id-prd-20260401-0304", true)]
    [InlineData("210987654321", "arn:aws:rds:ap-northeast-1:210987654321:cluster-snapshot:rds:shop-2026-04-01-03-04", false)]
    [InlineData("123456789012", "arn:aws:rds:us-east-1:123456789012:cluster-snapshot:rds:shop-2026-04-01-03-04", false)]
    public void Rds_exports_for_this_account_and_region_only(string account, string source, bool may)
    {
        var trust = AwsStatement.Of(Given.Template().Properties("ExportRole", "AssumeRolePolicyDocument")!).Single();
        Given.AssertSame("""{"Service":"export.rds.amazonaws.com"}""", trust.Principal);
        Assert.Equal(may, trust.Covers("sts:AssumeRole", "", new Dictionary<string, string> { ["aws:SourceAccount"] = account, ["aws:SourceArn"] = source }));
    }

    [Theory]
    [InlineData("ExportPolicy", "export role")]
    [InlineData("CallerPolicy", "caller role")]
    [InlineData("ReaderPolicy", "reader")]
    public void The_readme_says_what_every_right_is_for(string policy, string who)
    {
        var rows = Repo.Text("infra/aws/README.md").Split("| who | may | for |\n")[1].Split("\n\n")[0].Split('\n').Skip(1).Select(r => r.Split('|')).ToList();
        var first = rows.FindIndex(r => r[1].EndsWith($"{who} ", StringComparison.Ordinal));
        var own = rows.Skip(first).TakeWhile((r, i) => i == 0 || r[1].Trim().Length == 0);
        var told = own.SelectMany(r => Right().Matches(r[2]).Select(m => m.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal);
        var granted = ((string[])["cluster", "instance"]).SelectMany(kind => Given.Template(("DbKind", kind)).Statements(policy)).SelectMany(s => s.Actions);
        Assert.Equal(granted.Distinct().Order(StringComparer.Ordinal), told);
    }

    private static IEnumerable<(string Name, IReadOnlyList<AwsStatement> Statements)> Policies(AwsTemplate template) =>
        template.Root["Resources"]!.AsObject().Where(r => r.Value!["Properties"]?["PolicyDocument"] is not null).Select(r => (r.Key, template.Statements(r.Key)))
            .Append(("KeyPolicy", AwsStatement.Of(template.Properties("Key", "KeyPolicy")!)));

    [GeneratedRegex("`([a-z0-9]+:[A-Za-z]+\\*?)`")]
    private static partial Regex Right();
}
