using Google.Cloud.PubSub.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using RdsBq.Local.Google;

namespace RdsBq.Local.PubSub;

/// <summary>Of google.pubsub.v1.Subscriber what looks at a subscription.</summary>
internal sealed class SubscriberService(Topics topics) : Subscriber.SubscriberBase
{
    /// <summary>What a subscription is given where nobody says otherwise.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(31);

    public override Task<Subscription> GetSubscription(GetSubscriptionRequest request, ServerCallContext context)
    {
        const string problem = "Invalid resource name given. Refer to https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names for more information.";
        var id = Scope.Of(request.Subscription, problem).Ids("subscriptions/*", problem)[0];
        var name = $"projects/{Estate.Project}/subscriptions/{id}";
        foreach (var topic in topics.Names)
        {
            if (topics.SubscriptionsOf(topic)?.FirstOrDefault(s => s.Name == name) is { } found) return Task.FromResult(Show(topic, found));
        }
        throw GoogleError.NotFound($"Resource not found (resource={id}).");
    }

    private static Subscription Show(string topic, TopicSubscription of)
    {
        var push = new PushConfig { PushEndpoint = of.Endpoint?.ToString() ?? "" };
        if (of.Audience is not null) push.OidcToken = new PushConfig.Types.OidcToken { ServiceAccountEmail = Estate.ServiceAccount, Audience = of.Audience };
        return new Subscription
        {
            Name = of.Name,
            Topic = topic,
            PushConfig = push,
            AckDeadlineSeconds = of.AckDeadlineSeconds,
            MessageRetentionDuration = Duration.FromTimeSpan(TimeSpan.FromDays(7)),
            ExpirationPolicy = new ExpirationPolicy { Ttl = Duration.FromTimeSpan(Lifetime) },
            DeadLetterPolicy = of.DeadLetterTopic is null ? null : new DeadLetterPolicy { DeadLetterTopic = of.DeadLetterTopic, MaxDeliveryAttempts = 10 },
            Detached = of.Detached,
        };
    }
}
