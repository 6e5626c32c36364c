using Google.Cloud.PubSub.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using RdsBq.Cloud.Google;
using RdsBq.Cloud.Transfers;
using RdsBq.Core;
using RdsBq.Core.Ready;

namespace RdsBq.Cloud.Topics;

/// <summary>Publishes to one topic of Pub/Sub. https://cloud.google.com/pubsub/docs/reference/rpc/google.pubsub.v1</summary>
public sealed class TopicPublisher : IDisposable
{
    private readonly GrpcChannel channel;
    private readonly Publisher.PublisherClient client;
    private readonly GoogleAuth auth;

    /// <param name="topic">Full name, <c>projects/p/topics/t</c>.</param>
    /// <param name="endpoint">Where it is instead (PUBSUB_EMULATOR_HOST: <c>host:port</c> or a URL), or null.</param>
    public TopicPublisher(string topic, string? endpoint, GoogleAuth auth, HttpMessageHandler? handler = null)
    {
        // Subscribers must expect a message twice anyway, so that Publish may be repeated.
        channel = GoogleChannel.Open("pubsub.googleapis.com", endpoint, "google.pubsub.v1.Publisher", ["Publish"], handler);
        client = new Publisher.PublisherClient(channel);
        this.auth = auth;
        Topic = topic;
    }

    public string Topic { get; }

    public void Dispose() => channel.Dispose();

    /// <returns>The message's id; Pub/Sub has it and will deliver it.</returns>
    /// <exception cref="StopException">It has not, or may not have. 1: a person is needed; 75: the next try may do.</exception>
    public async Task<string> PublishAsync(ReadyMessage message, CancellationToken token)
    {
        var request = new PublishRequest
        {
            Topic = Topic,
            Messages = { new PubsubMessage { Data = ByteString.CopyFromUtf8(message.Body), Attributes = { message.Attributes.ToDictionary() }, OrderingKey = message.OrderingKey } },
        };
        try
        {
            return (await client.PublishAsync(request, await GoogleCalls.WriteAsync(auth, "topic", Topic, token))).MessageIds[0];
        }
        catch (RpcException e) when (!token.IsCancellationRequested)
        {
            throw Stop(e);
        }
    }

    private StopException Stop(RpcException e)
    {
        var said = $"READY_TOPIC {Topic} answered {RpcCode.Name((int)e.StatusCode)}: {e.Status.Detail}";
        if (Patience.IsPassing(e)) return StopException.Passing(said, "Nothing to do: the next load tries again.", e);
        return StopException.ForPerson(said, e.StatusCode switch
        {
            StatusCode.NotFound => $"Create it (gcloud pubsub topics create {Topic}), or correct READY_TOPIC.",
            StatusCode.PermissionDenied or StatusCode.Unauthenticated =>
                $"Let this service account publish: gcloud pubsub topics add-iam-policy-binding {Topic} --member=serviceAccount:… --role=roles/pubsub.publisher",
            _ => $"Mend what it says: gcloud pubsub topics describe {Topic}",
        }, e);
    }
}
