using System.Text.Json.Nodes;
using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Infra.Gcp;

/// <summary>deploy.sh and schedule.sh, after bootstrap.sh.</summary>
[Collection(GcpRuns.Name)]
public sealed class DeployTests(GcpRuns runs)
{
    [RequiresTheory("gcloud", "bq", "jq")]
    [InlineData("export")]
    [InlineData("load")]
    public void A_job_runs_its_verb_once_as_the_jobs_account_with_all_settings(string verb)
    {
        Assert.True(runs.Deploy.Code == 0, runs.Deploy.ToString());
        var job = runs.State.Things[$"run/namespaces/my-project-123/jobs/rdsbq-{verb}"];
        var task = job["spec"]!["template"]!["spec"]!["template"]!["spec"]!;
        var container = Assert.Single(task["containers"]!.AsArray())!;
        Assert.Equal(GcpRuns.Image, (string?)container["image"]);
        Assert.Equal("rdsbq", (string?)Assert.Single(container["command"]!.AsArray()));
        Assert.Equal(verb, (string?)Assert.Single(container["args"]!.AsArray()));
        Assert.Equal($"rdsbq-job@{Scripts.Project}.iam.gserviceaccount.com", (string?)task["serviceAccountName"]);
        Assert.Equal(0, (int?)task["maxRetries"]);
        Assert.Equal("1800", task["timeoutSeconds"]!.ToString());
        var settings = Variables(container);
        Assert.Equal("export-id-{env}-{run_time|\"%Y%m%d-%H%M\"}", settings["EXPORT_ID_TEMPLATE"]);
        Assert.Equal("C0123ABCDEF", settings["SLACK_CHANNEL"]);
        Assert.Equal(
            Set().Except(["CLOUD_RUN_REGION", "ALERT_EMAIL"]).Order(StringComparer.Ordinal), settings.Keys.Order(StringComparer.Ordinal));
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void The_function_runs_as_its_own_account_few_at_a_time_as_long_as_the_subscription_waits()
    {
        var revision = runs.State.Things["run/namespaces/my-project-123/services/rdsbq-notify"]["spec"]!["template"]!;
        var container = Assert.Single(revision["spec"]!["containers"]!.AsArray())!;
        Assert.Equal(GcpRuns.Image, (string?)container["image"]);
        Assert.Equal("RdsBq.TransferNotify", (string?)Assert.Single(container["command"]!.AsArray()));
        Assert.Equal($"rdsbq-notify@{Scripts.Project}.iam.gserviceaccount.com", (string?)revision["spec"]!["serviceAccountName"]);
        Assert.Equal("600", revision["spec"]!["timeoutSeconds"]!.ToString());
        Assert.Equal("3", (string?)revision["metadata"]!["annotations"]!["autoscaling.knative.dev/maxScale"]);
        Assert.DoesNotContain("KMS_KEY_ID", Variables(container).Keys);
        Assert.Equal("my-project-123", Variables(container)["GOOGLE_CLOUD_PROJECT"]);
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void A_second_run_of_either_changes_nothing()
    {
        foreach (var run in new[] { runs.DeployAgain, runs.ScheduleAgain })
        {
            Assert.True(run.Code == 0, run.ToString());
            Assert.NotEmpty(run.Calls);
            Assert.Empty(run.Changes);
            Assert.Contains("Nothing to change.", run.Output, StringComparison.Ordinal);
        }
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void A_dry_run_says_the_commands_and_changes_nothing()
    {
        Assert.True(runs.DeployDry.Code == 0, runs.DeployDry.ToString());
        Assert.Empty(runs.DeployDry.Changes);
        Assert.Contains("  $ gcloud run jobs update rdsbq-load --region=asia-northeast1 ", runs.DeployDry.Output, StringComparison.Ordinal);
        Assert.Contains("SLACK_CHANNEL: 'C0123ABCDEF'", runs.DeployDry.Output, StringComparison.Ordinal);
        Assert.Contains("3 commands would be run; nothing has been changed.", runs.DeployDry.Output, StringComparison.Ordinal);
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void Two_entries_start_the_jobs()
    {
        Assert.True(runs.Schedule.Code == 0, runs.Schedule.ToString());
        foreach (var (verb, schedule) in new[] { ("export", "5 3 * * *"), ("load", "*/5 3-16 * * *") })
        {
            var entry = runs.State.Things[$"cloudscheduler/projects/my-project-123/locations/asia-northeast1/jobs/rdsbq-{verb}"];
            Assert.Equal((schedule, "Etc/UTC"), ((string?)entry["schedule"], (string?)entry["timeZone"]));
            var target = entry["httpTarget"]!;
            Assert.Equal(
                $"https://run.googleapis.com/v2/projects/my-project-123/locations/asia-northeast1/jobs/rdsbq-{verb}:run",
                (string?)target["uri"]);
            Assert.Equal("POST", (string?)target["httpMethod"]);
            // Overriding arguments or environment would be another right.
            Assert.Null(target["body"]);
            var account = (string?)target["oauthToken"]!["serviceAccountEmail"];
            Assert.Equal($"rdsbq-scheduler@{Scripts.Project}.iam.gserviceaccount.com", account);
        }
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void Where_a_right_is_missing_it_stops_and_says_which()
    {
        var run = runs.ScheduleRefused;
        Assert.Equal(1, run.Code);
        Assert.Single(run.Calls);
        Assert.Contains("stopped at: Schedules", run.Error, StringComparison.Ordinal);
        Assert.Contains("--role=roles/cloudscheduler.admin", run.Error, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Variables(JsonNode container) =>
        container["env"]!.AsArray().ToDictionary(e => (string)e!["name"]!, e => (string)e!["value"]!, StringComparer.Ordinal);

    private static IEnumerable<string> Set() =>
        GcpRuns.Settings.Split('\n').Where(l => l.Contains('=', StringComparison.Ordinal) && l[0] != '#').Select(l => l.Split('=')[0]);
}
