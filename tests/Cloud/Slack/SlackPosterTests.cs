using RdsBq.Cloud.Slack;
using RdsBq.Core.Alerts;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Tests.Clouds;
using SlackNet;

namespace RdsBq.Cloud.Tests.Slack;

public sealed class SlackPosterTests
{
    private static readonly Alert Alert = new("orders: transfer failed", "The transfer run failed.", [("Run", "now")], null, null);

    [Fact]
    public async Task A_message_arrives_in_its_channel_and_the_token_is_asked_for_once()
    {
        await using var google = await GoogleSide.StartAsync();
        var asked = 0;
        using var poster = Poster(google, () => ++asked > 0 ? google.Estate.SlackToken : "");
        await poster.PostAsync(Alert, default);
        await poster.PostAsync(Alert, default);
        Assert.Equal(1, asked);
        Assert.Equal([Estate.SlackChannel, Estate.SlackChannel], google.Slack.Messages.Select(m => m.Channel));
        Assert.StartsWith("orders: transfer failed\nThe transfer run failed.", google.Slack.Messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_was_replaced_is_read_again_after_the_refusal()
    {
        await using var google = await GoogleSide.StartAsync();
        var asked = 0;
        using var poster = Poster(google, () => ++asked == 1 ? "xoxb-old" : google.Estate.SlackToken);
        var e = await Assert.ThrowsAsync<SlackException>(() => poster.PostAsync(Alert, default));
        Assert.Equal("invalid_auth", e.ErrorCode);
        await poster.PostAsync(Alert, default);
        Assert.Equal((2, 1), (asked, google.Slack.Messages.Count));
    }

    [Fact]
    public async Task A_channel_that_is_not_there_is_said_by_Slacks_own_code()
    {
        await using var google = await GoogleSide.StartAsync();
        using var poster = Poster(google, () => google.Estate.SlackToken, "#nowhere");
        Assert.Equal("channel_not_found", (await Assert.ThrowsAsync<SlackException>(() => poster.PostAsync(Alert, default))).ErrorCode);
    }

    [Fact]
    public async Task A_rate_limit_is_not_waited_for()
    {
        await using var google = await GoogleSide.StartAsync();
        google.Slack.RateLimit = true;
        using var poster = Poster(google, () => google.Estate.SlackToken);
        await poster.PostAsync(Alert, default);
        await Assert.ThrowsAsync<SlackRateLimitException>(() => poster.PostAsync(Alert, default));
        Assert.Single(google.Slack.Messages);
    }

    [Fact]
    public async Task A_Slack_that_is_down_is_an_exception()
    {
        await using var google = await GoogleSide.StartAsync();
        google.Faults.Add(new Fault("slack.chat.postMessage", "error", Status: 503));
        using var poster = Poster(google, () => google.Estate.SlackToken);
        await Assert.ThrowsAnyAsync<Exception>(() => poster.PostAsync(Alert, default));
        await poster.PostAsync(Alert, default);
        Assert.Single(google.Slack.Messages);
    }

    private static SlackPoster Poster(GoogleSide google, Func<string> token, string channel = Estate.SlackChannel) =>
        new(channel, _ => Task.FromResult(token()), google.Slack.Address.ToString(), google.Handler);
}
