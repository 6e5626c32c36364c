using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;
using SlackNet;
using SlackNet.Blocks;
using SlackNet.WebApi;

namespace RdsBq.Sdk.Tests.Slack;

public sealed class SlackTests
{
    [Fact]
    public async Task A_message_with_blocks_is_posted_as_Slack_documents_it()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer(
            """{"ok":true,"channel":"C1","ts":"1503435956.000247","message":{"type":"message","text":"t","ts":"1503435956.000247","extra":[1]}}""");
        var message = new Message { Channel = "#alerts", Text = "déjà & <vu> 🚚", ThreadTs = "1.2", Blocks = Blocks() };
        var response = await slack.Client().Chat.PostMessage(message);

        Assert.Equal(("1503435956.000247", "C1", "t"), (response.Ts, response.Channel, response.Message.Text));
        var request = Assert.Single(slack.Requests);
        Assert.Equal(("POST", "/api/chat.postMessage", "Bearer xoxb-1"), (request.Method, request.Url, request.Authorization));
        Assert.Equal("application/json; charset=utf-8", request.ContentType);
        var expected = JsonNode.Parse(
            """
            {"channel":"#alerts","text":"déjà & <vu> 🚚","parse":"none","link_names":false,"attachments":[],"unfurl_links":false,
             "unfurl_media":true,"thread_ts":"1.2","reply_broadcast":false,
             "blocks":[
              {"type":"header","text":{"type":"plain_text","text":"h","emoji":true}},
              {"type":"section","block_id":"b","text":{"type":"mrkdwn","text":"*m*","verbatim":false},"expand":false,
               "fields":[{"type":"mrkdwn","text":"f","verbatim":true},{"type":"plain_text","text":"g","emoji":true}]},
              {"type":"section","text":{"type":"plain_text","text":"no fields","emoji":true},"expand":false,
               "accessory":{"type":"button","action_id":"a","text":{"type":"plain_text","text":"Go","emoji":true},
                "url":"https://x/?a=1&b=2","style":"primary"}},
              {"type":"divider"},
              {"type":"context","elements":[{"type":"mrkdwn","text":"c","verbatim":false},{"type":"plain_text","text":"d","emoji":true}]},
              {"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Again","emoji":true},"value":"v"}]}]}
            """);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(request.Body)), request.Body);
    }

    [Fact]
    public async Task Blocks_may_be_an_array()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer("""{"ok":true,"ts":"1"}""");
        await slack.Client().Chat.PostMessage(new Message { Channel = "C1", Blocks = new Block[] { new DividerBlock() } });
        Assert.Contains("""[{"type":"divider"}]""", Assert.Single(slack.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_goes_with_a_message_and_is_read_again()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer("""{"ok":true,"channel":"C1","ts":"1.2"}""");
        slack.Answer(
            """
            {"ok":true,"messages":[{"type":"message","ts":"1.2","user":"U1","bot_id":"B1","app_id":"A1","metadata":{"event_type":"run",
             "event_payload":{"run":"r/1","try":2,"ratio":0.5,"done":false,"at":{"table":"orders"},"all":[{"n":1}]}}},{"ts":"1.1"},
             {"ts":"1.0","metadata":{}}],"has_more":false}
            """);
        var at = new JObject { ["table"] = "orders" };
        var payload = new JObject { ["run"] = "déjà \"<r>\" 🚚", ["try"] = 2, ["at"] = at, ["n"] = new JArray(1, "b") };
        var metadata = new MessageMetadata { EventType = "run", EventPayload = payload };
        await slack.Client().Chat.PostMessage(new Message { Channel = "C1", Text = "t", MetadataJson = metadata });
        var history = await slack.Client().Conversations.History("C1", includeAllMetadata: true);

        Assert.True(slack.Requests.TryDequeue(out var posted));
        var sent = JsonNode.Parse(posted.Body)!["metadata"]!;
        var expected = JsonNode.Parse(
            """{"event_type":"run","event_payload":{"run":"déjà \"<r>\" 🚚","try":2,"at":{"table":"orders"},"n":[1,"b"]}}""");
        Assert.True(JsonNode.DeepEquals(expected, sent), sent.ToJsonString());
        Assert.EndsWith("include_all_metadata=true", Assert.Single(slack.Requests).Url, StringComparison.Ordinal);
        var read = history.Messages[0];
        Assert.Equal(("U1", "B1", "A1", "run"), (read.User, read.BotId, read.AppId, read.Metadata.EventType));
        var found = read.Metadata.EventPayload;
        Assert.Equal(("r/1", 2, 0.5, false), ((string?)found["run"], (int)found["try"]!, (double)found["ratio"]!, (bool)found["done"]!));
        Assert.Equal(("orders", 1), ((string?)found["at"]!["table"], (int)found["all"]![0]!["n"]!));
        Assert.Null(history.Messages[1].Metadata);
        Assert.Null(history.Messages[2].Metadata.EventPayload);
    }

    [Fact]
    public async Task Metadata_of_dates_keeps_the_day_as_the_genuine_client_does()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer("""{"ok":true,"messages":[{"ts":"1","metadata":{"event_type":"e","event_payload":{"at":"2026-01-02T03:04:05Z"}}}]}""");
        slack.Answer("""{"ok":true}""");
        var read = (await slack.Client().Conversations.History("C1", includeAllMetadata: true)).Messages[0].Metadata;
        Assert.Equal(JTokenType.Date, read.EventPayload["at"]!.Type);
        await slack.Client().Chat.PostMessage(new Message { Channel = "C1", MetadataJson = read });
        Assert.Equal("2026-01-02", (string?)JsonNode.Parse(slack.Requests.Last().Body)!["metadata"]!["event_payload"]!["at"]);
    }

    [Fact]
    public async Task A_method_called_by_name_takes_metadata_among_its_arguments()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer("""{"ok":true,"channel":"C1","ts":"1.2","text":"new"}""");
        var metadata = new MessageMetadata { EventType = "run", EventPayload = new JObject { ["try"] = 2 } };
        var arguments = new Dictionary<string, object> { ["channel"] = "C1", ["ts"] = "1.2", ["text"] = "new", ["metadata"] = metadata };
        var response = await slack.Client().Post<MessageUpdateResponse>("chat.update", arguments, CancellationToken.None);
        Assert.Equal("new", response.Text);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"channel":"C1","ts":"1.2","text":"new","metadata":{"event_type":"run","event_payload":{"try":2}}}"""),
            JsonNode.Parse(Assert.Single(slack.Requests).Body)));
    }

    [Fact]
    public async Task A_message_is_deleted()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer("""{"ok":true,"channel":"C1","ts":"1.2"}""");
        var response = await slack.Client().Chat.Delete("1.2", "C1");
        Assert.Equal(("C1", "1.2"), (response.Channel, response.Ts));
        var request = Assert.Single(slack.Requests);
        Assert.Equal(("POST", "/api/chat.delete", """{"ts":"1.2","channel":"C1"}"""), (request.Method, request.Url, request.Body));
    }

    [Fact]
    public async Task A_message_is_updated_in_place()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer("""{"ok":true,"channel":"C1","ts":"1.2","text":"new"}""");
        var response = await slack.Client().Chat.Update(new MessageUpdate { ChannelId = "C1", Ts = "1.2", Text = "new" });
        Assert.Equal(("C1", "1.2", "new"), (response.Channel, response.Ts, response.Text));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"ts":"1.2","channel":"C1","text":"new","parse":"client","link_names":false}"""),
            JsonNode.Parse(Assert.Single(slack.Requests).Body)));
    }

    [Fact]
    public async Task Conversations_are_read_by_query()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer(
            """
            {"ok":true,"messages":[{"type":"message","ts":"2","text":"b"},{"type":"message","ts":"1"}],"has_more":true,
             "response_metadata":{"next_cursor":"n="}}
            """);
        slack.Answer("""{"ok":true,"messages":[{"ts":"1","thread_ts":"1"}],"has_more":false}""");
        slack.Answer("""{"ok":true,"channel":{"id":"C1","name":"alerts","is_member":true,"is_archived":false}}""");
        var conversations = slack.Client().Conversations;
        var history = await conversations.History("C1", oldestTs: "1", inclusive: true, cursor: "a b");
        var replies = await conversations.Replies("C1", "1");
        var info = await conversations.Info("C1");

        Assert.Equal((2, "b"), (history.Messages.Count, history.Messages[0].Text));
        Assert.Equal((true, "n="), (history.HasMore, history.ResponseMetadata.NextCursor));
        Assert.Equal("1", Assert.Single(replies.Messages).ThreadTs);
        Assert.Equal(("C1", "alerts", true, false), (info.Id, info.Name, info.IsMember, info.IsArchived));
        Assert.Equal(
            [
                "/api/conversations.history?channel=C1&cursor=a%20b&inclusive=true&limit=100&oldest=1&include_all_metadata=false",
                "/api/conversations.replies?channel=C1&ts=1&inclusive=false&limit=10&include_all_metadata=false",
                "/api/conversations.info?channel=C1&include_locale=false&include_num_members=false",
            ],
            slack.Requests.Select(request => request.Url));
    }

    [Fact]
    public async Task Auth_test_says_whose_token_it_is()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer("""{"ok":true,"url":"https://w.slack.com/","team":"W","user":"bot","team_id":"T1","user_id":"U1","bot_id":"B1"}""");
        var client = new SlackServiceBuilder().UseApiToken("xoxb-2").UseUrlBuilder(_ => slack).GetApiClient();
        var me = await client.Auth.Test();
        Assert.Equal(("W", "bot", "T1", "U1"), (me.Team, me.User, me.TeamId, me.UserId));
        Assert.Equal("Bearer xoxb-2", Assert.Single(slack.Requests).Authorization);
    }

    [Fact]
    public async Task Ok_false_is_an_exception_with_Slacks_code_and_messages()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer("""{"ok":false,"error":"invalid_blocks","response_metadata":{"messages":["[ERROR] no more than 50 items allowed"]}}""");
        slack.Answer("""{"ok":false,"error":"not_in_channel"}""");
        var e = await Assert.ThrowsAsync<SlackException>(() => slack.Client().Chat.PostMessage(new Message()));
        Assert.Equal("invalid_blocks", e.ErrorCode);
        Assert.Equal(["[ERROR] no more than 50 items allowed"], e.ErrorMessages);
        e = await Assert.ThrowsAsync<SlackException>(() => slack.Client().Chat.PostMessage(new Message()));
        Assert.Equal("not_in_channel", e.ErrorCode);
        Assert.Empty(e.ErrorMessages);
    }

    [Fact]
    public async Task A_rate_limit_is_waited_out_and_the_request_repeated()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer("""{"ok":false,"error":"ratelimited"}""", 429, retryAfter: "0");
        slack.Answer("""{"ok":true,"ts":"1"}""");
        Assert.Equal("1", (await slack.Client().Chat.PostMessage(new Message { Channel = "C1" })).Ts);
        Assert.Equal(2, slack.Requests.Select(request => request.Body).Count(body => body.Contains("C1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_rate_limit_is_thrown_where_retries_are_disabled()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer("{}", 429, retryAfter: "30");
        slack.Answer("{}", 429);
        var client = slack.Client();
        client.DisableRetryOnRateLimit = true;
        var e = await Assert.ThrowsAsync<SlackRateLimitException>(() => client.WithAccessToken("t").Chat.PostMessage(new Message()));
        Assert.Equal(TimeSpan.FromSeconds(30), e.RetryAfter);
        e = await Assert.ThrowsAsync<SlackRateLimitException>(() => client.Chat.PostMessage(new Message()));
        Assert.Null(e.RetryAfter);
    }

    [Fact]
    public async Task Waiting_out_a_rate_limit_ends_with_the_callers_token()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer("{}", 429, retryAfter: "600");
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slack.Client().Chat.PostMessage(new Message(), soon.Token));
    }

    [Fact]
    public async Task Any_other_failure_of_HTTP_is_HttpRequestException()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer("oops", 503, "text/plain");
        var e = await Assert.ThrowsAsync<HttpRequestException>(() => slack.Client().Chat.PostMessage(new Message()));
        Assert.Equal(503, (int?)e.StatusCode);
    }

    [Fact]
    public async Task A_reply_that_is_not_JSON_counts_as_success_without_data()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answer("ok", contentType: "text/plain");
        Assert.Null(await slack.Client().Chat.PostMessage(new Message()));
    }

    [Fact]
    public async Task The_HttpClients_timeout_holds()
    {
        await using var slack = await SlackStub.StartAsync();
        slack.Answers.Enqueue(context => Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted));
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(300) };
        await Assert.ThrowsAsync<TaskCanceledException>(() => slack.Client(http).Chat.PostMessage(new Message()));
    }

    private static List<Block> Blocks() =>
    [
        new HeaderBlock { Text = "h" },
        new SectionBlock { BlockId = "b", Text = new Markdown("*m*"), Fields = { new Markdown("f") { Verbatim = true }, "g" } },
        new SectionBlock
        {
            Text = "no fields",
            Accessory = new Button { ActionId = "a", Text = "Go", Url = "https://x/?a=1&b=2", Style = ButtonStyle.Primary },
        },
        new DividerBlock(),
        new ContextBlock { Elements = { new Markdown("c"), new PlainText("d") } },
        new ActionsBlock { Elements = { new Button { Text = "Again", Value = "v" } } },
    ];
}
