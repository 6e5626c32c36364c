using RdsBq.Cloud.Topics;
using RdsBq.Core.Checks;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Checking;

/// <summary>How the end of a transfer run reaches the function, and how its readers hear of a published run.</summary>
internal static class TopicChecks
{
    private const string Notification = "notification topic";

    public static IEnumerable<Check> Of(JobSettings settings, GoogleEyes eyes, GoogleSeen seen)
    {
        var topic = settings.NotificationTopic;
        yield return new Check(Notification, GoogleChecks.Access, token => seen.AskAsync(
            Look(topic, "pubsub.topics.get", seen),
            async () =>
            {
                await eyes.Topics.GetAsync(topic, token);
                return Answer.Ok($"{topic} exists");
            },
            token));
        yield return new Check("topic rights", Notification, token => seen.AskAsync(
            Look(topic, "pubsub.topics.get", seen),
            async () => TopicJudge.Rights(
                topic, TopicJudge.CreatorRights, await eyes.Topics.HeldAsync(topic, TopicJudge.CreatorRights, token), "roles/pubsub.admin", seen.Commands),
            token));
        yield return new Check("transfer agent", Notification, token => seen.AskAsync(
            Look(topic, "pubsub.topics.getIamPolicy", seen),
            async () => TopicJudge.Agent(topic, seen.ProjectNumber, await eyes.Topics.PolicyAsync(topic, token), seen.Commands),
            token));
        yield return new Check("subscription", Notification, token => seen.AskAsync(
            // No other verb needs to see them.
            Look(topic, "pubsub.topics.get", seen) with { Needed = false, Give = seen.Commands.GrantOnTopic(topic, "roles/pubsub.viewer") },
            () => SubscriptionsAsync(topic, eyes, seen, token), token));
        if (settings.ReadyTopic is { } ready)
            yield return new Check("ready topic", GoogleChecks.Access, token => seen.AskAsync(Look(ready, TopicJudge.Publish, seen), () => ReadyAsync(ready, eyes, seen, token), token));
    }

    private static async Task<Answer> SubscriptionsAsync(string topic, GoogleEyes eyes, GoogleSeen seen, CancellationToken token)
    {
        var (found, hidden) = (new List<SubscriptionSeen>(), new List<string>());
        foreach (var name in await eyes.Topics.SubscriptionsAsync(topic, token))
        {
            if (await eyes.Topics.SubscriptionAsync(name, token) is { } one) found.Add(one);
            else hidden.Add(name);
        }
        return SubscriptionJudge.Judge(topic, found, hidden, seen.Commands);
    }

    private static async Task<Answer> ReadyAsync(string topic, GoogleEyes eyes, GoogleSeen seen, CancellationToken token)
    {
        string[] asked = [TopicJudge.Publish];
        var held = await eyes.Topics.HeldAsync(topic, asked, token);
        // Of a topic that is not there nobody has any right; who may publish need not be able to see it.
        if (held.Count == 0) await eyes.Topics.GetAsync(topic, token);
        return TopicJudge.Rights(topic, asked, held, "roles/pubsub.publisher", seen.Commands);
    }

    private static GoogleLook Look(string topic, string right, GoogleSeen seen) => new(
        $"Topic {topic}", TopicReader.Host, right, Needed: true,
        seen.Commands.GrantOnTopic(topic, right == TopicJudge.Publish ? "roles/pubsub.publisher" : "roles/pubsub.admin"),
        $"Make it, or correct the setting: gcloud pubsub topics create {topic}");
}
