using System.Net;
using System.Text.Json.Nodes;
using RdsBq.Local.Hosting;
using RdsBq.Local.Slack;

namespace RdsBq.Local.Tests.Google;

public sealed class SlackTests
{
    [Fact]
    public async Task A_message_is_posted_updated_and_found_again_by_its_metadata()
    {
        await using var rig = await SlackRig.StartAsync();
        var posted = await rig.CallAsync("chat.postMessage", """{"channel":"#data-alerts","text":"orders failed","metadata":{"event_type":"run","event_payload":{"run":"r1"}}}""");
        var (channel, ts) = ((string)posted["channel"]!, (string)posted["ts"]!);
        Assert.True((bool)posted["ok"]!);
        Assert.Matches(@"^\d{10}\.\d{6}$", ts);
        var reply = await rig.CallAsync("chat.postMessage", $$"""{"channel":"{{channel}}","text":"more","thread_ts":"{{ts}}"}""");
        await rig.CallAsync("chat.update", $$"""{"channel":"{{channel}}","ts":"{{ts}}","text":"orders mended"}""");

        var history = await rig.CallAsync("conversations.history", $$"""{"channel":"{{channel}}","include_all_metadata":true}""");
        var message = Assert.Single(history["messages"]!.AsArray())!;
        Assert.Equal(("orders mended", "r1"), ((string?)message["text"], (string?)message["metadata"]!["event_payload"]!["run"]));
        var replies = await rig.CallAsync("conversations.replies", $$"""{"channel":"{{channel}}","ts":"{{ts}}"}""");
        Assert.Equal([ts, (string?)reply["ts"]], replies["messages"]!.AsArray().Select(m => (string?)m!["ts"]));
        Assert.Equal("orders mended", rig.Slack.Messages[0].Text);
        Assert.Equal("channel_not_found", (string?)(await rig.CallAsync("conversations.history", """{"channel":"#data-alerts"}"""))["error"]);
        Assert.Contains(rig.Journal.Entries, e => e is { Operation: "slack.chat.postMessage", Subject: "#data-alerts", Mutates: true });
    }

    [Theory]
    [InlineData("chat.postMessage", """{"channel":"nowhere","text":"x"}""", "channel_not_found")]
    [InlineData("chat.postMessage", """{"channel":"foreign","text":"x"}""", "not_in_channel")]
    [InlineData("chat.postMessage", """{"channel":"old","text":"x"}""", "is_archived")]
    [InlineData("chat.postMessage", """{"channel":"data-alerts"}""", "no_text")]
    [InlineData("chat.postMessage", """{"channel":"data-alerts","text":"x","blocks":{}}""", "invalid_blocks_format")]
    [InlineData("chat.postMessage", """{"channel":"data-alerts","text":"x","blocks":[{"type":"header","text":{"type":"mrkdwn","text":"x"}}]}""", "invalid_blocks")]
    [InlineData("chat.postMessage", """{"channel":"data-alerts","text":"x","blocks":[{"type":"section"}]}""", "invalid_blocks")]
    [InlineData("chat.postMessage", """{"channel":"data-alerts","text":"x","metadata":{"event_type":"e"}}""", "invalid_metadata_schema")]
    [InlineData("chat.postMessage", """{"channel":"data-alerts","text":"x","metadata":[]}""", "invalid_metadata_format")]
    [InlineData("chat.postMessage", """{"channel":"data-alerts","text":"x","metadata":{}}""", "invalid_metadata_schema")]
    [InlineData("chat.meMessage", """{"channel":"data-alerts"}""", "unknown_method")]
    public async Task A_refusal_is_http_200_with_a_code(string method, string body, string expected)
    {
        await using var rig = await SlackRig.StartAsync();
        Assert.Equal(expected, (string?)(await rig.CallAsync(method, body))["error"]);
        Assert.Empty(rig.Slack.Messages);
    }

    [Theory]
    [InlineData(49, 100, 10, true)]
    [InlineData(50, 100, 10, false)]
    [InlineData(1, 3000, 150, true)]
    [InlineData(1, 3001, 150, false)]
    [InlineData(1, 3000, 151, false)]
    [InlineData(5, 3000, 150, false)]
    public async Task Blocks_stay_inside_slacks_limits(int sections, int section, int header, bool good)
    {
        await using var rig = await SlackRig.StartAsync();
        var list = new JsonArray(new JsonObject { ["type"] = "header", ["text"] = Text("plain_text", header) });
        for (var i = 0; i < sections; i++) list.Add(new JsonObject { ["type"] = "section", ["text"] = Text("mrkdwn", section) });
        var answer = await rig.CallAsync("chat.postMessage",
            new JsonObject { ["channel"] = "data-alerts", ["text"] = "t", ["blocks"] = list }.ToJsonString());
        Assert.Equal(good, (bool)answer["ok"]!);
    }

    [Fact]
    public async Task Tokens_forms_rates_and_faults()
    {
        await using var rig = await SlackRig.StartAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string,
            string>
        { ["token"] = "xoxb-good", ["channel"] = "data-alerts", ["text"] = "by form" });
        using var client = new HttpClient { BaseAddress = rig.Slack.Address };
        Assert.True((bool)(await JsonAsync(await client.PostAsync(new Uri("api/chat.postMessage", UriKind.Relative), form)))["ok"]!);
        Assert.Equal("not_authed",
            (string?)(await JsonAsync(await client.PostAsync(new Uri("api/auth.test", UriKind.Relative), null)))["error"]);

        rig.Slack.RateLimit = true;
        using var second = await rig.SendAsync("chat.postMessage", """{"channel":"data-alerts","text":"two"}""");
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (second.StatusCode, second.Headers.RetryAfter!.ToString()));
        rig.Faults.Add(new Fault("slack.chat.postMessage", "error", Status: 200, Code: "fatal_error"));
        Assert.Equal("fatal_error", (string?)(await rig.CallAsync("chat.postMessage", """{"channel":"data-alerts","text":"three"}"""))["error"]);
    }

    [Fact]
    public async Task A_message_renders_as_text()
    {
        await using var rig = await SlackRig.StartAsync();
        await rig.CallAsync("chat.postMessage", """
            {"channel":"data-alerts","text":"fallback","blocks":[
              {"type":"header","text":{"type":"plain_text","text":"Run failed"}},
              {"type":"section","text":{"type":"mrkdwn","text":"a &lt; b, see <https://x.example/1|the log>"}},
              {"type":"context","elements":[{"type":"mrkdwn","text":"one"},{"type":"mrkdwn","text":"two"}]}]}
            """);
        Assert.Equal("Run failed\n==========\na < b, see the log (https://x.example/1)\none  two",
            SlackMessage.Render(rig.Slack.Messages[0]));
    }

    private static JsonObject Text(string type, int length) => new() { ["type"] = type, ["text"] = new string('x', length) };

    private static async Task<JsonObject> JsonAsync(HttpResponseMessage answer)
    {
        using (answer) return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    [Fact]
    public async Task Scopes_are_told_with_each_answer_and_asked_for_by_each_method()
    {
        await using var rig = await SlackRig.StartAsync();
        rig.Slack.Scopes = ["chat:write"];
        using var answer = await rig.SendAsync("auth.test", "{}");
        Assert.Equal(["chat:write"], answer.Headers.GetValues("x-oauth-scopes"));
        var refused = await rig.CallAsync("conversations.history", """{"channel":"C0LOCAL0001"}""");
        Assert.Equal("""{"ok":false,"error":"missing_scope","needed":"channels:history","provided":"chat:write"}""", refused.ToJsonString());
        Assert.True((bool)(await rig.CallAsync("chat.postMessage", """{"channel":"C0LOCAL0001","text":"a"}"""))["ok"]!);
    }
}
