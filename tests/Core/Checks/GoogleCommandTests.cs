using RdsBq.Core.Checks;
using RdsBq.Core.Settings;
using RdsBq.Tests.Kit;

namespace RdsBq.Core.Tests.Checks;

/// <summary>The vendor's program reads each command of a mend and makes its call: all else needs an account.</summary>
public sealed class GoogleCommandTests
{
    private const string Topic = "projects/some-project/topics/runs";
    private const string Subscription = "projects/some-project/subscriptions/push";
    private static readonly GoogleCommands Commands = new("some-project", "job@some-project.iam.gserviceaccount.com");
    private static readonly WarehouseSettings Warehouse = new("some-project", "EU", "shop", "shop_landing", PublishAll: true);
    private static readonly SubscriptionSeen Push = new(Subscription, new Uri("https://f.example/"), "push@x", TimeSpan.FromSeconds(10), null, false);

    /// <summary>One mend of each form that there is.</summary>
    private static readonly Answer[] Answers =
    [
        RightsJudge.Judge([], Commands),
        TopicJudge.Rights(Topic, TopicJudge.CreatorRights, [], "roles/pubsub.admin", Commands),
        TopicJudge.Agent(Topic, "42", [], Commands),
        TopicJudge.Agent(Topic, null, [], Commands),
        SubscriptionJudge.Judge(Topic, [], [], Commands),
        SubscriptionJudge.Judge(Topic, [], [Subscription], Commands),
        SubscriptionJudge.Judge(Topic, [Push], [], Commands),
        SubscriptionJudge.Judge(Topic, [Push with { Account = null }], [], Commands),
        DatasetJudge.Views(null, Warehouse, mayCreate: false),
        DatasetJudge.Views(new("shop", "EU", TimeSpan.FromDays(1), []), Warehouse, mayCreate: true),
        DatasetJudge.Authorised(new("shop_landing", "EU", null, []), Warehouse),
        SecretJudge.Key("secret_access_key", "", Commands),
        SlackJudge.Refused("invalid_auth", "slack_token", Commands),
        Answer.NotOk("", $": {Commands.GrantOnSecret("secret_access_key", "roles/secretmanager.secretAccessor")}"),
        Answer.NotOk("", $": {Commands.GrantOnDataset("shop", "roles/bigquery.dataOwner")}"),
        Answer.NotOk("", $": {Commands.Enable("pubsub.googleapis.com")}"),
        Answer.NotOk("", ": gcloud pubsub topics create " + Topic),
    ];

    /// <summary>A command stands last in its mend; several follow one another by <c>&amp;&amp;</c> or <c>|</c>.</summary>
    public static TheoryData<string> All => [.. Answers.SelectMany(a => Of(a.Mend!)).Distinct()];

    [Fact]
    public void Each_mend_ends_in_a_command() => Assert.All(Answers, a => Assert.NotEmpty(Of(a.Mend!)));

    [RequiresTheory("gcloud", "bq")]
    [MemberData(nameof(All))]
    public Task The_vendor_s_program_understands_it(string command) => VendorCommand.AssertUnderstoodAsync(command, ("landing.json", """{"access": []}"""));

    private static IEnumerable<string> Of(string mend)
    {
        var at = new[] { mend.IndexOf("gcloud ", StringComparison.Ordinal), mend.IndexOf("bq ", StringComparison.Ordinal) }.Where(i => i >= 0).DefaultIfEmpty(mend.Length).Min();
        return mend[at..].Split(" && ").SelectMany(c => c.Split(" | ")).Where(c => c.StartsWith("gcloud ", StringComparison.Ordinal) || c.StartsWith("bq ", StringComparison.Ordinal));
    }
}
