using RdsBq.Core.Checks;
using RdsBq.Core.Settings;
using RdsBq.Core.Transfers;

namespace RdsBq.Core.Tests.Checks;

/// <summary>What the looks at Google and Slack mean.</summary>
public sealed class GoogleJudgeTests
{
    private const string Topic = "projects/p-123456/topics/runs";
    private const string Agent = "serviceAccount:service-42@gcp-sa-bigquerydatatransfer.iam.gserviceaccount.com";
    private static readonly GoogleCommands Commands = new("p-123456", "job@p-123456.iam.gserviceaccount.com");
    private static readonly WarehouseSettings Warehouse = new("p-123456", "eu", "shop", "shop_landing", PublishAll: true);

    [Theory]
    [InlineData("roles/pubsub.publisher", false, "42", CheckVerdict.Ok)]
    [InlineData("roles/pubsub.admin", false, "42", CheckVerdict.Ok)]
    [InlineData("roles/pubsub.publisher", false, null, CheckVerdict.Ok)]
    [InlineData("roles/pubsub.publisher", true, "42", CheckVerdict.NotChecked)]
    [InlineData("projects/p-123456/roles/theirs", false, "42", CheckVerdict.NotChecked)]
    [InlineData("roles/pubsub.publisher", false, "43", CheckVerdict.NotOk)]
    public void The_agent_may_publish_by_a_role_that_is_known_to_hold_the_right(string role, bool conditional, string? number, CheckVerdict verdict) =>
        Assert.Equal(verdict, TopicJudge.Agent(Topic, number, [new(role, Agent, conditional)], Commands).Verdict);

    [Fact]
    public void Without_the_project_s_number_the_command_asks_for_it()
    {
        var answer = TopicJudge.Agent(Topic, null, [new("roles/pubsub.publisher", "serviceAccount:x@p-123456.iam.gserviceaccount.com", false)], Commands);
        Assert.Equal(CheckVerdict.NotOk, answer.Verdict);
        Assert.Contains("service-$(gcloud projects describe p-123456 --format='value(projectNumber)')@gcp-sa-", answer.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void One_push_subscription_that_fits_is_enough()
    {
        var pull = new SubscriptionSeen("projects/p-123456/subscriptions/a", null, null, TimeSpan.FromSeconds(10), null, false);
        var hasty = pull with { Name = "projects/p-123456/subscriptions/b", Endpoint = new Uri("https://f.example/"), Account = "push@p" };
        var good = hasty with { Name = "projects/p-123456/subscriptions/c", AckDeadline = TimeSpan.FromSeconds(60), Endpoint = new Uri("https://f.example/x?token=y") };
        Assert.Equal(
            Answer.Ok("projects/p-123456/subscriptions/c pushes to https://f.example/x as push@p, waits 60 s, no dead letter topic"),
            SubscriptionJudge.Judge(Topic, [pull, hasty, good], ["projects/p-123456/subscriptions/d"], Commands));
        Assert.Equal(CheckVerdict.NotChecked, SubscriptionJudge.Judge(Topic, [pull, hasty], ["projects/p-123456/subscriptions/d"], Commands).Verdict);
        var answer = SubscriptionJudge.Judge(Topic, [pull, hasty], [], Commands);
        Assert.Equal((CheckVerdict.NotOk, true), (answer.Verdict, answer.What.StartsWith("projects/p-123456/subscriptions/b waits 10 s", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("EU", null, true, CheckVerdict.Ok)]
    [InlineData("eu", null, true, CheckVerdict.Ok)]
    [InlineData("US", null, true, CheckVerdict.NotOk)]
    [InlineData("EU", 7, true, CheckVerdict.NotOk)]
    public void A_dataset_lies_where_the_setting_says_in_any_case_and_deletes_nothing(string location, int? days, bool mayCreate, CheckVerdict verdict)
    {
        var life = days is { } d ? TimeSpan.FromDays(d) : (TimeSpan?)null;
        Assert.Equal(verdict, DatasetJudge.Views(new("shop", location, life, []), Warehouse, mayCreate).Verdict);
        Assert.Equal(verdict, DatasetJudge.Landing(new("shop_landing", location, life, []), Warehouse, mayCreate).Verdict);
    }

    [Theory]
    [InlineData(true, CheckVerdict.Ok)]
    [InlineData(false, CheckVerdict.NotOk)]
    [InlineData(null, CheckVerdict.NotChecked)]
    public void A_dataset_that_is_missing_is_load_s_to_make_where_it_may(bool? mayCreate, CheckVerdict verdict)
    {
        Assert.Equal(verdict, DatasetJudge.Views(null, Warehouse, mayCreate).Verdict);
        Assert.Equal(verdict, DatasetJudge.Landing(null, Warehouse, mayCreate).Verdict);
    }

    [Fact]
    public void Only_the_views_own_dataset_counts_as_authorised()
    {
        Assert.Equal(CheckVerdict.Ok, DatasetJudge.Authorised(new("shop_landing", "EU", null, ["other", "shop"]), Warehouse).Verdict);
        Assert.Equal(CheckVerdict.NotOk, DatasetJudge.Authorised(new("shop_landing", "EU", null, ["shop_2"]), Warehouse).Verdict);
        Assert.Equal(CheckVerdict.NotChecked, DatasetJudge.Authorised(null, Warehouse).Verdict);
    }

    [Theory]
    [InlineData("PERMISSION_DENIED", "x", true, CheckVerdict.NotOk, "Give it: give")]
    [InlineData("PERMISSION_DENIED", "x", false, CheckVerdict.NotChecked, "Give it: give")]
    [InlineData("PERMISSION_DENIED", "x API has not been used in project 42 before or it is disabled.", true, CheckVerdict.NotOk, "gcloud services enable x.googleapis.com --project=p-123456")]
    [InlineData("PERMISSION_DENIED", "SERVICE_DISABLED", false, CheckVerdict.NotChecked, "gcloud services enable x.googleapis.com --project=p-123456")]
    [InlineData("NOT_FOUND", "x", true, CheckVerdict.NotOk, "make")]
    [InlineData("INVALID_ARGUMENT", "x", false, CheckVerdict.NotOk, "make")]
    [InlineData("UNAUTHENTICATED", "", false, CheckVerdict.NotOk, "service account")]
    [InlineData("UNAVAILABLE", "x", true, CheckVerdict.NotChecked, "Run doctor again.")]
    [InlineData("RESOURCE_EXHAUSTED", "x", true, CheckVerdict.NotChecked, "Run doctor again.")]
    public void A_refusal_is_not_ok_where_a_verb_would_meet_it_too(string code, string detail, bool needed, CheckVerdict verdict, string mend)
    {
        var answer = new GoogleLook("Thing", "x.googleapis.com", "x.things.get", needed, "give", "make").Refused(code, detail, Commands);
        Assert.Equal(verdict, answer.Verdict);
        Assert.Contains(mend, answer.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void Configs_of_others_do_not_matter()
    {
        var scope = new ConfigScope("shop_landing", "s3://bucket/rds/", ["shop"]);
        var ours = new ConfigSummary("projects/42/locations/eu/transferConfigs/1", "shop-a-transfer", "shop_landing", "s3://bucket/rds/x", "a", false)
        {
            NotificationTopic = Topic, LoadOptions = LoadOptions.Wanted,
        };
        var theirs = ours with { DisplayName = "theirs", Dataset = "elsewhere", Disabled = true };
        Assert.Equal(Answer.Ok($"1, all on and telling {Topic}"), ConfigJudge.Judge([ours, theirs], scope, Topic));
        var answer = ConfigJudge.Judge([ours, ours with { NotificationTopic = "" }, ours with { LoadOptions = "" }, theirs], scope, Topic);
        Assert.Equal(
            Answer.NotOk($"of 3 1 is not telling {Topic} (shop-a-transfer); 1 is loading with other options (shop-a-transfer)", "Make them right: rdsbq sync"), answer);
        Assert.EndsWith("rdsbq sync --enable", ConfigJudge.Judge([ours with { Disabled = true }], scope, Topic).Mend, StringComparison.Ordinal);
        Assert.Equal(CheckVerdict.Ok, ConfigJudge.Judge([theirs], scope, Topic).Verdict);
    }

    [Theory]
    [InlineData("chat:write,channels:history", CheckVerdict.Ok)]
    [InlineData("chat:write,groups:history,users:read", CheckVerdict.Ok)]
    [InlineData("chat:write", CheckVerdict.NotOk)]
    [InlineData("channels:history", CheckVerdict.NotOk)]
    [InlineData("", CheckVerdict.NotOk)]
    [InlineData(null, CheckVerdict.NotChecked)]
    public void A_bot_writes_and_reads_its_channel(string? scopes, CheckVerdict verdict) =>
        Assert.Equal(verdict, SlackJudge.Scopes(scopes?.Split(',')).Verdict);

    [Theory]
    [InlineData("ratelimited", CheckVerdict.NotChecked)]
    [InlineData("token_revoked", CheckVerdict.NotOk)]
    [InlineData("something_new", CheckVerdict.NotOk)]
    public void What_slack_refuses_is_put_in_words_and_keeps_its_code(string code, CheckVerdict verdict)
    {
        var answer = SlackJudge.Refused(code, "slack_token", Commands);
        Assert.Equal(verdict, answer.Verdict);
        Assert.Contains(code, answer.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xoxb-1-2", CheckVerdict.Ok)]
    [InlineData(" xoxb-1-2\r\n", CheckVerdict.Ok)]
    [InlineData("xoxp-1-2", CheckVerdict.NotOk)]
    [InlineData("xoxb-1\n2", CheckVerdict.NotOk)]
    [InlineData("", CheckVerdict.NotOk)]
    public void A_slack_token_is_a_bot_s(string value, CheckVerdict verdict) => Assert.Equal(verdict, SecretJudge.SlackToken("s", value, Commands).Verdict);
}
