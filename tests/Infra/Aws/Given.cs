using System.Text.Json.Nodes;
using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Infra.Aws;

/// <summary>The template as one team would deploy it.</summary>
internal static class Given
{
    public const string Account = "123456789012";
    public const string Region = "ap-northeast-1";
    public const string KeyArn = $"arn:aws:kms:{Region}:{Account}:key/5f1e7b7e-0f0c-4a53-9a38-0a4d2f0f7c11";

    public static Dictionary<string, string> Parameters { get; } = new()
    {
        ["Env"] = "prd",
        ["DbKind"] = "cluster",
        ["DbIdentifier"] = "shop",
        ["BucketName"] = "rdsbq-exports",
        ["Prefix"] = "rds",
        ["GoogleServiceAccountId"] = "112233445566778899001",
        ["TokenAudience"] = "https://rdsbq.example/aws",
    };

    /// <param name="changed">Parameters over those above.</param>
    public static AwsTemplate Template(params (string Name, string Value)[] changed)
    {
        var parameters = new Dictionary<string, string>(Parameters);
        foreach (var (name, value) in changed) parameters[name] = value;
        return AwsTemplate.Read(parameters, Known(KeyArn, $"arn:aws:iam::{Account}:role/export"));
    }

    /// <summary>What references to resources come to.</summary>
    public static Dictionary<string, string> Known(string keyArn, string exportRoleArn) => new()
    {
        ["AWS::AccountId"] = Account,
        ["AWS::Partition"] = "aws",
        ["AWS::Region"] = Region,
        ["Bucket"] = "rdsbq-exports",
        ["Bucket.Arn"] = "arn:aws:s3:::rdsbq-exports",
        ["Key"] = keyArn.Split('/')[^1],
        ["Key.Arn"] = keyArn,
        ["ExportRole"] = "export",
        ["ExportRole.Arn"] = exportRoleArn,
        ["CallerRole"] = "caller",
        ["Reader"] = "reader",
        ["ReaderKey"] = "AKIAEXAMPLE",
        ["ReaderKey.SecretAccessKey"] = "a/secret+key",
    };

    /// <summary>The statements of one of its policies.</summary>
    public static IReadOnlyList<AwsStatement> Statements(this AwsTemplate template, string policy) =>
        AwsStatement.Of(template.Properties(policy, "PolicyDocument")!);

    public static void AssertSame(string expected, JsonNode? actual) => AssertSame(JsonNode.Parse(expected)!, actual);

    public static void AssertSame(JsonNode expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"expected {expected.ToJsonString()}\nbut was  {actual?.ToJsonString()}");
}
