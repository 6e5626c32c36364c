using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;
using RdsBq.Local.Slack;
using SlackNet;
using SlackNet.Events;
using SlackNet.WebApi;

namespace RdsBq.Local.Tests.Google;

/// <summary>What a message that is kept up to date needs, by SlackNet: found again, edited, answered in a thread, taken back.</summary>
public sealed class SlackRunMessageTests
{
    private const string Channel = "#data-alerts";

    [Fact]
    public async Task Metadata_comes_only_when_asked_for_and_stays_with_a_message_that_is_updated()
    {
        await using var rig = await SlackRig.StartAsync();
        var posted = await PostAsync(rig, "orders failed", run: "r1");
        await rig.Client.Chat.Update(new MessageUpdate { ChannelId = posted.Channel, Ts = posted.Ts, Text = "orders mended" });

        Assert.Null(Assert.Single((await rig.Client.Conversations.History(posted.Channel)).Messages).Metadata);
        var read = Assert.Single(await HistoryAsync(rig, posted.Channel));
        Assert.Equal(("orders mended", "run", "r1"), (read.Text, read.Metadata.EventType, (string?)read.Metadata.EventPayload["run"]));
        var me = await rig.Client.Auth.Test();
        Assert.Equal((me.UserId, SlackAuthor.Own.Bot, SlackAuthor.Own.App, null), (read.User, read.BotId, read.AppId, read.Subtype));
    }

    [Fact]
    public async Task Metadata_is_replaced_or_taken_away_where_an_update_names_it()
    {
        await using var rig = await SlackRig.StartAsync();
        var posted = await PostAsync(rig, "orders failed", run: "r1");
        await UpdateAsync(rig, posted, Metadata("r2"));
        Assert.Equal("r2", (string?)Assert.Single(await HistoryAsync(rig, posted.Channel)).Metadata.EventPayload["run"]);
        await UpdateAsync(rig, posted, new Dictionary<string, object>());
        Assert.Null(Assert.Single(await HistoryAsync(rig, posted.Channel)).Metadata);
    }

    [Theory]
    [InlineData("run", """{"run":"r1","tables":3,"ratio":0.5,"done":true,"at":{"table":"orders","n":1},"list":[{"n":1},{"n":2}]}""", null)]
    [InlineData("", "{}", "invalid_metadata_schema")]
    [InlineData("a run", "{}", "invalid_metadata_schema")]
    [InlineData("run", """{"run":null}""", "invalid_metadata_schema")]
    [InlineData("run", """{"at":{"deep":{"er":1}}}""", "invalid_metadata_schema")]
    [InlineData("run", """{"list":["a"]}""", "invalid_metadata_schema")]
    [InlineData("run", """{"list":[[{"n":1}]]}""", "invalid_metadata_schema")]
    [InlineData("run", "[]", "invalid_metadata_schema")]
    public async Task Metadata_has_a_shape(string type, string payload, string? error)
    {
        await using var rig = await SlackRig.StartAsync();
        var metadata = new MessageMetadata { EventType = type, EventPayload = JToken.Parse(payload) };
        var post = () => rig.Client.Chat.PostMessage(new Message { Channel = Channel, Text = "t", MetadataJson = metadata });
        if (error is null) Assert.True(JToken.DeepEquals(JToken.Parse(payload), (await post()).Message.Metadata.EventPayload));
        else Assert.Equal(error, (await Assert.ThrowsAsync<SlackException>(post)).ErrorCode);
        Assert.Equal(error is null ? 1 : 0, rig.Slack.Messages.Count);
    }

    [Fact]
    public async Task Metadata_may_be_too_large()
    {
        await using var rig = await SlackRig.StartAsync();
        var e = await Assert.ThrowsAsync<SlackException>(() => PostAsync(rig, "t", run: new string('r', 8000)));
        Assert.Equal("metadata_too_large", e.ErrorCode);
    }

    [Fact]
    public async Task A_history_read_by_pages_holds_each_message_once_though_others_are_posted_and_deleted_meanwhile()
    {
        await using var rig = await SlackRig.StartAsync();
        List<PostMessageResponse> posted = [];
        for (var i = 0; i < 7; i++) posted.Add(await PostAsync(rig, $"m{i}"));
        var channel = posted[0].Channel;
        var first = await rig.Client.Conversations.History(channel, limit: 3);
        Assert.Equal(["m6", "m5", "m4"], first.Messages.Select(m => m.Text));
        Assert.True(first.HasMore);

        rig.Slack.Say(Channel, "someone's", SlackAuthor.Person);
        await rig.Client.Chat.Delete(posted[3].Ts, channel);
        var second = await rig.Client.Conversations.History(channel, limit: 3, cursor: first.ResponseMetadata.NextCursor);
        Assert.Equal(["m2", "m1", "m0"], second.Messages.Select(m => m.Text));
        Assert.Equal((false, ""), (second.HasMore, second.ResponseMetadata.NextCursor));
        var since = await rig.Client.Conversations.History(channel, oldestTs: posted[5].Ts, inclusive: true);
        Assert.Equal(["someone's", "m6", "m5"], since.Messages.Select(m => m.Text));
        var e = await Assert.ThrowsAsync<SlackException>(() => rig.Client.Conversations.History(channel, cursor: "nonsense"));
        Assert.Equal("invalid_cursor", e.ErrorCode);
    }

    [Fact]
    public async Task A_parent_counts_its_replies_and_a_thread_is_read_by_pages()
    {
        await using var rig = await SlackRig.StartAsync();
        var parent = await PostAsync(rig, "parent");
        var channel = parent.Channel;
        Assert.Equal((0, null, null), Threaded(Assert.Single(await HistoryAsync(rig, channel))));
        var one = await ReplyAsync(rig, parent, "one");
        var other = rig.Slack.Say(Channel, "two", SlackAuthor.Person, threadTs: one.Ts);
        await PostAsync(rig, "beside");

        var history = await HistoryAsync(rig, channel);
        Assert.Equal(["beside", "parent"], history.Select(m => m.Text));
        Assert.Equal((2, other.Ts, parent.Ts), Threaded(history[1]));
        var first = await rig.Client.Conversations.Replies(channel, parent.Ts, limit: 2);
        Assert.Equal(["parent", "one"], first.Messages.Select(m => m.Text));
        var second = await rig.Client.Conversations.Replies(channel, one.Ts, limit: 2, cursor: first.ResponseMetadata.NextCursor);
        var last = Assert.Single(second.Messages);
        Assert.Equal(("two", parent.Ts, SlackAuthor.Person.User, null), (last.Text, last.ThreadTs, last.User, last.BotId));
        var e = await Assert.ThrowsAsync<SlackException>(() => rig.Client.Conversations.Replies(channel, "1.2"));
        Assert.Equal("thread_not_found", e.ErrorCode);
    }

    [Fact]
    public async Task An_update_keeps_a_reply_in_its_thread()
    {
        await using var rig = await SlackRig.StartAsync();
        var parent = await PostAsync(rig, "parent");
        var reply = await ReplyAsync(rig, parent, "one");
        await rig.Client.Chat.Update(new MessageUpdate { ChannelId = reply.Channel, Ts = reply.Ts, Text = "one, mended" });
        var thread = (await rig.Client.Conversations.Replies(parent.Channel, parent.Ts)).Messages;
        Assert.Equal([("parent", parent.Ts), ("one, mended", parent.Ts)], thread.Select(m => (m.Text, m.ThreadTs)));
    }

    [Fact]
    public async Task A_deleted_message_is_gone_but_a_parent_leaves_a_tombstone_until_its_replies_are_gone()
    {
        await using var rig = await SlackRig.StartAsync();
        var parent = await PostAsync(rig, "parent", run: "r1");
        var channel = parent.Channel;
        var reply = await ReplyAsync(rig, parent, "one");
        var deleted = await rig.Client.Chat.Delete(parent.Ts, channel);
        Assert.Equal((channel, parent.Ts), (deleted.Channel, deleted.Ts));

        var tombstone = Assert.Single(await HistoryAsync(rig, channel));
        Assert.Equal(("tombstone", "USLACKBOT", null, null, 1),
            (tombstone.Subtype, tombstone.User, tombstone.BotId, tombstone.Metadata, tombstone.ReplyCount));
        Assert.Equal("cant_delete_message", await CodeAsync(() => rig.Client.Chat.Delete(parent.Ts, channel)));
        Assert.Equal("cant_update_message",
            await CodeAsync(() => rig.Client.Chat.Update(new MessageUpdate { ChannelId = channel, Ts = parent.Ts, Text = "again" })));

        await rig.Client.Chat.Delete(reply.Ts, channel);
        Assert.Empty(await HistoryAsync(rig, channel));
        Assert.Equal("message_not_found", await CodeAsync(() => rig.Client.Chat.Delete(reply.Ts, channel)));
        // A reply to what is gone appears in the channel.
        await ReplyAsync(rig, parent, "late");
        var late = Assert.Single(await HistoryAsync(rig, channel));
        Assert.Equal(("late", null), (late.Text, late.ThreadTs));
    }

    [Fact]
    public async Task What_others_wrote_is_theirs_whatever_its_metadata_says()
    {
        await using var rig = await SlackRig.StartAsync();
        var payload = JsonNode.Parse("""{"event_type":"run","event_payload":{"run":"r1"}}""")!.AsObject();
        var theirs = rig.Slack.Say(Channel, "theirs", SlackAuthor.OtherApp, payload);
        var read = Assert.Single(await HistoryAsync(rig, theirs.ChannelId));
        Assert.Equal(("run", SlackAuthor.OtherApp.Bot, SlackAuthor.OtherApp.App), (read.Metadata.EventType, read.BotId, read.AppId));
        Assert.Equal("cant_delete_message", await CodeAsync(() => rig.Client.Chat.Delete(theirs.Ts, theirs.ChannelId)));
        var update = new MessageUpdate { ChannelId = theirs.ChannelId, Ts = theirs.Ts, Text = "mine" };
        Assert.Equal("cant_update_message", await CodeAsync(() => rig.Client.Chat.Update(update)));
        Assert.Equal("theirs", Assert.Single(rig.Slack.Messages).Text);
    }

    [Fact]
    public async Task A_channel_that_is_not_ours_or_no_longer_open_says_so()
    {
        await using var rig = await SlackRig.StartAsync();
        var foreign = rig.Slack.Say("foreign", "hidden", SlackAuthor.Person);
        Assert.Equal("not_in_channel", await CodeAsync(() => rig.Client.Conversations.History(foreign.ChannelId)));
        Assert.Equal("not_in_channel", await CodeAsync(() => rig.Client.Conversations.Replies(foreign.ChannelId, foreign.Ts)));
        Assert.False((await rig.Client.Conversations.Info(foreign.ChannelId)).IsMember);
        Assert.Equal("channel_not_found", await CodeAsync(() => rig.Client.Chat.Delete(foreign.Ts, "C9")));

        var posted = await PostAsync(rig, "last");
        rig.Slack.Archive(Channel);
        Assert.Equal("is_archived", await CodeAsync(() => PostAsync(rig, "too late")));
        var update = new MessageUpdate { ChannelId = posted.Channel, Ts = posted.Ts, Text = "too late" };
        Assert.Equal("is_inactive", await CodeAsync(() => rig.Client.Chat.Update(update)));
        Assert.Equal("cant_delete_message", await CodeAsync(() => rig.Client.Chat.Delete(posted.Ts, posted.Channel)));
        Assert.Equal("last", Assert.Single(await HistoryAsync(rig, posted.Channel)).Text);
        Assert.True((await rig.Client.Conversations.Info(posted.Channel)).IsArchived);
    }

    private static Task<PostMessageResponse> PostAsync(SlackRig rig, string text, string? run = null) =>
        rig.Client.Chat.PostMessage(new Message { Channel = Channel, Text = text, MetadataJson = run is null ? null : Metadata(run) });

    private static Task<PostMessageResponse> ReplyAsync(SlackRig rig, PostMessageResponse parent, string text) =>
        rig.Client.Chat.PostMessage(new Message { Channel = parent.Channel, Text = text, ThreadTs = parent.Ts });

    private static Task<MessageUpdateResponse> UpdateAsync(SlackRig rig, PostMessageResponse posted, object metadata) =>
        rig.Client.Post<MessageUpdateResponse>(
            "chat.update",
            new Dictionary<string, object> { ["channel"] = posted.Channel, ["ts"] = posted.Ts, ["text"] = "new", ["metadata"] = metadata },
            CancellationToken.None);

    private static MessageMetadata Metadata(string run) => new() { EventType = "run", EventPayload = new JObject { ["run"] = run } };

    private static async Task<IList<MessageEvent>> HistoryAsync(SlackRig rig, string channel) =>
        (await rig.Client.Conversations.History(channel, includeAllMetadata: true)).Messages;

    private static async Task<string> CodeAsync(Func<Task> call) => (await Assert.ThrowsAsync<SlackException>(call)).ErrorCode;

    private static (int, string?, string?) Threaded(MessageEvent message) => (message.ReplyCount, message.LatestReply, message.ThreadTs);
}
