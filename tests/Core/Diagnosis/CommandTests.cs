using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using RdsBq.Core.Checks;
using RdsBq.Core.Diagnosis;
using RdsBq.Tests.Kit;

namespace RdsBq.Core.Tests.Diagnosis;

public sealed partial class CommandTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Tools.RepoRoot, "README.md"));

    private static IReadOnlyList<string> Commands { get; } =
        [.. Diagnoses.Table.Select(r => r.Finding.Command).OfType<string>().Concat(AwsMends.All).Distinct()];

    public static TheoryData<string> Vendors => [.. Commands.Where(c => !c.StartsWith("rdsbq ", StringComparison.Ordinal))];

    [Fact]
    public void Every_command_is_one_line_of_a_program_that_people_have()
    {
        Assert.NotEmpty(Commands);
        Assert.All(Commands, c => Assert.Matches(@"^(aws|gcloud|bq|rdsbq) [^\n]+$", c));
    }

    [Fact]
    public void Commands_and_words_name_only_settings_that_exist()
    {
        var known = Documented().Matches(Readme).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.Contains("KMS_KEY_ID", known);
        Assert.All(Commands, c => Assert.All(Variable().Matches(c), m => Assert.Contains(m.Groups[1].Value, known)));
        var words = Diagnoses.Table.SelectMany(r => Setting().Matches($"{r.Finding.Cause} {r.Finding.Mend}")).Select(m => m.Value);
        Assert.All(words.Where(w => w != "PROJECT_NUMBER"), w => Assert.Contains(w, known));
    }

    [Fact]
    public void Verbs_and_options_of_this_project_are_those_of_the_README()
    {
        var told = Diagnoses.Table.SelectMany(r => Verb().Matches($"{r.Finding.Mend}\n{r.Finding.Command}")).Select(m => m.Value.TrimEnd()).Distinct().ToList();
        Assert.Contains("rdsbq load --retry", told);
        Assert.All(told, verb => Assert.Contains($"`{verb}`", Readme.Replace("` (or no verb)", "`", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public void Pages_are_of_the_vendors() => Assert.All(
        Diagnoses.Table.Select(r => r.Finding.Page).OfType<string>(),
        p => Assert.Matches(@"^https://([a-z.]+\.)?(aws\.amazon\.com|cloud\.google\.com|slack\.com|slack-status\.com)(/|$)", p));

    /// <summary>The vendor's program reads the whole command and makes its call: all else needs an account.</summary>
    [RequiresTheory("aws", "gcloud", "bq")]
    [MemberData(nameof(Vendors))]
    public async Task The_vendor_s_program_understands_the_command(string command)
    {
        using var cloud = new TcpListener(IPAddress.Loopback, 0);
        cloud.Start();
        var root = $"http://127.0.0.1:{((IPEndPoint)cloud.LocalEndpoint).Port}/";
        var config = Directory.CreateTempSubdirectory("rdsbq-commands");
        // bq is the only one of the three that is told by an option alone where its cloud is.
        var elsewhere = command.StartsWith("bq ", StringComparison.Ordinal) ? $"bq --api={root} {command[3..]}" : command;
        var child = Child.Start("/bin/sh", ["-c", elsewhere], Values(root, config.FullName));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));

        var called = cloud.AcceptTcpClientAsync(patience.Token).AsTask();
        var ended = child.WaitAsync(TimeSpan.FromMinutes(3));
        var first = await Task.WhenAny(called, ended);

        await child.DisposeAsync();
        config.Delete(recursive: true);
        Assert.True(first == called, $"{command}\nended without a call:\n{child.Output}{child.Error}");
        (await called).Dispose();
    }

    private static Dictionary<string, string?> Values(string root, string config) => new()
    {
        ["AWS_ENDPOINT_URL"] = root, ["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "none", ["AWS_DEFAULT_REGION"] = "eu-central-1",
        ["AWS_CONFIG_FILE"] = "/nonexistent/config", ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent/credentials", ["AWS_MAX_ATTEMPTS"] = "1",
        ["CLOUDSDK_CONFIG"] = config, ["CLOUDSDK_AUTH_ACCESS_TOKEN"] = "none", ["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1",
        ["CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER"] = root, ["CLOUDSDK_API_ENDPOINT_OVERRIDES_SERVICEUSAGE"] = root,
        ["CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER"] = root,
        ["AWS_REGION"] = "eu-central-1", ["S3_EXPORT_BUCKET_NAME"] = "exp-bucket", ["S3_EXPORT_PREFIX"] = "rds", ["KMS_KEY_ID"] = "alias/export",
        ["S3_EXPORT_IAM_ROLE_ARN"] = "arn:aws:iam::123456789012:role/service/rds-export", ["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/rds-export-caller",
        ["DB_INSTANCE_IDENTIFIER"] = "shop", ["GOOGLE_CLOUD_PROJECT"] = "some-project", ["BIGQUERY_DATASET"] = "shop_prd_rds_data", ["SLACK_TOKEN_SECRET"] = "slack_token",
    };

    [GeneratedRegex("`([A-Z][A-Z0-9_]+)`")]
    private static partial Regex Documented();

    [GeneratedRegex(@"\$\{?([A-Z][A-Z0-9_]*)")]
    private static partial Regex Variable();

    [GeneratedRegex("[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")]
    private static partial Regex Setting();

    [GeneratedRegex(@"rdsbq [a-z]+( --[a-z]+)?")]
    private static partial Regex Verb();
}
