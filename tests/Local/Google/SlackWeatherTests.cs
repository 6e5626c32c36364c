using RdsBq.Local.Hosting;
using SlackNet;
using SlackNet.WebApi;

namespace RdsBq.Local.Tests.Google;

/// <summary>Slack on a bad day: rate limits by method, and scripted faults of single calls or of a share of them.</summary>
public sealed class SlackWeatherTests
{
    [Fact]
    public async Task Every_method_has_its_own_rate_and_says_how_long_to_wait()
    {
        await using var rig = await SlackRig.StartAsync();
        rig.Slack.RateLimit = true;
        var posted = await rig.Client.Chat.PostMessage(new Message { Channel = "#data-alerts", Text = "t" });
        for (var i = 0; i < 50; i++) await rig.Client.Conversations.History(posted.Channel);
        var e = await Assert.ThrowsAsync<SlackRateLimitException>(() => rig.Client.Conversations.History(posted.Channel));
        Assert.InRange(e.RetryAfter!.Value.TotalSeconds, 1, 60);

        rig.Slack.CallsPerMinute = 1;
        Func<Task>[] methods =
        [
            () => rig.Client.Chat.Update(new MessageUpdate { ChannelId = posted.Channel, Ts = posted.Ts, Text = "new" }),
            () => rig.Client.Conversations.Replies(posted.Channel, posted.Ts),
            () => rig.Client.Conversations.Info(posted.Channel),
            () => rig.Client.Chat.Delete(posted.Ts, posted.Channel),
        ];
        foreach (var method in methods)
        {
            await method();
            await Assert.ThrowsAsync<SlackRateLimitException>(method);
        }
        await rig.Client.Auth.Test();
        await rig.Client.Auth.Test();
        rig.Slack.RateLimit = false;
        await rig.Client.Conversations.History(posted.Channel);
    }

    [Theory]
    [InlineData("slack.chat.postMessage", "before", 0)]
    [InlineData("slack.chat.postMessage", "after", 1)]
    [InlineData("slack.chat.*", "after", 1)]
    public async Task A_post_fails_before_or_after_it_is_seen(string operation, string when, int messages)
    {
        await using var rig = await SlackRig.StartAsync();
        var post = () => rig.Client.Chat.PostMessage(new Message { Channel = "#data-alerts", Text = "t" });
        rig.Faults.Add(new Fault(operation, "error", When: when));
        var e = await Assert.ThrowsAsync<HttpRequestException>(post);
        Assert.Equal((500, messages), ((int)e.StatusCode!, rig.Slack.Messages.Count));
        rig.Faults.Add(new Fault(operation, "error", When: when, Status: 200, Code: "internal_error"));
        Assert.Equal("internal_error", (await Assert.ThrowsAsync<SlackException>(post)).ErrorCode);
        rig.Faults.Add(new Fault(operation, "error", When: when, Status: 429, RetryAfter: 30));
        Assert.Equal(TimeSpan.FromSeconds(30), (await Assert.ThrowsAsync<SlackRateLimitException>(post)).RetryAfter);
        rig.Faults.Add(new Fault(operation, "error", When: when, Status: 429));
        Assert.Equal(TimeSpan.FromSeconds(1), (await Assert.ThrowsAsync<SlackRateLimitException>(post)).RetryAfter);
        Assert.Equal(messages * 4, rig.Slack.Messages.Count);
        await post();
        Assert.Equal((messages * 4) + 1, rig.Slack.Messages.Count);
    }

    [Theory]
    [InlineData("channel_not_found")]
    [InlineData("invalid_auth")]
    public async Task A_read_fails_with_a_code_and_an_update_that_failed_after_its_effect_has_it(string code)
    {
        await using var rig = await SlackRig.StartAsync();
        var posted = await rig.Client.Chat.PostMessage(new Message { Channel = "#data-alerts", Text = "t" });
        rig.Faults.Add(new Fault("slack.conversations.*", "error", Status: 200, Code: code, Times: 2));
        rig.Faults.Add(new Fault("slack.chat.update", "error", When: "after"));
        var e = await Assert.ThrowsAsync<SlackException>(() => rig.Client.Conversations.History(posted.Channel));
        Assert.Equal(code, e.ErrorCode);
        await Assert.ThrowsAsync<SlackException>(() => rig.Client.Conversations.Replies(posted.Channel, posted.Ts));
        await Assert.ThrowsAsync<HttpRequestException>(
            () => rig.Client.Chat.Update(new MessageUpdate { ChannelId = posted.Channel, Ts = posted.Ts, Text = "new" }));
        Assert.Equal("new", Assert.Single((await rig.Client.Conversations.History(posted.Channel)).Messages).Text);
    }

    [Fact]
    public async Task A_share_of_calls_fails_the_same_ones_by_the_same_seed()
    {
        var (one, again, other) = (await HitsAsync(7), await HitsAsync(7), await HitsAsync(8));
        Assert.Equal(one, again);
        Assert.NotEqual(one, other);
        Assert.InRange(one.Count, 20, 60);
        Assert.InRange(other.Count, 20, 60);
    }

    [Fact]
    public async Task A_call_that_one_share_spares_may_meet_the_next_fault()
    {
        await using var rig = await SlackRig.StartAsync();
        rig.Faults.Add(new Fault("slack.auth.test", "error", Share: 0.5, Times: 3, Status: 500));
        rig.Faults.Add(new Fault("slack.auth.test", "error", Times: int.MaxValue, Status: 503));
        List<int?> statuses = [];
        for (var i = 0; i < 40; i++)
            statuses.Add((int?)(await Assert.ThrowsAsync<HttpRequestException>(() => rig.Client.Auth.Test())).StatusCode);
        Assert.Equal((3, 37), (statuses.Count(s => s == 500), statuses.Count(s => s == 503)));
    }

    /// <summary>Which of 200 calls a fifth of which is to fail did.</summary>
    private static async Task<List<int>> HitsAsync(int seed)
    {
        await using var rig = await SlackRig.StartAsync();
        rig.Faults.Add(new Fault("slack.*", "error", Times: int.MaxValue, Share: 0.2, Seed: seed));
        List<int> hits = [];
        for (var i = 0; i < 200; i++)
        {
            using var answer = await rig.SendAsync("auth.test", "{}");
            if (!answer.IsSuccessStatusCode) hits.Add(i);
        }
        return hits;
    }
}
