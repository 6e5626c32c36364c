using System.Net;
using CloudNative.CloudEvents;
using Microsoft.Extensions.DependencyInjection;

namespace RdsBq.Sdk.Tests.Functions;

public sealed class EventsTests
{
    private const string Push =
        """
        {"message":{"attributes":{"eventType":"TRANSFER_RUN_FINISHED"},"data":"eyJuYW1lIjoixJMifQ==","messageId":"2070443601311540",
         "message_id":"2070443601311540",
         "publishTime":"2021-02-26T19:13:55.749Z","publish_time":"2021-02-26T19:13:55.749Z","orderingKey":"k"},
         "subscription":"projects/p/subscriptions/s","deliveryAttempt":5}
        """;

    private static readonly (string, string)[] Binary =
    [
        ("ce-specversion", "1.0"), ("ce-id", "77"), ("ce-type", "google.cloud.pubsub.topic.v1.messagePublished"),
        ("ce-source", "//pubsub.googleapis.com/projects/p/topics/t"), ("ce-time", "2021-02-26T19:13:55.749Z"),
        ("ce-colour", "Euro%20%E2%82%AC"),
    ];

    [Fact]
    public async Task A_push_to_the_topics_path_becomes_the_event_that_Eventarc_would_send()
    {
        var inbox = new Inbox();
        await using var host = await Start(inbox);
        Assert.Equal(HttpStatusCode.OK, await host.PostAsync("/projects/p/topics/transfers", Push, "application/json"));

        var (cloudEvent, data) = Assert.Single(inbox.Messages);
        Assert.Equal("2070443601311540", cloudEvent.Id);
        Assert.Equal("google.cloud.pubsub.topic.v1.messagePublished", cloudEvent.Type);
        Assert.Equal("//pubsub.googleapis.com/projects/p/topics/transfers", cloudEvent.Source?.ToString());
        Assert.Equal("transfers", cloudEvent["topic"]);
        Assert.Equal(new DateTimeOffset(2021, 2, 26, 19, 13, 55, 749, TimeSpan.Zero), cloudEvent.Time);
        Assert.Equal("{\"name\":\"ē\"}", data!.Message.TextData);
        Assert.Equal("TRANSFER_RUN_FINISHED", data.Message.Attributes["eventType"]);
        Assert.Equal("2070443601311540", data.Message.MessageId);
        Assert.Equal(cloudEvent.Time, data.Message.PublishTime.ToDateTimeOffset());
        Assert.Equal("k", data.Message.OrderingKey);
        Assert.Equal("projects/p/subscriptions/s", data.Subscription);
        Assert.Equal(0, data.DeliveryAttempt);
    }

    [Fact]
    public async Task A_push_to_any_other_path_names_no_topic_and_warns()
    {
        var inbox = new Inbox();
        await using var host = await Start(inbox);
        Assert.Equal(HttpStatusCode.OK, await host.PostAsync("/", Push, "application/json"));
        var (cloudEvent, _) = Assert.Single(inbox.Messages);
        Assert.Equal("//pubsub.googleapis.com/projects/unknown-project!/topics/unknown-topic!", cloudEvent.Source?.ToString());
        Assert.Equal("unknown-topic!", cloudEvent["topic"]);
        Assert.Contains(host.Logs.Lines, line => line.StartsWith("Warning: Request path", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_Eventarc_delivery_is_read_with_its_double_keys_type_url_and_delivery_attempt()
    {
        var inbox = new Inbox();
        await using var host = await Start(inbox);
        var body = "{\"@type\":\"type.googleapis.com/google.events.cloud.pubsub.v1.MessagePublishedData\",\"colour\":1,"
            + Push.TrimStart()[1..];
        Assert.Equal(HttpStatusCode.OK, await host.PostAsync("/", body, "application/json; charset=utf-8", Binary));
        var (cloudEvent, data) = Assert.Single(inbox.Messages);
        Assert.Equal("77", cloudEvent.Id);
        Assert.Equal("Euro €", cloudEvent["colour"]);
        Assert.Equal("2070443601311540", data!.Message.MessageId);
        Assert.Equal(5, data.DeliveryAttempt);
    }

    [Fact]
    public async Task An_event_without_a_body_has_no_data()
    {
        var inbox = new Inbox();
        await using var host = await Start(inbox);
        Assert.Equal(HttpStatusCode.OK, await host.PostAsync("/", "", "application/json", Binary));
        Assert.Null(Assert.Single(inbox.Messages).Data);
    }

    [Fact]
    public async Task A_structured_event_carries_everything_in_its_body()
    {
        var inbox = new Inbox();
        await using var host = await Start(inbox);
        Assert.Equal(HttpStatusCode.OK, await host.PostAsync("/", Structured(Push), "application/cloudevents+json; charset=utf-8"));
        var (cloudEvent, data) = Assert.Single(inbox.Messages);
        Assert.Equal("88", cloudEvent.Id);
        Assert.Equal("2070443601311540", data!.Message.MessageId);
    }

    [Fact]
    public async Task An_untyped_function_reads_the_data_as_JSON()
    {
        var inbox = new Inbox();
        await using var host = await FunctionHost<ListensUntyped>.StartAsync(services => services.AddSingleton(inbox));
        Assert.Equal(HttpStatusCode.OK, await host.PostAsync("/", "{\"a\":1}", "application/json", Binary));
        Assert.Equal("{\"a\":1}", Assert.Single(inbox.Untyped).Data?.ToString());
    }

    [Theory]
    [InlineData("not JSON", "{", "application/json")]
    [InlineData("no object", "[]", "application/json")]
    [InlineData("null", "null", "application/json")]
    [InlineData("neither key", "{}", "application/json")]
    [InlineData("message alone", """{"message":{"messageId":"1"}}""", "application/json")]
    [InlineData("subscription alone", """{"subscription":"s"}""", "application/json")]
    [InlineData("no id", """{"message":{"data":""},"subscription":"s"}""", "application/json")]
    [InlineData("number as id", """{"message":{"messageId":1},"subscription":"s"}""", "application/json")]
    [InlineData("data not base64", """{"message":{"messageId":"1","data":"*"},"subscription":"s"}""", "application/json")]
    [InlineData("charset", """{"message":{"messageId":"1"},"subscription":"s"}""", "application/json; charset=utf-8")]
    [InlineData("text", "hello", "text/plain")]
    [InlineData("structured, no type", """{"specversion":"1.0","id":"1","source":"s"}""", "application/cloudevents+json")]
    [InlineData("structured, data a string", """{"specversion":"1.0","id":"1","source":"s","type":"t","data":"x"}""",
        "application/cloudevents+json")]
    [InlineData("batch", "[]", "application/cloudevents-batch+json")]
    public async Task What_is_no_event_is_refused_with_400_and_one_error_line(string why, string body, string contentType)
    {
        var inbox = new Inbox();
        await using var host = await Start(inbox);
        Assert.True(await host.PostAsync("/projects/p/topics/t", body, contentType) == HttpStatusCode.BadRequest, why);
        Assert.Empty(inbox.Messages);
        Assert.Single(host.Logs.Lines, line => line.StartsWith("Error: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("data")]
    [InlineData("context")]
    [InlineData("domain")]
    [InlineData("eventId")]
    [InlineData("eventType")]
    [InlineData("params")]
    [InlineData("timestamp")]
    public async Task A_push_with_a_legacy_key_is_malformed(string key)
    {
        var inbox = new Inbox();
        await using var host = await Start(inbox);
        var body = $$"""{"{{key}}":{},{{Push.TrimStart()[1..]}}""";
        Assert.Equal(HttpStatusCode.BadRequest, await host.PostAsync("/projects/p/topics/t", body, "application/json"));
        Assert.Empty(inbox.Messages);
    }

    [Theory]
    [InlineData("ce-id")]
    [InlineData("ce-source")]
    [InlineData("ce-type")]
    public async Task A_binary_event_without_a_required_attribute_is_refused(string missing)
    {
        var inbox = new Inbox();
        await using var host = await Start(inbox);
        var headers = Binary.Where(header => header.Item1 != missing).ToArray();
        Assert.Equal(HttpStatusCode.BadRequest, await host.PostAsync("/", Push, "application/json", headers));
        Assert.Empty(inbox.Messages);
    }

    [Fact]
    public async Task An_unknown_spec_version_is_refused()
    {
        await using var host = await Start(new Inbox());
        (string, string)[] headers = [("ce-specversion", "9.9"), .. Binary.Skip(1)];
        Assert.Equal(HttpStatusCode.BadRequest, await host.PostAsync("/", Push, "application/json", headers));
    }

    [Fact]
    public async Task What_the_function_throws_becomes_500_and_is_logged()
    {
        await using var host = await FunctionHost<Fails>.StartAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, await host.PostAsync("/", Push, "application/json"));
        Assert.Contains(
            host.Logs.Lines,
            line => line.StartsWith("Error: ", StringComparison.Ordinal) && line.EndsWith("own trouble", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_request_gets_a_function_of_its_own()
    {
        var inbox = new Inbox();
        await using var host = await Start(inbox);
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, await host.PostAsync("/", Push, "application/json"));
        Assert.Equal(3, inbox.Objects.Count);
    }

    [Theory]
    [InlineData("/robots.txt")]
    [InlineData("/favicon.ico")]
    public async Task What_browsers_ask_of_every_site_is_not_found(string path)
    {
        var inbox = new Inbox();
        await using var host = await Start(inbox);
        Assert.Equal(HttpStatusCode.NotFound, await host.PostAsync(path, Push, "application/json"));
        Assert.Empty(inbox.Messages);
    }

    private static Task<FunctionHost<Listens>> Start(Inbox inbox) =>
        FunctionHost<Listens>.StartAsync(services => services.AddSingleton(inbox));

    private static string Structured(string data) =>
        $$"""{"specversion":"{{CloudEventsSpecVersion.V1_0.VersionId}}","id":"88","source":"//s","type":"t","data":{{data}}}""";
}
