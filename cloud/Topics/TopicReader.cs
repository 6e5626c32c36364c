using Google.Cloud.Iam.V1;
using Google.Cloud.PubSub.V1;
using Grpc.Core;
using Grpc.Net.Client;
using RdsBq.Cloud.Google;
using RdsBq.Core.Checks;

namespace RdsBq.Cloud.Topics;

/// <summary>
/// Looks at topics of Pub/Sub, their policies and their subscriptions. https://cloud.google.com/pubsub/docs/reference/rpc
/// </summary>
public sealed class TopicReader : IDisposable
{
    public const string Host = "pubsub.googleapis.com";
    private readonly GrpcChannel channel;
    private readonly Publisher.PublisherClient topics;
    private readonly Subscriber.SubscriberClient subscriptions;
    private readonly IAMPolicy.IAMPolicyClient policies;
    private readonly GoogleAuth auth;

    /// <param name="endpoint">Where it is instead (PUBSUB_EMULATOR_HOST: <c>host:port</c> or a URL), or null.</param>
    public TopicReader(string? endpoint, GoogleAuth auth, HttpMessageHandler? handler = null)
    {
        channel = GoogleChannel.Open(Host, endpoint, "google.pubsub.v1.Publisher", ["GetTopic", "ListTopicSubscriptions"], handler);
        topics = new Publisher.PublisherClient(channel);
        subscriptions = new Subscriber.SubscriberClient(channel);
        policies = new IAMPolicy.IAMPolicyClient(channel);
        this.auth = auth;
    }

    public void Dispose() => channel.Dispose();

    /// <exception cref="RpcException">NOT_FOUND where there is none.</exception>
    public async Task GetAsync(string topic, CancellationToken token) =>
        await topics.GetTopicAsync(new GetTopicRequest { Topic = topic }, await GoogleCalls.ReadAsync(auth, "topic", topic, token));

    /// <summary>Those of the permissions on a topic that this service account holds; none where there is no such topic. Takes no right.</summary>
    public async Task<IReadOnlyList<string>> HeldAsync(string topic, IReadOnlyList<string> permissions, CancellationToken token)
    {
        var request = new TestIamPermissionsRequest { Resource = topic, Permissions = { permissions } };
        return (await policies.TestIamPermissionsAsync(request, await GoogleCalls.ReadAsync(auth, "resource", topic, token))).Permissions;
    }

    public async Task<IReadOnlyList<PolicyMember>> PolicyAsync(string topic, CancellationToken token)
    {
        var policy = await policies.GetIamPolicyAsync(new GetIamPolicyRequest { Resource = topic }, await GoogleCalls.ReadAsync(auth, "resource", topic, token));
        return [.. policy.Bindings.SelectMany(b => b.Members.Select(m => new PolicyMember(b.Role, m, b.Condition is not null)))];
    }

    /// <summary>Full names of a topic's subscriptions, all pages, those of other projects too.</summary>
    public async Task<IReadOnlyList<string>> SubscriptionsAsync(string topic, CancellationToken token)
    {
        var names = new List<string>();
        var page = "";
        do
        {
            var request = new ListTopicSubscriptionsRequest { Topic = topic, PageSize = 100, PageToken = page };
            var answer = await topics.ListTopicSubscriptionsAsync(request, await GoogleCalls.ReadAsync(auth, "topic", topic, token));
            names.AddRange(answer.Subscriptions);
            page = answer.NextPageToken;
        }
        while (page.Length > 0);
        return names;
    }

    /// <returns>Null where this service account may not see it, or it has gone in the meantime.</returns>
    public async Task<SubscriptionSeen?> SubscriptionAsync(string name, CancellationToken token)
    {
        try
        {
            var found = await subscriptions.GetSubscriptionAsync(
                new GetSubscriptionRequest { Subscription = name }, await GoogleCalls.ReadAsync(auth, "subscription", name, token));
            var (push, dead) = (found.PushConfig, found.DeadLetterPolicy?.DeadLetterTopic);
            return new SubscriptionSeen(
                found.Name, Uri.TryCreate(push?.PushEndpoint, UriKind.Absolute, out var endpoint) ? endpoint : null,
                push?.OidcToken?.ServiceAccountEmail is { Length: > 0 } account ? account : null,
                TimeSpan.FromSeconds(found.AckDeadlineSeconds), string.IsNullOrEmpty(dead) ? null : dead, found.Detached);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.PermissionDenied or StatusCode.NotFound)
        {
            return null;
        }
    }
}
