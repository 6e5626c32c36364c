using System.Text.Json.Nodes;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.Slack;

/// <summary>
/// A Slack workspace with one bot: posting, updating and reading messages of its channels. A method that is not part of it answers
/// <c>unknown_method</c>, as Slack does; the journal names it.
/// </summary>
public sealed class SlackApi : IAsyncDisposable
{
    private readonly Listener listener;
    private readonly SlackChannels channels;
    private readonly SlackRates rates;
    private readonly SlackScopes scopes;

    private SlackApi(Listener listener, SlackChannels channels, SlackRates rates, SlackScopes scopes)
    {
        this.scopes = scopes;
        this.listener = listener;
        this.channels = channels;
        this.rates = rates;
    }

    /// <summary>Ends in a slash: methods lie under <c>api/</c>.</summary>
    public Uri Address => listener.Http1;

    public IReadOnlyList<SlackMessage> Messages => channels.Messages;

    /// <summary>Whether a channel takes only one message a second, and every other method <see cref="CallsPerMinute"/>, in real time
    /// (https://docs.slack.dev/apis/web-api/rate-limits); the rest is answered 429 with Retry-After.</summary>
    public bool RateLimit
    {
        get => rates.Enforced;
        set => rates.Enforced = value;
    }

    /// <summary>What tier 3 promises a method at least: 50.</summary>
    public int CallsPerMinute
    {
        get => rates.CallsPerMinute;
        set => rates.CallsPerMinute = value;
    }

    /// <summary>What the token may do; each answer tells it.</summary>
    public IReadOnlyList<string> Scopes
    {
        get => scopes.Granted;
        set => scopes.Granted = value;
    }

    public void Clear() => channels.Clear();

    /// <param name="token">The one good token.</param>
    /// <param name="names">The channels that the bot is a member of, with or without <c>#</c>.</param>
    public static async Task<SlackApi> StartAsync(
        Journal journal, Faults faults, TimeProvider clock, string token, IEnumerable<string> names,
            CancellationToken cancellation = default)
    {
        var channels = new SlackChannels(clock, names);
        var rates = new SlackRates();
        var scopes = new SlackScopes();
        var methods = new SlackMethods(channels, rates, scopes, token);
        var listener = await Listener.StartAsync(
            journal, faults, new SlackWire(), _ => { }, app => app.MapFallback("/{**path}", methods.AnswerAsync), token: cancellation);
        return new SlackApi(listener, channels, rates, scopes);
    }

    /// <summary>Adds a channel that the bot is not a member of.</summary>
    public void AddForeignChannel(string name) => channels.Add(name, isMember: false);

    /// <summary>Adds an archived channel.</summary>
    public void AddArchivedChannel(string name) => channels.Add(name, isArchived: true);

    /// <summary>Archives a channel with what it holds.</summary>
    public void Archive(string name) => channels.Archive(Known(name));

    /// <summary>What someone else writes, in a thread or not.</summary>
    public SlackMessage Say(string channel, string text, SlackAuthor author, JsonObject? metadata = null, string? threadTs = null) =>
        channels.Post(Known(channel), author, text, null, metadata, threadTs);

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    internal static JsonObject Failure(string code) => new() { ["ok"] = false, ["error"] = code };

    private SlackChannel Known(string name) =>
        channels.Find(name) ?? throw new ArgumentException($"There is no channel '{name}'.", nameof(name));
}
