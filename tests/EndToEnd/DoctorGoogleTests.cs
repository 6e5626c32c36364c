using System.Text;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary><c>doctor</c> and the Google side of the local cloud: one thing is wrong a case, and its line says so.</summary>
public sealed class DoctorGoogleTests(DoctorRig rig) : IClassFixture<DoctorRig>, IDisposable
{
    private const string Topic = Estate.NotificationTopic;
    private const string Publisher = "roles/pubsub.publisher";

    /// <summary>The checks of this side, in their order.</summary>
    private static readonly string[] Names =
    [
        "google access", "google rights", "bigquery queries", "views dataset", "landing dataset", "landing authorised", "aws key id secret", "aws key secret",
        "slack token secret", "transfer api", "transfer configs", "notification topic", "topic rights", "transfer agent", "subscription", "ready topic", "slack token",
        "slack scopes", "slack channel",
    ];

    private static readonly string Agent = $"serviceAccount:{Estate.TransferAgent}";
    private readonly List<Action> undo = [];

    public void Dispose()
    {
        rig.Cloud.Faults.Clear();
        rig.Changed.Clear();
        foreach (var one in undo) one();
    }

    [Fact]
    public async Task All_is_well_and_nothing_is_changed()
    {
        var (lines, calls) = await rig.LookAsync();
        Assert.Equal(Names, lines.Keys.Intersect(Names));
        Assert.All(Names, n => Assert.True(lines[n].Verdict == "ok", $"{n}: {lines[n]}"));
        Assert.NotEmpty(calls);
        Assert.DoesNotContain(calls, c => c.Mutates);
        Assert.Contains($"project {Estate.Project}, as {Estate.ServiceAccount}", lines["google access"].What, StringComparison.Ordinal);
        Assert.Contains("waits 600 s", lines["subscription"].What, StringComparison.Ordinal);
        Assert.Equal("bot rdsbq of workspace Local", lines["slack token"].What);
        Assert.Equal("channels:history, chat:write, groups:history", lines["slack scopes"].What);
        Assert.DoesNotContain(calls, c => c.Operation.StartsWith("slack.chat", StringComparison.Ordinal));
    }

    [Fact]
    public void The_README_tells_of_each_check_in_this_order()
    {
        var readme = File.ReadAllLines(Path.Combine(Tools.RepoRoot, "README.md"));
        var rows = readme.SkipWhile(l => l != "### Google and Slack").Skip(1).TakeWhile(l => !l.StartsWith('#')).Where(l => l.StartsWith("| `", StringComparison.Ordinal));
        Assert.Equal(Names, rows.SelectMany(r => r.Split('|')[1].Split(',').Select(n => n.Trim(' ', '`'))));
    }

    [Fact]
    public async Task What_is_wrong_ends_it_with_1_and_is_told_on_the_screen_with_its_mend()
    {
        rig.Cloud.Topics.Revoke(Topic, Publisher, Agent);
        undo.Add(() => rig.Cloud.Topics.Grant(Topic, Publisher, Agent));
        var ended = await rig.RunAsync();
        Assert.Equal(1, ended.ExitCode);
        var lines = ended.Output.Split('\n').ToList();
        var at = lines.FindIndex(l => l.StartsWith("not ok       transfer agent: ", StringComparison.Ordinal));
        Assert.True(at >= 0, ended.Output);
        Assert.Equal($"             -> Bind it: gcloud pubsub topics add-iam-policy-binding {Topic} --member={Agent} --role={Publisher}", lines[at + 1]);
    }

    [Theory]
    [InlineData("aws key id secret", "secretmanager.AccessSecretVersion", "access_key_id", "NOT_FOUND", 404, "not ok", "access_key_id (AWS_ACCESS_KEY_ID_SECRET) cannot be read", "gcloud secrets versions list access_key_id")]
    [InlineData("aws key secret", "secretmanager.AccessSecretVersion", "secret_access_key", "PERMISSION_DENIED", 403, "not ok", "secret_access_key (AWS_SECRET_ACCESS_KEY_SECRET)", "roles/secretmanager.secretAccessor")]
    [InlineData("aws key secret", "secretmanager.GetSecretVersion", "secret_access_key", "PERMISSION_DENIED", 403, "not ok", "lacks secretmanager.versions.get", "gcloud secrets add-iam-policy-binding secret_access_key")]
    [InlineData("transfer api", "dts.ListTransferConfigs", "", "PERMISSION_DENIED", 403, "not ok", "lacks bigquery.transfers.get", "--role=roles/bigquery.admin")]
    [InlineData("transfer api", "dts.GetDataSource", "", "PERMISSION_DENIED", 403, "not ok", "bigquerydatatransfer.googleapis.com is switched off", "gcloud services enable bigquerydatatransfer.googleapis.com", "BigQuery Data Transfer API has not been used in project 1 before or it is disabled.")]
    [InlineData("bigquery queries", "bigquery.jobs.query", "", "accessDenied", 403, "not ok", "lacks bigquery.jobs.create", "--role=roles/bigquery.jobUser")]
    [InlineData("landing dataset", "bigquery.datasets.get", "_landing", "accessDenied", 403, "not ok", "lacks bigquery.datasets.get", "GRANT `roles/bigquery.dataOwner` ON SCHEMA")]
    [InlineData("notification topic", "pubsub.GetTopic", "rdsbq-transfer-runs", "NOT_FOUND", 404, "not ok", "does not exist", "gcloud pubsub topics create")]
    [InlineData("topic rights", "pubsub.TestIamPermissions", "rdsbq-transfer-runs", "UNAVAILABLE", 503, "not checked", "UNAVAILABLE", "Run doctor again.")]
    [InlineData("transfer agent", "pubsub.GetIamPolicy", "", "PERMISSION_DENIED", 403, "not ok", "lacks pubsub.topics.getIamPolicy", "--role=roles/pubsub.admin")]
    [InlineData("subscription", "pubsub.ListTopicSubscriptions", "", "PERMISSION_DENIED", 403, "not checked", "to look takes pubsub.topics.get", "--role=roles/pubsub.viewer")]
    [InlineData("subscription", "pubsub.GetSubscription", "", "PERMISSION_DENIED", 403, "not checked", "takes pubsub.subscriptions.get", "--role=roles/pubsub.viewer")]
    [InlineData("google rights", "resourcemanager.TestIamPermissions", "", "PERMISSION_DENIED", 403, "not checked", "cloudresourcemanager.googleapis.com is switched off", "gcloud services enable cloudresourcemanager.googleapis.com", "Cloud Resource Manager API has not been used in project 1 before or it is disabled.")]
    [InlineData("google access", "metadata.token", "", "Forbidden", 403, "not ok", "Google gives no access token", "gcloud auth application-default login")]
    [InlineData("slack token", "slack.auth.test", "", "invalid_auth", 200, "not ok", "(invalid_auth)", "gcloud secrets versions add slack_token")]
    [InlineData("slack token", "slack.auth.test", "", "ratelimited", 429, "not checked", "(ratelimited)", "Run doctor again.")]
    [InlineData("slack channel", "slack.conversations.history", "", "channel_not_found", 200, "not ok", "(channel_not_found)", "Set SLACK_CHANNEL")]
    public async Task A_call_that_is_refused_is_told_in_its_line(
        string check, string operation, string subject, string code, int status, string verdict, string what, string mend, string message = "Refused.") =>
        await TellsAsync(check, verdict, what, mend, () => rig.Cloud.Faults.Add(new Fault(operation, "error", subject, Times: 100, Status: status, Code: code, Message: message)));

    [Theory]
    [InlineData("google rights", "resourcemanager.TestIamPermissions", "answered UNAVAILABLE")]
    [InlineData("notification topic", "pubsub.GetTopic", "answered")]
    [InlineData("slack token", "slack.auth.test", "Slack does not answer")]
    public async Task A_connection_that_is_cut_says_nothing_about_what_is_there(string check, string operation, string what) =>
        await TellsAsync(check, "not checked", what, "run doctor again", () => rig.Cloud.Faults.Add(new Fault(operation, "drop", Times: 100)));

    [Theory]
    [InlineData("google rights", "resourcemanager.TestIamPermissions", "", "bigquery.transfers.update", "lacks bigquery.transfers.update", "--role=roles/bigquery.admin")]
    [InlineData("google rights", "resourcemanager.TestIamPermissions", "", "bigquery.jobs.create", "lacks bigquery.jobs.create", "--role=roles/bigquery.jobUser")]
    [InlineData("topic rights", "pubsub.TestIamPermissions", "rdsbq-transfer-runs", "pubsub.topics.setIamPolicy", "lacks pubsub.topics.setIamPolicy", "--role=roles/pubsub.admin")]
    [InlineData("ready topic", "pubsub.TestIamPermissions", "rdsbq-ready", "pubsub.topics.publish", "lacks pubsub.topics.publish", "--role=roles/pubsub.publisher")]
    public async Task A_right_that_is_missing_is_told_with_the_command_that_gives_it(string check, string operation, string subject, string right, string what, string mend) =>
        await TellsAsync(check, "not ok", what, mend, () => rig.Cloud.Faults.Add(new Fault(operation, "lacks", subject, Times: 100, Code: right)));

    [Theory]
    [InlineData("\n", "is empty")]
    [InlineData("AKIA AAAAAAAAAAAAAAAA", "has a blank or a line end inside")]
    [InlineData("nothing", "does not look like an access key id")]
    [InlineData("ASIAAAAAAAAAAAAAAAAA", "temporary key")]
    [InlineData("0123456789012345678901234567890123456789", "may be swapped")]
    public async Task A_secret_that_holds_something_else_is_told_without_its_value(string value, string what)
    {
        rig.Cloud.Secrets.Add("other_key_id", Encoding.UTF8.GetBytes(value));
        var line = await TellsAsync("aws key id secret", "not ok", what, "gcloud secrets versions add other_key_id", () => rig.Changed["AWS_ACCESS_KEY_ID_SECRET"] = "other_key_id");
        if (value.Trim() is { Length: > 0 } text) Assert.DoesNotContain(text, line.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_end_behind_a_key_is_cut_off_and_told()
    {
        rig.Cloud.Secrets.Add("with_line_end", Encoding.UTF8.GetBytes(rig.Cloud.Estate.ReaderKeyId + "\n"));
        rig.Changed["AWS_ACCESS_KEY_ID_SECRET"] = "with_line_end";
        var (lines, _) = await rig.LookAsync();
        Assert.Equal(new DoctorLine("aws key id secret", "ok", "with_line_end holds an AWS access key id; the blanks or line ends around it are cut off", null), lines["aws key id secret"]);
    }

    [Fact]
    public async Task Datasets_in_another_place_are_told_each()
    {
        rig.Changed["BIGQUERY_LOCATION"] = "EU";
        var (lines, _) = await rig.LookAsync();
        foreach (var (check, dataset) in new[] { ("views dataset", rig.Dataset), ("landing dataset", rig.Landing) })
        {
            Assert.Equal("not ok", lines[check].Verdict);
            Assert.StartsWith($"{dataset} is in asia-northeast1, BIGQUERY_LOCATION is EU", lines[check].What, StringComparison.Ordinal);
        }
        Assert.Equal("not checked", lines["landing authorised"].Verdict);
    }

    [Fact]
    public async Task Datasets_that_are_not_there_are_load_s_to_make_where_it_may()
    {
        rig.Changed["BIGQUERY_DATASET"] = "another";
        var (lines, _) = await rig.LookAsync();
        Assert.Equal(new DoctorLine("views dataset", "ok", "another is not there; load makes it", null), lines["views dataset"]);
        Assert.Equal("not checked", lines["landing authorised"].Verdict);
        Assert.Equal("none yet; load makes them", lines["transfer configs"].What);

        rig.Cloud.Faults.Add(new Fault("resourcemanager.TestIamPermissions", "lacks", Times: 100, Code: "bigquery.datasets.create"));
        (lines, _) = await rig.LookAsync();
        Assert.Equal("ok", lines["google rights"].Verdict);
        Assert.Equal("not ok", lines["landing dataset"].Verdict);
        Assert.Equal("Make it: bq --location=asia-northeast1 mk --dataset --project_id=local-project local-project:another_landing", lines["landing dataset"].Mend);
    }

    [Fact]
    public Task A_landing_dataset_that_the_views_may_not_read_is_told() => TellsAsync("landing authorised", "not ok", "does not let the views", "bq update --source=landing.json", () =>
    {
        rig.ChangeDataset(rig.Landing, d => d["access"]!.AsArray().RemoveAt(d["access"]!.AsArray().Count - 1));
        undo.Add(rig.Authorise);
    });

    [Fact]
    public Task A_dataset_that_lets_its_views_expire_is_told() => TellsAsync("views dataset", "not ok", "7 days after they are made: it would delete the views", "bq update --default_table_expiration=0", () =>
    {
        rig.ChangeDataset(rig.Dataset, d => d["defaultTableExpirationMs"] = "604800000");
        undo.Add(() => rig.ChangeDataset(rig.Dataset, d => d.Remove("defaultTableExpirationMs")));
    });

    [Fact]
    public Task A_config_that_somebody_has_switched_off_is_told() => TellsAsync("transfer configs", "not ok", "1 is switched off (shop-items-transfer)", "rdsbq sync --enable", () =>
    {
        rig.ChangeConfig("shop-items-transfer", c => c.Config.Disabled = true);
        undo.Add(() => rig.ChangeConfig("shop-items-transfer", c => c.Config.Disabled = false));
    });

    [Fact]
    public Task Configs_that_tell_another_topic_are_told() =>
        TellsAsync("transfer configs", "not ok", "3 are not telling", "rdsbq sync", () => rig.Changed["TRANSFER_NOTIFICATION_TOPIC"] = Another(subscribed: true));

    [Fact]
    public Task A_topic_that_nobody_is_subscribed_to_is_told() => TellsAsync(
        "subscription", "not ok", "has no subscription", "gcloud pubsub subscriptions create rdsbq-notify", () => rig.Changed["TRANSFER_NOTIFICATION_TOPIC"] = Another(subscribed: false), "transfer configs");

    [Fact]
    public Task A_ready_topic_that_is_not_there_is_told() => TellsAsync(
        "ready topic", "not ok", "does not exist", "gcloud pubsub topics create projects/local-project/topics/nowhere", () => rig.Changed["READY_TOPIC"] = "projects/local-project/topics/nowhere");

    [Fact]
    public Task A_subscription_to_be_pulled_is_told() => ResubscribedAsync(s => s with { Endpoint = null }, "only projects/local-project/subscriptions/rdsbq-transfer-runs-push (to be pulled)", "infra/gcp/bootstrap.sh");

    [Fact]
    public Task A_detached_subscription_is_told() => ResubscribedAsync(s => s with { Detached = true }, "(detached)", "infra/gcp/bootstrap.sh");

    [Fact]
    public Task A_subscription_that_does_not_wait_is_told() => ResubscribedAsync(s => s with { AckDeadlineSeconds = 10 }, "waits 10 s", "--ack-deadline=600");

    [Fact]
    public Task Pushes_without_an_identity_are_told() => ResubscribedAsync(s => s with { Audience = null }, "without an identity", "--push-auth-service-account=");

    [Fact]
    public Task An_agent_that_may_not_publish_is_told() => TellsAsync("transfer agent", "not ok", "would be heard of", $"--member={Agent}", () =>
    {
        rig.Cloud.Topics.Revoke(Topic, Publisher, Agent);
        // Another project's is no help.
        rig.Cloud.Topics.Grant(Topic, Publisher, "serviceAccount:service-1@gcp-sa-bigquerydatatransfer.iam.gserviceaccount.com");
        undo.Add(() => rig.Cloud.Topics.Grant(Topic, Publisher, Agent));
    });

    [Theory]
    [InlineData("chat:write", "channels:history", "lacks chat:write")]
    [InlineData("channels:history", "chat:write", "lacks channels:history")]
    public async Task A_scope_that_is_missing_is_told(string missing, string left, string what)
    {
        var all = rig.Cloud.Slack.Scopes;
        undo.Add(() => rig.Cloud.Slack.Scopes = all);
        rig.Cloud.Slack.Scopes = [left];
        var (lines, _) = await rig.LookAsync();
        Assert.Equal("not ok", lines["slack scopes"].Verdict);
        Assert.Contains(what, lines["slack scopes"].What, StringComparison.Ordinal);
        Assert.Equal(missing == "chat:write" ? "ok" : "not ok", lines["slack channel"].Verdict);
    }

    [Fact]
    public Task A_channel_that_the_bot_is_not_in_is_told()
    {
        rig.Cloud.Slack.AddForeignChannel("foreign");
        return TellsAsync("slack channel", "not ok", "(not_in_channel)", "/invite", () => rig.Changed["SLACK_CHANNEL"] = "C0LOCAL0002");
    }

    private Task ResubscribedAsync(Func<Local.PubSub.TopicSubscription, Local.PubSub.TopicSubscription> change, string what, string mend) => TellsAsync("subscription", "not ok", what, mend, () =>
    {
        var before = rig.Cloud.Topics.SubscriptionsOf(Topic)!.Single();
        rig.Cloud.Topics.Resubscribe(Topic, change);
        undo.Add(() => rig.Cloud.Topics.Resubscribe(Topic, _ => before));
    });

    private string Another(bool subscribed)
    {
        var topic = $"projects/{Estate.Project}/topics/another-{subscribed}";
        if (!rig.Cloud.Topics.Create(topic)) return topic;
        rig.Cloud.Topics.Grant(topic, Publisher, Agent);
        if (subscribed) rig.Cloud.Topics.Subscribe(topic, $"projects/{Estate.Project}/subscriptions/another", new Uri("https://f.example/"), "https://f.example/");
        return topic;
    }

    /// <summary>Of this side's lines that one alone is not as before, and what needs it.</summary>
    private async Task<DoctorLine> TellsAsync(string check, string verdict, string what, string mend, Action arrange, params string[] others)
    {
        var (before, _) = await rig.LookAsync();
        arrange();
        var (lines, calls) = await rig.LookAsync();
        Assert.True(lines[check].Verdict == verdict, $"{check}: {lines[check]}");
        Assert.Contains(what, lines[check].What, StringComparison.Ordinal);
        Assert.Contains(mend, lines[check].Mend, StringComparison.OrdinalIgnoreCase);
        var different = Names.Where(n => lines[n].Verdict != before[n].Verdict && !lines[n].What.StartsWith("needs \"", StringComparison.Ordinal));
        Assert.Equal([check, .. others], different.Order(StringComparer.Ordinal).OrderBy(n => n != check));
        Assert.DoesNotContain(calls, c => c.Mutates);
        return lines[check];
    }
}
