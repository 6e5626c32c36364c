using System.Text.Json;
using System.Text.Json.Nodes;
using RdsBq.Local.Hosting;
using RdsBq.Local.Iam;
using RdsBq.Local.Metadata;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>AWS's half of <c>doctor</c> against an RDS, STS, S3, KMS and IAM that were not written by us, set up with the AWS CLI.</summary>
public sealed class DoctorMotoTests
{
    /// <summary>What a person would have to make. The last line gives the key's ARN.</summary>
    private const string SetUp =
        """
        set -e
        aws rds create-db-cluster --db-cluster-identifier shop --engine aurora-postgresql --master-username owner --master-user-password correct-horse >/dev/null
        aws rds create-db-cluster-snapshot --db-cluster-identifier shop --db-cluster-snapshot-identifier before-release >/dev/null
        aws s3api create-bucket --bucket rdsbq-exports --create-bucket-configuration LocationConstraint=ap-northeast-1 >/dev/null
        aws s3api put-public-access-block --bucket rdsbq-exports --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
        aws s3api put-bucket-encryption --bucket rdsbq-exports --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms"}}]}'
        aws s3api put-bucket-lifecycle-configuration --bucket rdsbq-exports --lifecycle-configuration '{"Rules":[{"ID":"a","Status":"Enabled","Filter":{"Prefix":"rds/"},"Expiration":{"Days":14}}]}'
        aws iam create-role --role-name rdsbq-export --assume-role-policy-document "$TRUST" >/dev/null
        aws kms create-key --key-usage ENCRYPT_DECRYPT --query KeyMetadata.Arn --output text
        """;

    [RequiresFact("moto_server", "aws")]
    public async Task Every_line_is_the_same_as_against_our_own_cloud_but_for_what_moto_lacks()
    {
        await using var moto = await MotoServer.StartAsync();
        var clock = new LocalClock(TimeProvider.System);
        await using var metadata = await MetadataServer.StartAsync(clock, new Journal(clock), new Faults());
        var address = moto.Address.ToString().TrimEnd('/');
        var key = await ShAsync(SetUp, address);

        var environment = ExportVerbProcess.Settings();
        environment["SNAPSHOT_TYPE"] = "any";
        environment["KMS_KEY_ID"] = key;
        foreach (var service in (string[])["RDS", "STS", "S3", "KMS", "IAM"]) environment[$"AWS_ENDPOINT_URL_{service}"] = address;
        environment["GCE_METADATA_HOST"] = $"{metadata.Address.Host}:{metadata.Address.Port}";
        var found = await DoctorAsync(environment);
        // moto carries a dry run out, which doctor must not take for a yes; and it cuts the snapshot's name at its colon, then has an error of its own.
        Assert.Equal(["kms rights: not checked", "rds start: not checked", "target tables: not checked"], Amiss(found));
        Assert.Contains("as if it was none", found["kms rights"].What, StringComparison.Ordinal);
        Assert.Contains(key, found["kms key"].What, StringComparison.Ordinal);
        Assert.Contains("before-release (manual)", found["rds snapshots"].What, StringComparison.Ordinal);
        Assert.Equal("[]", await ShAsync("aws rds describe-export-tasks --query ExportTasks --output json", address));

        await ShAsync(
            // By its id: moto disables none by its ARN.
            $"set -e; aws kms disable-key --key-id {key.Split('/')[^1]}; aws s3api delete-public-access-block --bucket rdsbq-exports; aws s3api delete-bucket-lifecycle --bucket rdsbq-exports; "
            + "aws iam delete-role --role-name rdsbq-export",
            address);
        Assert.Equal(
            [
                "kms key: not ok", "kms rights: not checked", "bucket public access: not ok", "bucket lifecycle: not ok", "export role: not ok",
                "rds start: not checked", "target tables: not checked",
            ],
            Amiss(await DoctorAsync(environment)));
    }

    private static IEnumerable<string> Amiss(IReadOnlyDictionary<string, DoctorLine> found) =>
        DoctorWorld.Names.Where(n => found[n].Verdict != "ok").Select(n => $"{n}: {found[n].Verdict}");

    private static async Task<IReadOnlyDictionary<string, DoctorLine>> DoctorAsync(IReadOnlyDictionary<string, string?> environment)
    {
        var ended = await ExportVerbProcess.RunAsync(["doctor", "--json"], environment);
        Assert.True(ended.ExitCode is 0 or 1, ended.ToString());
        return JsonNode.Parse(ended.Output)!["checks"].Deserialize<DoctorLine[]>(JsonSerializerOptions.Web)!.ToDictionary(l => l.Check);
    }

    private static async Task<string> ShAsync(string script, string address)
    {
        await using var child = Child.Start("/bin/sh", ["-c", script], new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL"] = address, ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "secret", ["AWS_DEFAULT_REGION"] = "ap-northeast-1",
            ["AWS_REGION"] = "ap-northeast-1", ["AWS_PAGER"] = "", ["TRUST"] = new Roles().Export!.Trust,
            ["AWS_CONFIG_FILE"] = "/nonexistent/config", ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent/credentials",
        });
        var code = await child.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(code == 0, $"{child.Output}{child.Error}");
        return child.Output.Trim();
    }
}
