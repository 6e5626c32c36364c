using System.Text.Json.Nodes;
using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Infra.Gcp;

/// <summary>bootstrap.sh on a project in which some things are there already, and differ.</summary>
[Collection(GcpRuns.Name)]
public sealed class BootstrapTests(GcpRuns runs)
{
    private const string Project = Scripts.Project;

    [RequiresFact("gcloud", "bq", "jq")]
    public void It_runs() => Assert.True(runs.Bootstrap.Code == 0, runs.Bootstrap.ToString());

    [RequiresFact("gcloud", "bq", "jq")]
    public void A_second_run_changes_nothing()
    {
        Assert.True(runs.BootstrapAgain.Code == 0, runs.BootstrapAgain.ToString());
        Assert.NotEmpty(runs.BootstrapAgain.Calls);
        Assert.Empty(runs.BootstrapAgain.Changes);
        Assert.Contains("Nothing to change.", runs.BootstrapAgain.Output, StringComparison.Ordinal);
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void Every_right_that_anybody_gets()
    {
        string[] understood =
            [$"@{Project}.iam.gserviceaccount.com", $"projects/{Project}/", "locations/asia-northeast1/", "serviceAccount:"];
        var rights = runs.State.Governed
            .SelectMany(thing => runs.State.Policy(thing).Select(r => $"{string.Join('/', thing.Split('/').Skip(1))}: {r}"))
            .Select(r => understood.Aggregate(r, (text, part) => text.Replace(part, "", StringComparison.Ordinal)));
        Assert.Equal("""
            b/my-project-123-rdsbq-build: roles/storage.objectViewer rdsbq-build
            jobs/rdsbq-export: roles/run.developer rdsbq-build
            jobs/rdsbq-export: roles/run.invoker rdsbq-scheduler
            jobs/rdsbq-load: roles/run.developer rdsbq-build
            jobs/rdsbq-load: roles/run.invoker rdsbq-scheduler
            projects/my-project-123: roles/logging.logWriter rdsbq-build
            projects/my-project-123: roles/owner user:admin@example.com
            projects/my-project-123: roles/rdsbq_job rdsbq-job
            projects/my-project-123: roles/rdsbq_notify rdsbq-notify
            projects/my-project-123: roles/rdsbq_schedules rdsbq-build
            repositories/rdsbq: roles/artifactregistry.writer rdsbq-build
            secrets/access_key_id: roles/rdsbq_secret rdsbq-job
            secrets/secret_access_key: roles/rdsbq_secret rdsbq-job
            secrets/slack_token: roles/rdsbq_secret rdsbq-job
            secrets/slack_token: roles/secretmanager.secretAccessor rdsbq-notify
            serviceAccounts/rdsbq-job: roles/iam.serviceAccountUser rdsbq-build
            serviceAccounts/rdsbq-notify: roles/iam.serviceAccountUser rdsbq-build
            serviceAccounts/rdsbq-scheduler: roles/iam.serviceAccountUser rdsbq-build
            services/rdsbq-notify: roles/run.developer rdsbq-build
            services/rdsbq-notify: roles/run.invoker rdsbq-push
            subscriptions/rdsbq-notify: roles/pubsub.subscriber service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com
            subscriptions/rdsbq-notify: roles/rdsbq_subscription rdsbq-job
            topics/rdsbq-dead-letters: roles/pubsub.publisher service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com
            topics/rdsbq-ready: roles/pubsub.publisher rdsbq-job
            topics/rdsbq-ready: roles/pubsub.publisher rdsbq-notify
            topics/rdsbq-transfers: roles/pubsub.publisher service-123456789012@gcp-sa-bigquerydatatransfer.iam.gserviceaccount.com
            topics/rdsbq-transfers: roles/rdsbq_topic rdsbq-job
            """, string.Join('\n', rights.Order(StringComparer.Ordinal)));
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void Every_custom_role_holds_these_permissions_and_no_other()
    {
        var roles = Things("iam/projects/my-project-123/roles/")
            .Select(r => (r.Id, Held: r.Thing["includedPermissions"]!.AsArray().Select(p => $"    {p}").Order(StringComparer.Ordinal)))
            .Select(r => $"{r.Id}:\n{string.Join('\n', r.Held)}");
        Assert.Equal("""
            rdsbq_job:
                bigquery.jobs.create
                bigquery.transfers.get
                bigquery.transfers.update
            rdsbq_job_data:
                bigquery.datasets.get
                bigquery.datasets.getIamPolicy
                bigquery.datasets.setIamPolicy
                bigquery.datasets.update
                bigquery.tables.create
                bigquery.tables.delete
                bigquery.tables.get
                bigquery.tables.getData
                bigquery.tables.list
                bigquery.tables.update
                bigquery.tables.updateData
            rdsbq_notify:
                bigquery.jobs.create
                bigquery.transfers.get
            rdsbq_notify_data:
                bigquery.datasets.get
                bigquery.tables.create
                bigquery.tables.get
                bigquery.tables.getData
                bigquery.tables.list
                bigquery.tables.update
                bigquery.tables.updateData
            rdsbq_schedules:
                cloudscheduler.jobs.create
                cloudscheduler.jobs.get
                cloudscheduler.jobs.list
                cloudscheduler.jobs.update
            rdsbq_secret:
                secretmanager.versions.access
                secretmanager.versions.get
            rdsbq_subscription:
                pubsub.subscriptions.get
            rdsbq_topic:
                pubsub.topics.get
                pubsub.topics.getIamPolicy
                pubsub.topics.setIamPolicy
            """, string.Join('\n', roles));
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void The_apis_are_on_and_both_service_agents_are_there_before_they_are_granted_anything()
    {
        string[] apis =
            ["artifactregistry", "bigquerydatatransfer", "cloudbuild", "cloudscheduler", "monitoring", "pubsub", "run", "secretmanager"];
        var on = Things("serviceusage/projects/my-project-123/services/").Select(t => t.Id.Split('.')[0]);
        Assert.Empty(apis.Except(on));
        var calls = runs.Bootstrap.Calls.Select(c => c.ToString()).ToList();
        foreach (var (agent, topic) in new[] { ("bigquerydatatransfer", "rdsbq-transfers"), ("pubsub", "rdsbq-dead-letters") })
        {
            var made = calls.FindIndex(c => c.EndsWith($"/{agent}.googleapis.com:generateServiceIdentity", StringComparison.Ordinal));
            Assert.InRange(made, 0, calls.FindIndex(c => c.EndsWith($"/{topic}:setIamPolicy", StringComparison.Ordinal)) - 1);
        }
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void The_push_subscription_that_was_there_is_made_what_it_must_be()
    {
        var call = Assert.Single(runs.Bootstrap.Changes, c => c.Path.EndsWith("/subscriptions/rdsbq-notify", StringComparison.Ordinal));
        Assert.Equal("PATCH", call.Method);
        var subscription = runs.State.Things["pubsub/projects/my-project-123/subscriptions/rdsbq-notify"];
        Assert.Equal("projects/my-project-123/topics/rdsbq-transfers", (string?)subscription["topic"]);
        Assert.Equal(600, (int?)subscription["ackDeadlineSeconds"]);
        var push = subscription["pushConfig"]!;
        Assert.Equal("https://rdsbq-notify-abcdef-an.a.run.app/", (string?)push["pushEndpoint"]);
        Assert.Equal($"rdsbq-push@{Project}.iam.gserviceaccount.com", (string?)push["oidcToken"]!["serviceAccountEmail"]);
        Assert.Equal("https://rdsbq-notify-abcdef-an.a.run.app", (string?)push["oidcToken"]!["audience"]);
        Assert.Equal("projects/my-project-123/topics/rdsbq-dead-letters", (string?)subscription["deadLetterPolicy"]!["deadLetterTopic"]);
        Assert.Equal(10, (int?)subscription["deadLetterPolicy"]!["maxDeliveryAttempts"]);
        Assert.Equal("10s", (string?)subscription["retryPolicy"]!["minimumBackoff"]);
        Assert.Equal("600s", (string?)subscription["retryPolicy"]!["maximumBackoff"]);
        // A policy without a time to live: never.
        Assert.Empty(subscription["expirationPolicy"]!.AsObject());
        var dead = runs.State.Things["pubsub/projects/my-project-123/subscriptions/rdsbq-dead-letters"];
        Assert.Equal("projects/my-project-123/topics/rdsbq-dead-letters", (string?)dead["topic"]);
        Assert.Empty(dead["expirationPolicy"]!.AsObject());
        Assert.Equal($"{31 * 86400}s", (string?)dead["messageRetentionDuration"]);
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void The_landing_dataset_is_authorised_for_the_views_and_what_others_have_is_kept()
    {
        var landing = Access("shop_prd_rds_data_landing");
        Assert.Contains(
            """{"dataset":{"dataset":{"projectId":"my-project-123","datasetId":"shop_prd_rds_data"},"targetTypes":["VIEWS"]}}""", landing);
        foreach (var access in new[] { landing, Access("shop_prd_rds_data") })
        {
            foreach (var who in new[] { "job", "notify" })
            {
                var account = $"rdsbq-{who}@{Project}.iam.gserviceaccount.com";
                Assert.Contains($$"""{"role":"projects/{{Project}}/roles/rdsbq_{{who}}_data","userByEmail":"{{account}}"}""", access);
            }
        }
        Assert.Contains("""{"role":"READER","groupByEmail":"readers@example.com"}""", Access("shop_prd_rds_data"));
        var made = runs.State.Things["bigquery/projects/my-project-123/datasets/shop_prd_rds_data_landing"];
        Assert.Equal("asia-northeast1", (string?)made["location"]);
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void Secrets_are_made_without_a_value()
    {
        var secrets = Things("secretmanager/projects/my-project-123/secrets/").Select(s => s.Id);
        Assert.Equal(["access_key_id", "secret_access_key", "slack_token"], secrets);
        Assert.DoesNotContain(runs.Bootstrap.Calls, c => c.Path.Contains(":addVersion", StringComparison.Ordinal));
        Assert.DoesNotContain(runs.Bootstrap.Calls, c => c.Path.Contains(":access", StringComparison.Ordinal));
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void Nobody_is_told_of_by_an_alert_but_the_one_address_and_both_alerts_say_when()
    {
        var channel = Assert.Single(Things("monitoring/projects/my-project-123/notificationChannels/"));
        Assert.Equal("data@example.com", (string?)channel.Thing["labels"]!["email_address"]);
        var policies = Things("monitoring/projects/my-project-123/alertPolicies/")
            .ToDictionary(p => (string)p.Thing["displayName"]!, p => p.Thing);
        Assert.Equal(["rdsbq: ERROR lines", "rdsbq: failed executions"], policies.Keys.Order(StringComparer.Ordinal));
        var name = (string?)channel.Thing["name"];
        Assert.All(policies.Values, p => Assert.Equal(name, (string?)Assert.Single(p["notificationChannels"]!.AsArray())));

        var lines = policies["rdsbq: ERROR lines"];
        var filter = (string)Assert.Single(lines["conditions"]!.AsArray())!["conditionMatchedLog"]!["filter"]!;
        Assert.Equal("""
            severity>=ERROR AND (
              (resource.type="cloud_run_job" AND resource.labels.job_name=("rdsbq-export" OR "rdsbq-load"))
              OR (resource.type="cloud_run_revision" AND resource.labels.service_name="rdsbq-notify"))
            """, filter);
        // Without it the API refuses a condition on log lines.
        Assert.Equal("3600s", (string?)lines["alertStrategy"]!["notificationRateLimit"]!["period"]);

        var failed = policies["rdsbq: failed executions"]["conditions"]!.AsArray().Select(c => c!["conditionThreshold"]!).ToList();
        var thresholds = failed.Select(c => (((string)c["filter"]!).Split('"')[3], (double)c["thresholdValue"]!));
        Assert.Equal([("rdsbq-export", 0.0), ("rdsbq-load", 2.0)], thresholds);
        const string Count = "metric.type = \"run.googleapis.com/job/completed_execution_count\" AND metric.labels.result = \"failed\"";
        Assert.All(failed, c => Assert.EndsWith(Count, (string)c["filter"]!, StringComparison.Ordinal));
    }

    [RequiresFact("gcloud", "bq", "jq")]
    public void The_function_is_not_open_to_everybody_and_nothing_is_deleted()
    {
        var rights = runs.State.Governed.SelectMany(runs.State.Policy).ToList();
        Assert.NotEmpty(rights);
        Assert.DoesNotContain(rights, r => r.Contains(" all", StringComparison.Ordinal));
        Assert.DoesNotContain(runs.Bootstrap.Calls, c => c.Method == "DELETE");
        var bucket = runs.State.Things["storage/b/my-project-123-rdsbq-build"];
        Assert.Equal("enforced", (string?)bucket["iamConfiguration"]!["publicAccessPrevention"]);
        var repository = runs.State.Things["artifactregistry/projects/my-project-123/locations/asia-northeast1/repositories/rdsbq"];
        Assert.Equal("DOCKER", (string?)repository["format"]);
    }

    private IEnumerable<(string Id, JsonObject Thing)> Things(string collection) =>
        from thing in runs.State.Things
        where thing.Key.StartsWith(collection, StringComparison.Ordinal)
        select (thing.Key[collection.Length..], thing.Value);

    private List<string> Access(string dataset) =>
        [.. runs.State.Things[$"bigquery/projects/{Project}/datasets/{dataset}"]["access"]!.AsArray().Select(a => a!.ToJsonString())];
}
