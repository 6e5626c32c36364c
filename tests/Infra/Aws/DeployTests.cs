using System.Text.Json.Nodes;
using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Infra.Aws;

/// <summary>
/// The README's own commands, by the real AWS CLI, against an AWS that was not written by us. moto makes no bucket policies and secrets from templates, and keeps of
/// a bucket the encryption only, of a key not its window: those are <see cref="TemplateTests"/>' part.
/// </summary>
public sealed class DeployTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private MotoServer? moto;

    public async Task InitializeAsync()
    {
        // Its absence is the tests' business, which then skip or say so.
        if (Tools.Find("moto_server") is not null) moto = await MotoServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (moto is not null) await moto.DisposeAsync();
    }

    [RequiresFact("aws", "moto_server")]
    public async Task What_is_deployed_is_what_the_template_says_and_a_second_deploy_changes_nothing()
    {
        var deploy = Command("cloudformation deploy");
        var deployed = await RunAsync(deploy);
        Assert.True(deployed.Code == 0, deployed.Error);

        var resources = (await AwsAsync("cloudformation", "list-stack-resources", "--stack-name", "rdsbq-prd"))["StackResourceSummaries"]!.AsArray();
        string Physical(string logical) => resources.Single(r => (string?)r!["LogicalResourceId"] == logical)!["PhysicalResourceId"]!.ToString();
        var exportRole = (await AwsAsync("iam", "get-role", "--role-name", Physical("ExportRole")))["Role"]!;
        // moto can't describe a key whose policy came from a template.
        var keyArn = (string)(await AwsAsync("kms", "list-keys"))["Keys"]!.AsArray().Single(k => (string?)k!["KeyId"] == Physical("Key"))!["KeyArn"]!;
        var template = AwsTemplate.Read(Given.Parameters, Given.Known(keyArn, (string)exportRole["Arn"]!));

        await HasTheRolesAsync(template, exportRole, Physical("ExportRole"), Physical("CallerRole"));
        await HasTheReaderAsync(template, Physical("Reader"), Physical("ReaderKey"));
        await HasKeyAndBucketAsync(template, keyArn);

        var again = await RunAsync(deploy);
        // AWS makes a change set without changes, which the CLI passes over; moto refuses to make it, in the words of UpdateStack.
        Assert.Contains("No updates are to be performed", again.Error, StringComparison.Ordinal);
        var after = (await AwsAsync("cloudformation", "list-stack-resources", "--stack-name", "rdsbq-prd"))["StackResourceSummaries"]!;
        Given.AssertSame(resources, after);
    }

    [RequiresFact("aws", "moto_server")]
    public async Task Its_outputs_are_lines_of_settings()
    {
        // moto shows outputs only of stacks that were made without a change set.
        string[] parameters = [.. Given.Parameters.Select(p => $"ParameterKey={p.Key},ParameterValue={p.Value}")];
        await AwsAsync([
            "cloudformation", "create-stack", "--stack-name", "rdsbq-prd", "--template-body", "file://" + AwsTemplate.Path, "--capabilities", "CAPABILITY_IAM",
            "--parameters", .. parameters,
        ]);
        var printed = await RunAsync(Command("Stacks[0].Outputs[?!starts_with"));
        var lines = printed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(7, lines.Length);
        Assert.Equal(["S3_EXPORT_BUCKET_NAME=rdsbq-exports", "S3_EXPORT_PREFIX=rds"], lines[..2]);
        Assert.Matches(@"^S3_EXPORT_IAM_ROLE_ARN=arn:aws:iam::123456789012:role/rdsbq-prd-ExportRole-\w+$", lines[2]);
        Assert.Matches(@"^KMS_KEY_ID=arn:aws:kms:ap-northeast-1:123456789012:key/[0-9a-f-]{36}$", lines[3]);
        Assert.Equal("AWS_REGION=ap-northeast-1", lines[4]);
        Assert.Matches(@"^AWS_ROLE_ARN=arn:aws:iam::123456789012:role/rdsbq-prd-CallerRole-\w+$", lines[5]);
        Assert.Equal("AWS_TOKEN_AUDIENCE=https://rdsbq.example/aws", lines[6]);
    }

    private async Task HasTheRolesAsync(AwsTemplate template, JsonNode exportRole, string export, string caller)
    {
        Given.AssertSame(
            """
            {"Version":"2012-10-17","Statement":[{"Sid":"RdsExportsOfThisAccount","Effect":"Allow","Principal":{"Service":"export.rds.amazonaws.com"},"Action":"sts:AssumeRole",
             "Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"},"ArnLike":{"aws:SourceArn":"arn:aws:rds:ap-northeast-1:123456789012:*"}}}]}
            """,
            exportRole["AssumeRolePolicyDocument"]);
        var callerRole = (await AwsAsync("iam", "get-role", "--role-name", caller))["Role"]!;
        Given.AssertSame(
            """
            {"Version":"2012-10-17","Statement":[{"Sid":"OneServiceAccountOneAudience","Effect":"Allow","Principal":{"Federated":"accounts.google.com"},
             "Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"accounts.google.com:sub":"112233445566778899001",
             "accounts.google.com:aud":"112233445566778899001","accounts.google.com:oaud":"https://rdsbq.example/aws"}}}]}
            """,
            callerRole["AssumeRolePolicyDocument"]);
        await HasPolicyAsync(template, "ExportPolicy", "get-role-policy", "--role-name", export, "--policy-name", "export");
        await HasPolicyAsync(template, "CallerPolicy", "get-role-policy", "--role-name", caller, "--policy-name", "caller");
    }

    private async Task HasTheReaderAsync(AwsTemplate template, string reader, string key)
    {
        await HasPolicyAsync(template, "ReaderPolicy", "get-user-policy", "--user-name", reader, "--policy-name", "reader");
        var keys = (await AwsAsync("iam", "list-access-keys", "--user-name", reader))["AccessKeyMetadata"]!.AsArray();
        Assert.Equal((key, "Active"), ((string?)keys.Single()!["AccessKeyId"], (string?)keys[0]!["Status"]));
        Assert.Empty((await AwsAsync("iam", "list-attached-user-policies", "--user-name", reader))["AttachedPolicies"]!.AsArray());
    }

    private async Task HasKeyAndBucketAsync(AwsTemplate template, string keyArn)
    {
        var id = keyArn.Split('/')[1];
        Assert.True((bool)(await AwsAsync("kms", "get-key-rotation-status", "--key-id", id))["KeyRotationEnabled"]!);
        var policy = (await AwsAsync("kms", "get-key-policy", "--key-id", id, "--policy-name", "default"))["Policy"]!;
        Given.AssertSame(template.Properties("Key", "KeyPolicy")!, policy is JsonValue ? JsonNode.Parse((string)policy!) : policy);
        var aliases = (await AwsAsync("kms", "list-aliases"))["Aliases"]!.AsArray();
        Assert.Equal(id, (string?)aliases.Single(a => (string?)a!["AliasName"] == "alias/rdsbq-prd-shop")!["TargetKeyId"]);
        var encryption = (await AwsAsync("s3api", "get-bucket-encryption", "--bucket", "rdsbq-exports"))["ServerSideEncryptionConfiguration"]!["Rules"]![0]!;
        Given.AssertSame($$"""{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"{{keyArn}}"}""", encryption["ApplyServerSideEncryptionByDefault"]);
    }

    private async Task HasPolicyAsync(AwsTemplate template, string policy, params string[] get)
    {
        var kept = (await AwsAsync(["iam", .. get]))["PolicyDocument"]!;
        // moto leaves a null where AWS::NoValue leaves nothing.
        foreach (var list in kept["Statement"]!.AsArray().Select(s => s!["Resource"]).OfType<JsonArray>())
        {
            while (list.Remove(null))
            {
            }
        }
        Given.AssertSame(template.Properties(policy, "PolicyDocument")!, kept);
    }

    private async Task<JsonNode> AwsAsync(params string[] arguments)
    {
        await using var child = Child.Start(Tools.Find("aws")!, [.. arguments, "--output", "json"], Environment());
        var code = await child.WaitAsync(Limit);
        Assert.True(code == 0, $"aws {string.Join(' ', arguments)}: {child.Error}");
        return JsonNode.Parse(child.Output.Length == 0 ? "{}" : child.Output)!;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string script)
    {
        await using var child = Child.Start("bash", ["-euo", "pipefail", "-c", script], Environment());
        return (await child.WaitAsync(Limit), child.Output, child.Error);
    }

    private Dictionary<string, string?> Environment() => new()
    {
        ["AWS_ENDPOINT_URL"] = moto!.Address.GetLeftPart(UriPartial.Authority),
        ["AWS_ACCESS_KEY_ID"] = "AKIAEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
        ["AWS_DEFAULT_REGION"] = Given.Region,
        ["AWS_CONFIG_FILE"] = "/nonexistent/config",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent/credentials",
        ["AWS_PROFILE"] = null,
        ["AWS_REGION"] = null,
        ["AWS_PAGER"] = "",
        ["NO_PROXY"] = "127.0.0.1",
    };

    /// <summary>The README's block of commands that holds these words.</summary>
    private static string Command(string words) =>
        Repo.Text("infra/aws/README.md").Split("```sh\n").Skip(1).Select(b => b.Split("```")[0]).First(b => b.Contains(words, StringComparison.Ordinal));
}
