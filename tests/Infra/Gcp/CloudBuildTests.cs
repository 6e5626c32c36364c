using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Infra.Gcp;

/// <summary>cloudbuild.yaml as gcloud reads it: what it does not know in it, it refuses.</summary>
[Collection(GcpRuns.Name)]
public sealed partial class CloudBuildTests(GcpRuns runs)
{
    // Keys of a build and of a step, from the API's messages.
    private static readonly HashSet<string> BuildKeys =
    [
        "steps", "images", "artifacts", "substitutions", "tags", "timeout", "queueTtl", "serviceAccount", "availableSecrets", "logsBucket",
        "options",
    ];

    private static readonly HashSet<string> StepKeys =
    [
        "name", "id", "entrypoint", "args", "env", "secretEnv", "dir", "waitFor", "script", "timeout", "volumes", "allowFailure",
        "allowExitCodes", "automapSubstitutions",
    ];

    [RequiresFact("gcloud", "bq", "jq")]
    public void It_builds_tests_pushes_deploys_and_schedules_in_that_order()
    {
        Assert.True(runs.Build.Code == 0, runs.Build.ToString());
        var build = Body(runs.Build);
        Assert.Empty(build.Select(k => k.Key).Except(BuildKeys));
        Assert.All(Steps(build), s => Assert.Empty(s.Select(k => k.Key).Except(StepKeys)));
        Assert.Equal(["test", "image", "push", "deploy", "schedule"], Steps(build).Select(s => (string)s["id"]!));
        Assert.Equal(".ci/run", Assert.Single(Arguments(runs.Build, "test")));
        var pushed = Arguments(runs.Build, "push")[^1];
        Assert.Contains($"--tag={pushed}", Arguments(runs.Build, "image"));
        Assert.Contains($"--image={pushed}", Arguments(runs.Build, "deploy"));
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void Every_substitution_is_declared_and_used()
    {
        var text = Repo.Text("cloudbuild.yaml");
        var declared = Body(runs.Build)["substitutions"]!.AsObject().Select(s => s.Key).ToList();
        var steps = text[text.IndexOf("\nsteps:", StringComparison.Ordinal)..];
        var used = Substitution().Matches(steps).Select(m => m.Groups[1].Value).Distinct().ToList();
        string[] given = ["PROJECT_ID", "BUILD_ID"];
        Assert.Equal(declared.Concat(given).Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void It_runs_as_the_account_that_bootstrap_makes_and_says_where_its_log_goes()
    {
        var build = Body(runs.Build);
        Assert.Equal(
            $"projects/{Scripts.Project}/serviceAccounts/rdsbq-build@{Scripts.Project}.iam.gserviceaccount.com",
            Substituted(runs.Build, (string)build["serviceAccount"]!));
        Assert.Equal("CLOUD_LOGGING_ONLY", (string?)build["options"]!["logging"]);
        var steps = Steps(build).Select(s => (string?)s["timeout"]).OfType<string>().Sum(t => int.Parse(t.TrimEnd('s')));
        Assert.InRange(int.Parse(((string)build["timeout"]!).TrimEnd('s')), steps, 86400);
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void Its_scripts_are_there_and_its_image_is_of_the_repository_that_bootstrap_makes()
    {
        foreach (var step in new[] { "test", "deploy", "schedule" })
            Assert.True(File.Exists(Path.Combine(Tools.RepoRoot, Arguments(runs.Build, step)[0])), step);
        Assert.StartsWith(GcpRuns.Image[..^1], Arguments(runs.Build, "push")[^1], StringComparison.Ordinal);
        Assert.True(runs.DeployDry.Code == 0, runs.DeployDry.ToString());
    }

    /// <summary>A step's arguments, with the substitutions that the build would put in.</summary>
    internal static List<string> Arguments(ScriptRun run, string step) =>
        [.. Steps(Body(run)).Single(s => (string?)s["id"] == step)["args"]!.AsArray().Select(a => Substituted(run, (string)a!))];

    private static JsonObject Body(ScriptRun run) =>
        run.Calls.Single(c => c.Service == "cloudbuild" && c.Method == "POST").Body!.AsObject();

    private static IEnumerable<JsonObject> Steps(JsonObject build) => build["steps"]!.AsArray().Select(s => s!.AsObject());

    private static string Substituted(ScriptRun run, string text) => Substitution().Replace(text, m => m.Groups[1].Value switch
    {
        "PROJECT_ID" => Scripts.Project,
        "BUILD_ID" => "b1",
        var name => (string)Body(run)["substitutions"]![name]!,
    });

    [GeneratedRegex(@"\$(_?[A-Z]+(?:_[A-Z]+)*)")]
    private static partial Regex Substitution();
}
