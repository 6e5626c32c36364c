using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Google.Cloud.PubSub.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace RdsBq.Local.Tests.Google;

public sealed class PubSubTests
{
    private const string Topic = RdsBq.Local.Estate.NotificationTopic;
    private const string Subscription = "projects/local-project/subscriptions/rdsbq-push";

    private static readonly string[] BothSpellings = ["attributes", "data", "messageId", "message_id", "publishTime", "publish_time"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_is_pushed_until_it_is_acknowledged(bool grpc)
    {
        await using var rig = await GoogleRig.StartAsync();
        await using var receiver = await Receiver.StartAsync(500, 203, 0, 204);
        rig.Topics.Tokens = audience => $"token-for-{audience}";
        rig.Topics.Subscribe(Topic, Subscription, receiver.Address, "aud");
        using var t = rig.Via(grpc);
        var id = (await PublishAsync(t, Topic)).MessageIds.Single();
        for (var i = 0; i < 300 && rig.Topics.Attempts.Count < 4; i++) await Task.Delay(20);

        Assert.Equal([500, 203, 0, 204], rig.Topics.Attempts.Select(a => a.Status));
        Assert.Equal([false, false, false, true], rig.Topics.Attempts.Select(a => a.Acknowledged));
        Assert.Equal(4, rig.Journal.Entries.Count(e => e.Operation == "pubsub.push" && e.Subject == id));
        var (contentType, authorization, body) = receiver.Received.First();
        Assert.Equal(("application/json", "Bearer token-for-aud"), (contentType, authorization));
        var json = JsonNode.Parse(body)!;
        Assert.Equal(["message", "subscription"], json.AsObject().Select(p => p.Key));
        Assert.Equal(BothSpellings, json["message"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Equal((id, id, Subscription),
            ((string?)json["message"]!["messageId"], (string?)json["message"]!["message_id"], (string?)json["subscription"]));
        Assert.Equal("hello", Encoding.UTF8.GetString(Convert.FromBase64String((string)json["message"]!["data"]!)));
        Assert.Equal("v", (string?)json["message"]!["attributes"]!["k"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string)json["message"]!["publishTime"]!);
    }

    [Fact]
    public async Task Topics_are_created_listed_and_deleted_and_need_no_token()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = new GrpcTransport(rig.Apis.Grpc) { Token = null };
        const string Name = "projects/local-project/topics/another";
        await SendAsync<Topic>(t, "CreateTopic", new Topic { Name = Name });
        await TransferConfigTests.RefusesAsync(StatusCode.AlreadyExists, "another", () =>
            SendAsync<Topic>(t, "CreateTopic", new Topic { Name = Name }));
        await TransferConfigTests.RefusesAsync(StatusCode.InvalidArgument, "topics/t", () =>
            SendAsync<Topic>(t, "CreateTopic", new Topic { Name = "projects/local-project/topics/t" }));
        Assert.Equal(2, (await SendAsync<ListTopicsResponse>(t, "ListTopics",
            new ListTopicsRequest { Project = "projects/local-project" })).Topics.Count);
        await SendAsync<global::Google.Protobuf.WellKnownTypes.Empty>(t, "DeleteTopic", new DeleteTopicRequest { Topic = Name });
        await TransferConfigTests.RefusesAsync(StatusCode.NotFound, "another", () => PublishAsync(t, Name));
    }

    private static Task<PublishResponse> PublishAsync(Transport t, string topic) => SendAsync<PublishResponse>(
        t, "Publish", new PublishRequest
        {
            Topic = topic,
            Messages = { new PubsubMessage { Data = ByteString.CopyFromUtf8("hello"), Attributes = { ["k"] = "v" } } }
        });

    private static Task<T> SendAsync<T>(Transport t, string method, IMessage request)
        where T : class, IMessage<T>, new() =>
        t.SendAsync<T>(Publisher.Descriptor.FindMethodByName(method), request);

    /// <summary>Answers each push with the next status; 0 never answers.</summary>
    private sealed class Receiver(WebApplication app, ConcurrentQueue<(string?, string, string)> received) : IAsyncDisposable
    {
        public Uri Address => new(app.Urls.Single());

        public IReadOnlyCollection<(string? ContentType, string Authorization, string Body)> Received => received;

        public static async Task<Receiver> StartAsync(params int[] statuses)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
            var app = builder.Build();
            var next = new ConcurrentQueue<int>(statuses);
            var received = new ConcurrentQueue<(string?, string, string)>();
            app.Run(async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                received.Enqueue((context.Request.ContentType, context.Request.Headers.Authorization.ToString(),
                    await reader.ReadToEndAsync()));
                context.Response.StatusCode = next.TryDequeue(out var status) ? status : 200;
                if (status == 0)
                {
                    context.Response.StatusCode = 200;
                    await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                }
            });
            await app.StartAsync();
            return new Receiver(app, received);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
