using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RdsBq.Cloud.Slack;
using RdsBq.Core.Alerts;
using RdsBq.Core.Runs;
using RdsBq.Local.Hosting;
using RdsBq.Local.Slack;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.Slack;

/// <summary>A teller over a local Slack; every second one is another process with a connection of its own.</summary>
public sealed class TellerTests
{
    private static readonly Topic Run = Topic.Of(RunTime.At(DateTimeOffset.UtcNow));

    [Fact]
    public async Task The_first_story_posts_and_later_ones_update_it_wherever_they_are_told()
    {
        await using var world = await World.StartAsync();
        await world.TellAsync(Story("one", "a"));
        await world.TellAsync(Story("one", "a"));
        await world.Other().TellAsync(Run, world.Since, _ => Task.FromResult<Story?>(Story("two", "a", "b")), default);
        await world.Other().TellAsync(Run, world.Since, _ => Task.FromResult<Story?>(Story("two", "a", "b") with { Tone = Tone.Mended }), default);
        var message = Assert.Single(world.Posts);
        Assert.Equal((2, ":large_green_circle: two\ns"), (message.Edits, message.Text));
        Assert.Equal(["a\n```a```", "b\n```b```"], world.Replies.Select(r => r.Text));
        Assert.All(world.Replies, r => Assert.Equal(message.Ts, r.ThreadTs));
        Assert.Equal(1 + 2, world.Google.Calls("slack.chat.postMessage"));
    }

    [Fact]
    public async Task Of_two_that_post_at_once_the_earlier_message_stays()
    {
        await using var world = await World.StartAsync();
        // Both look before either has posted.
        world.Google.Faults.Add(new Fault("slack.chat.postMessage", "delay", DelayMs: 300, Times: 2));
        await Task.WhenAll(world.TellAsync(Story("t", "a")), world.Other().TellAsync(Run, world.Since, _ => Task.FromResult<Story?>(Story("t", "a")), default));
        Assert.Single(world.Posts);
        Assert.Single(world.Replies);
    }

    [Fact]
    public async Task A_story_that_changes_while_it_is_told_is_told_as_it_is_last()
    {
        await using var world = await World.StartAsync();
        var asked = 0;
        await world.Teller.TellAsync(Run, world.Since, _ => Task.FromResult<Story?>(Story(++asked < 3 ? $"v{asked}" : "last")), default);
        Assert.Equal(":red_circle: last\ns", Assert.Single(world.Posts).Text);
    }

    [Fact]
    public async Task A_post_whose_answer_was_lost_is_found_again()
    {
        await using var world = await World.StartAsync();
        world.Google.Faults.Add(new Fault("slack.chat.postMessage", "error", Status: 500, When: "after"));
        await world.TellAsync(Story("t"));
        Assert.Single(world.Posts);
        Assert.Equal(1, world.Google.Calls("slack.chat.postMessage"));
    }

    [Fact]
    public async Task A_rate_limit_is_waited_for_as_long_as_it_asks()
    {
        await using var world = await World.StartAsync();
        world.Google.Faults.Add(new Fault("slack.conversations.history", "error", Status: 429));
        var began = TimeProvider.System.GetTimestamp();
        await world.TellAsync(Story("t"));
        Assert.Single(world.Posts);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0.9, 60);
    }

    [Theory]
    [InlineData("channel_not_found", "C0NOWHERE99", null)]
    [InlineData("invalid_auth", null, "xoxb-revoked")]
    public async Task What_does_not_pass_is_one_error_line_with_the_mend_and_the_story(string code, string? channel, string? token)
    {
        await using var world = await World.StartAsync();
        using var wrong = channel is null ? world.Google.Channel(() => token!) : world.Google.Channel(channel: channel);
        var lines = new Lines();
        await new Teller(wrong, false, TimeSpan.Zero, TimeProvider.System, lines).TellAsync(Run, world.Since, _ => Task.FromResult<Story?>(Story("Orders failed")), default);
        var (level, line) = Assert.Single(lines.All);
        Assert.Equal(LogLevel.Error, level);
        Assert.StartsWith("Not told on Slack: ", line, StringComparison.Ordinal);
        Assert.Contains($"[{code}]", line, StringComparison.Ordinal);
        Assert.Contains("Orders failed", line, StringComparison.Ordinal);
        Assert.DoesNotContain("xoxb-revoked", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Slack_that_stays_down_is_an_exception_and_an_error_line_with_what_was_to_be_told()
    {
        await using var world = await World.StartAsync();
        world.Google.Faults.Add(new Fault("slack.*", "error", Status: 503, Times: 100_000));
        var (time, lines) = (new FakeTimeProvider(), new Lines());
        var telling = new Teller(world.Channel, false, TimeSpan.Zero, time, lines).TellAsync(Run, world.Since, _ => Task.FromResult<Story?>(Story("Orders failed")), default);
        for (var i = 0; i < 2000 && !telling.IsCompleted; i++)
        {
            await Task.Delay(5);
            time.Advance(TimeSpan.FromSeconds(1));
        }
        await Assert.ThrowsAsync<SlackUnavailableException>(() => telling);
        var (_, line) = Assert.Single(lines.All, l => l.Level == LogLevel.Error);
        Assert.StartsWith("Not told on Slack: ", line, StringComparison.Ordinal);
        Assert.Contains("Orders failed", line, StringComparison.Ordinal);
        Assert.Empty(world.Posts);
    }

    [Fact]
    public async Task A_token_that_was_replaced_is_read_again_after_the_refusal()
    {
        await using var world = await World.StartAsync();
        var asked = 0;
        using var channel = world.Google.Channel(() => ++asked == 1 ? "xoxb-old" : world.Google.Estate.SlackToken);
        var teller = new Teller(channel, false, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance);
        foreach (var title in new[] { "lost", "told" }) await teller.TellAsync(Run, world.Since, _ => Task.FromResult<Story?>(Story(title)), default);
        Assert.Equal((2, ":red_circle: told\ns"), (asked, Assert.Single(world.Posts).Text));
    }

    [Fact]
    public async Task A_message_that_a_person_has_deleted_comes_again_with_its_next_news_alone()
    {
        await using var world = await World.StartAsync();
        await world.TellAsync(Story("one"));
        using var channel = world.Google.Channel();
        await channel.DeleteAsync(world.Posts[0].Ts, default);
        await world.TellAsync(Story("two"));
        Assert.Equal(":red_circle: two\ns", Assert.Single(world.Posts).Text);
    }

    [Fact]
    public async Task Trouble_with_exports_is_closed_once_and_comes_back_as_a_new_message()
    {
        await using var world = await World.StartAsync();
        var trouble = new Story(Topic.Export, Tone.Problem, "no snapshot", "s");
        Task CloseAsync() => world.Teller.CloseAsync(Topic.Export, world.Since, told => new Story(Topic.Export, Tone.Mended, "mended", $"{told:yyyy}"), default);
        await CloseAsync();
        Assert.Empty(world.Posts);
        await world.Teller.TellAsync(Topic.Export, world.Since, _ => Task.FromResult<Story?>(trouble), default);
        await CloseAsync();
        await CloseAsync();
        await world.Teller.TellAsync(Topic.Export, world.Since, _ => Task.FromResult<Story?>(trouble), default);
        Assert.Equal([":large_green_circle: mended\n" + world.Since.Year, ":red_circle: no snapshot\ns"], world.Posts.Select(p => p.Text));
        Assert.Equal(1, world.Posts[0].Edits);
    }

    [Fact]
    public async Task Many_who_ask_at_once_are_a_few_looks()
    {
        await using var world = await World.StartAsync();
        var asked = 0;
        var teller = new Teller(world.Channel, false, TimeSpan.FromMilliseconds(50), TimeProvider.System, NullLogger.Instance);
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => teller.TellAsync(Run, world.Since, async ct =>
        {
            Interlocked.Increment(ref asked);
            await Task.Delay(20, ct);
            return Story("t");
        }, default)));
        Assert.Single(world.Posts);
        Assert.InRange(asked, 2, 12);
    }

    [Fact]
    public async Task A_channel_full_of_talk_is_read_page_by_page()
    {
        await using var world = await World.StartAsync();
        await world.TellAsync(Story("one"));
        for (var i = 0; i < 450; i++)
            await world.Channel.PostAsync(new Story(new Topic($"talk {i}", true), Tone.Notice, "t", "s"), "f", default);
        await world.TellAsync(Story("two"));
        Assert.Equal(":red_circle: two\ns", Assert.Single(world.Posts, p => !p.Text.Contains("blue", StringComparison.Ordinal)).Text);
    }

    private static Story Story(string title, params string[] details) =>
        new(Run, Tone.Problem, title, "s") { Details = [.. details.Select(d => new ThreadDetail(d, d, d))] };

    private sealed class World(GoogleSide google) : IAsyncDisposable
    {
        private readonly List<SlackChannel> channels = [google.Channel()];
        private Teller? teller;

        public GoogleSide Google => google;

        public DateTimeOffset Since { get; } = google.Clock.GetUtcNow();

        public SlackChannel Channel => channels[0];

        public Teller Teller => teller ??= new Teller(Channel, false, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance);

        public IReadOnlyList<SlackMessage> Posts => [.. google.Slack.Messages.Where(m => m.ThreadTs is null)];

        public IReadOnlyList<SlackMessage> Replies => [.. google.Slack.Messages.Where(m => m.ThreadTs is not null)];

        public static async Task<World> StartAsync() => new(await GoogleSide.StartAsync());

        public Task TellAsync(Story story) => Teller.TellAsync(Run, Since, _ => Task.FromResult<Story?>(story), default);

        public Teller Other()
        {
            channels.Add(google.Channel());
            return new Teller(channels[^1], false, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance);
        }

        public ValueTask DisposeAsync()
        {
            foreach (var channel in channels) channel.Dispose();
            return google.DisposeAsync();
        }
    }

    private sealed class Lines : ILogger
    {
        public List<(LogLevel Level, string Text)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add((logLevel, formatter(state, exception)));
    }
}
