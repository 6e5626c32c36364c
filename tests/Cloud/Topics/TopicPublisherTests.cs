using System.Text;
using Google.Cloud.PubSub.V1;
using Grpc.Core;
using RdsBq.Cloud.Topics;
using RdsBq.Core;
using RdsBq.Core.Ready;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.Topics;

public sealed class TopicPublisherTests(Tokens tokens) : IClassFixture<Tokens>
{
    private static readonly ReadyMessage Message = new("""{"view":"注文"}""", new Dictionary<string, string> { ["event"] = "published" }, "shop");

    [Fact]
    public async Task A_message_arrives_whole_also_when_the_first_try_meets_a_server_that_is_away()
    {
        await using var google = await GoogleSide.StartAsync();
        using var topic = new TopicPublisher(Estate.ReadyTopic, google.PubSubHost, google.Auth);
        google.Faults.Add(new Fault("pubsub.Publish", "error", Status: 503, Code: "UNAVAILABLE"));
        var id = await topic.PublishAsync(Message, default);
        var there = Assert.Single(google.Topics.Published(Estate.ReadyTopic));
        Assert.Equal((id, Message.Body, "shop"), (there.Id, Encoding.UTF8.GetString(there.Data.Span), there.OrderingKey));
        Assert.Equal(Message.Attributes, there.Attributes);
        Assert.Equal(2, google.Calls("pubsub.Publish"));
    }

    [Fact]
    public async Task The_call_is_routed_by_its_topic()
    {
        using var stub = new GrpcStub(new PublishResponse { MessageIds = { "7" } });
        using var topic = new TopicPublisher(Estate.ReadyTopic, "http://pubsub.test", tokens.Auth, stub);
        Assert.Equal("7", await topic.PublishAsync(Message, default));
        Assert.Equal("topic=projects%2Flocal-project%2Ftopics%2Frdsbq-ready", Assert.Single(stub.Calls).Routing);
        Assert.Equal(Estate.ReadyTopic, PublishRequest.Parser.ParseFrom(stub.Calls[0].Message).Topic);
    }

    [Theory]
    [InlineData(StatusCode.NotFound, StopException.NeedsPerson, "gcloud pubsub topics create projects/local-project/topics/rdsbq-ready")]
    [InlineData(StatusCode.PermissionDenied, StopException.NeedsPerson, "add-iam-policy-binding projects/local-project/topics/rdsbq-ready")]
    [InlineData(StatusCode.Unauthenticated, StopException.NeedsPerson, "roles/pubsub.publisher")]
    [InlineData(StatusCode.InvalidArgument, StopException.NeedsPerson, "gcloud pubsub topics describe")]
    [InlineData(StatusCode.FailedPrecondition, StopException.NeedsPerson, "gcloud pubsub topics describe")]
    [InlineData(StatusCode.ResourceExhausted, StopException.TryAgain, "the next load tries again")]
    [InlineData(StatusCode.Internal, StopException.TryAgain, "the next load tries again")]
    [InlineData(StatusCode.Aborted, StopException.TryAgain, "the next load tries again")]
    public async Task A_refusal_says_who_has_to_do_what(StatusCode status, int exitCode, string mend)
    {
        using var stub = new GrpcStub { Status = status };
        using var topic = new TopicPublisher(Estate.ReadyTopic, "http://pubsub.test", tokens.Auth, stub);
        var e = await Assert.ThrowsAsync<StopException>(() => topic.PublishAsync(Message, default));
        Assert.Equal(exitCode, e.ExitCode);
        Assert.StartsWith($"READY_TOPIC {Estate.ReadyTopic} answered ", e.Message, StringComparison.Ordinal);
        Assert.Contains(mend, e.Mend, StringComparison.Ordinal);
    }
}
