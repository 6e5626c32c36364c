using System.Text.Json.Nodes;
using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Infra.Gcp;

/// <summary>Every script twice, once for all tests: gcloud takes more than a second a call.</summary>
public sealed class GcpRuns : IAsyncLifetime
{
    public const string Name = "infra/gcp";

    internal const string Image = "asia-northeast1-docker.pkg.dev/my-project-123/rdsbq/rdsbq:1";

    private static readonly string[] Needed = ["bash", "gcloud", "bq", "jq"];

    internal Scripts Scripts { get; private set; } = null!;

    internal ScriptRun Bootstrap { get; private set; } = null!;

    internal ScriptRun BootstrapAgain { get; private set; } = null!;

    internal ScriptRun Deploy { get; private set; } = null!;

    internal ScriptRun DeployAgain { get; private set; } = null!;

    /// <summary>The build's own step, for another image, dry.</summary>
    internal ScriptRun DeployDry { get; private set; } = null!;

    internal ScriptRun Schedule { get; private set; } = null!;

    internal ScriptRun ScheduleAgain { get; private set; } = null!;

    internal ScriptRun ScheduleRefused { get; private set; } = null!;

    /// <summary>cloudbuild.yaml as gcloud reads it.</summary>
    internal ScriptRun Build { get; private set; } = null!;

    internal GoogleState State => Scripts.Google.State;

    /// <summary>The example with what is optional in it.</summary>
    internal static string Settings => Repo.Text("infra/settings.env.example")
        .Replace("#READY_TOPIC=", "READY_TOPIC=", StringComparison.Ordinal)
        .Replace("#SLACK_", "SLACK_", StringComparison.Ordinal)
        .Replace("#EXPORT_ID_TEMPLATE=", "EXPORT_ID_TEMPLATE=", StringComparison.Ordinal)
        .Replace("#ALERT_EMAIL=", "ALERT_EMAIL=data@example.com", StringComparison.Ordinal);

    public async Task InitializeAsync()
    {
        // Where they are absent all tests skip (or fail one by one, where CI is set).
        if (Needed.Any(p => Tools.Find(p) is null)) return;
        Scripts = await Scripts.StartAsync(Settings);
        SeedWithWhatIsOtherwise(State);
        Bootstrap = await Scripts.RunAsync("bootstrap.sh");
        if (Bootstrap.Code != 0) return;
        BootstrapAgain = await Scripts.RunAsync("bootstrap.sh");
        Deploy = await Scripts.RunAsync("deploy.sh", "--image", Image);
        DeployAgain = await Scripts.RunAsync("deploy.sh", "--image", Image);
        Schedule = await Scripts.RunAsync("schedule.sh");
        ScheduleAgain = await Scripts.RunAsync("schedule.sh");
        State.Refuse = "/locations/asia-northeast1/jobs/rdsbq-export";
        ScheduleRefused = await Scripts.RunAsync("schedule.sh");
        State.Refuse = null;
        Build = await Scripts.RunProgramAsync(
            "gcloud", "builds", "submit", "--no-source", "--config=cloudbuild.yaml", "--async", "--region=asia-northeast1",
            $"--project={Scripts.Project}");
        if (Build.Code != 0) return;
        var step = CloudBuildTests.Arguments(Build, "deploy").Skip(1).Where(a => !a.StartsWith("--settings", StringComparison.Ordinal));
        DeployDry = await Scripts.RunAsync("deploy.sh", [.. step, "--dry-run"]);
    }

    public async Task DisposeAsync()
    {
        if (Scripts is not null) await Scripts.DisposeAsync();
    }

    // A project is seldom empty: a role that is too wide, a subscription with the defaults, a dataset with readers, another's binding,
    // an alert of an older release.
    private static void SeedWithWhatIsOtherwise(GoogleState state)
    {
        state.Seed("iam/projects/my-project-123/serviceAccounts/rdsbq-job@my-project-123.iam.gserviceaccount.com",
            """{"email": "rdsbq-job@my-project-123.iam.gserviceaccount.com"}""");
        state.Seed("iam/projects/my-project-123/roles/rdsbq_topic",
            """{"name": "projects/my-project-123/roles/rdsbq_topic", "includedPermissions": ["pubsub.topics.delete"], "etag": "BwY="}""");
        state.Seed(
            "pubsub/projects/my-project-123/topics/rdsbq-transfers", """{"name": "projects/my-project-123/topics/rdsbq-transfers"}""");
        state.Seed("pubsub/projects/my-project-123/subscriptions/rdsbq-notify", """
            {"name": "projects/my-project-123/subscriptions/rdsbq-notify", "topic": "projects/my-project-123/topics/rdsbq-transfers",
             "ackDeadlineSeconds": 10, "pushConfig": {}, "expirationPolicy": {"ttl": "2678400s"}}
            """);
        state.Seed("bigquery/projects/my-project-123/datasets/shop_prd_rds_data", """
            {"kind": "bigquery#dataset", "etag": "e1", "location": "asia-northeast1",
             "datasetReference": {"projectId": "my-project-123", "datasetId": "shop_prd_rds_data"},
             "access": [{"role": "OWNER", "specialGroup": "projectOwners"}, {"role": "READER", "groupByEmail": "readers@example.com"}]}
            """);
        state.Seed("monitoring/projects/my-project-123/alertPolicies/1", """
            {"name": "projects/my-project-123/alertPolicies/1", "displayName": "rdsbq: ERROR lines", "userLabels": {"rdsbq": "c1"}}
            """);
        state.SeedPolicy("cloudresourcemanager/projects/my-project-123", """
            {"version": 1, "etag": "BwY=", "bindings": [{"role": "roles/owner", "members": ["user:admin@example.com"]}]}
            """);
    }
}

[CollectionDefinition(GcpRuns.Name)]
public sealed class GcpRunsDefinition : ICollectionFixture<GcpRuns>;
