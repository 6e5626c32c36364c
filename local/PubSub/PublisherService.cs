using System.Text.RegularExpressions;
using Google.Cloud.PubSub.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using RdsBq.Local.Google;

namespace RdsBq.Local.PubSub;

/// <summary>google.pubsub.v1.Publisher over <see cref="Topics"/>.</summary>
internal sealed partial class PublisherService(Topics topics) : Publisher.PublisherBase
{
    private const int LargestMessage = 10_000_000;

    public override Task<global::Google.Cloud.PubSub.V1.Topic> CreateTopic(global::Google.Cloud.PubSub.V1.Topic request,
        ServerCallContext context)
    {
        var name = Named(request.Name);
        if (!topics.Create(name))
            throw GoogleError.Of(StatusCode.AlreadyExists, $"Resource already exists in the project (resource={IdOf(name)}).");
        return Task.FromResult(new global::Google.Cloud.PubSub.V1.Topic { Name = name, Labels = { request.Labels } });
    }

    public override Task<global::Google.Cloud.PubSub.V1.Topic> GetTopic(GetTopicRequest request, ServerCallContext context) =>
        Task.FromResult(new global::Google.Cloud.PubSub.V1.Topic { Name = Existing(request.Topic) });

    public override Task<ListTopicsResponse> ListTopics(ListTopicsRequest request, ServerCallContext context)
    {
        _ = Scope.Of(request.Project, "Invalid project name.");
        var (items, next) = Page.Of(topics.Names, request.PageSize, request.PageToken);
        return Task.FromResult(new ListTopicsResponse
        {
            Topics = { items.Select(n =>
            new global::Google.Cloud.PubSub.V1.Topic { Name = n }) }, NextPageToken = next
        });
    }

    public override Task<Empty> DeleteTopic(DeleteTopicRequest request, ServerCallContext context)
    {
        topics.Delete(Existing(request.Topic));
        return Task.FromResult(new Empty());
    }

    public override Task<PublishResponse> Publish(PublishRequest request, ServerCallContext context)
    {
        var name = Existing(request.Topic);
        if (request.Messages.Count is 0 or > 1000)
            throw GoogleError.Invalid("The value for message_count is out of range: 1 to 1000 messages a request.");
        foreach (var message in request.Messages)
        {
            if (message.Data.IsEmpty && message.Attributes.Count == 0)
                throw GoogleError.Invalid("One or more messages in the publish request is empty. Each message must contain either non-empty data, or at least one attribute.");
            if (message.CalculateSize() > LargestMessage)
                throw GoogleError.Invalid($"The value for a message's size is too large: at most {LargestMessage} bytes.");
        }
        var ids = request.Messages.Select(m => topics.Publish(name, m.Data.Memory, m.Attributes, m.OrderingKey)!.Id);
        return Task.FromResult(new PublishResponse { MessageIds = { ids } });
    }

    public override Task<ListTopicSubscriptionsResponse> ListTopicSubscriptions(ListTopicSubscriptionsRequest request, ServerCallContext context)
    {
        var names = topics.SubscriptionsOf(Existing(request.Topic))!.Select(s => s.Name).ToList();
        var (items, next) = Page.Of(names, request.PageSize, request.PageToken);
        return Task.FromResult(new ListTopicSubscriptionsResponse { Subscriptions = { items }, NextPageToken = next });
    }

    private string Existing(string name) =>
        topics.Exists(Named(name)) ? Named(name) : throw GoogleError.NotFound($"Resource not found (resource={IdOf(name)}).");

    /// <summary>Under the project's id, as <see cref="Topics"/> knows it.</summary>
    internal static string Named(string name)
    {
        var problem = $"Invalid resource name given (name={name}). Refer to https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names for more information.";
        var id = Scope.Of(name, problem).Ids("topics/*", problem)[0];
        if (!TopicId().IsMatch(id)) throw GoogleError.Invalid(problem);
        return $"projects/{Estate.Project}/topics/{id}";
    }

    private static string IdOf(string name) => name.Split('/')[^1];

    [GeneratedRegex("^(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}$")]
    private static partial Regex TopicId();
}
