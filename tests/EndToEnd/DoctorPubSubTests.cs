using RdsBq.Local;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary><c>doctor</c>'s looks at topics and subscriptions, answered by Google's own Pub/Sub emulator. It has no policies.</summary>
public sealed class DoctorPubSubTests(DoctorRig rig) : IClassFixture<DoctorRig>
{
    private const string Topic = Estate.NotificationTopic;

    [RequiresFact("pubsub-emulator", "java")]
    public async Task Topics_and_subscriptions_are_seen_as_they_are()
    {
        await using var emulator = await PubSubEmulator.StartAsync();
        rig.Changed["PUBSUB_EMULATOR_HOST"] = emulator.Host;
        var lines = await LookAsync();
        Assert.Equal(("not ok", $"Make it, or correct the setting: gcloud pubsub topics create {Topic}"), (lines["notification topic"].Verdict, lines["notification topic"].Mend));

        await emulator.CreateTopicAsync(Topic);
        lines = await LookAsync();
        Assert.Equal("ok", lines["notification topic"].Verdict);
        Assert.Equal(("not checked", "not checked"), (lines["topic rights"].Verdict, lines["transfer agent"].Verdict));
        Assert.StartsWith($"{Topic} has no subscription", lines["subscription"].What, StringComparison.Ordinal);

        await emulator.SubscribeAsync("projects/local-project/subscriptions/pulled", Topic);
        lines = await LookAsync();
        Assert.Contains("only projects/local-project/subscriptions/pulled (to be pulled)", lines["subscription"].What, StringComparison.Ordinal);

        await emulator.SubscribeAsync("projects/local-project/subscriptions/pushed", Topic, new Uri("http://127.0.0.1:9/topic?token=hidden"));
        lines = await LookAsync();
        Assert.Equal("projects/local-project/subscriptions/pushed pushes without an identity, which a function that is not public refuses", lines["subscription"].What);

        const string dead = "projects/local-project/topics/dead";
        await emulator.CreateTopicAsync(dead);
        await emulator.SubscribeAsync("projects/local-project/subscriptions/right", Topic, new Uri("http://127.0.0.1:9/topic?token=hidden"), "push@local-project.iam.gserviceaccount.com", dead);
        lines = await LookAsync();
        Assert.Equal(
            new DoctorLine(
                "subscription", "ok", $"projects/local-project/subscriptions/right pushes to http://127.0.0.1:9/topic as push@local-project.iam.gserviceaccount.com, waits 600 s, dead letters go to {dead}", null),
            lines["subscription"]);
    }

    private async Task<IReadOnlyDictionary<string, DoctorLine>> LookAsync() => (await rig.LookAsync()).Lines;
}
