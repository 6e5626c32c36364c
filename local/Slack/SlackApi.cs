using System.Text.Json.Nodes;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.Slack;

/// <summary>
/// A Slack workspace with one bot: posting, updating and reading messages of its channels. A method that is not part of it answers
/// <c>unknown_method</c>, as Slack does; the journal names it.
/// </summary>
public sealed class SlackApi : IAsyncDisposable
{
    internal const string BotUser = "U0LOCALBOT";
    internal const string BotId = "B0LOCALBOT";

    private readonly Listener listener;
    private readonly SlackChannels channels;

    private SlackApi(Listener listener, SlackChannels channels)
    {
        this.listener = listener;
        this.channels = channels;
    }

    /// <summary>Ends in a slash: methods lie under <c>api/</c>.</summary>
    public Uri Address => listener.Http1;

    public IReadOnlyList<SlackMessage> Messages => channels.Messages;

    /// <summary>Whether a channel takes only one message a second (https://docs.slack.dev/apis/web-api/rate-limits).</summary>
    public bool RateLimit
    {
        get => channels.RateLimit;
        set => channels.RateLimit = value;
    }

    public void Clear() => channels.Clear();

    /// <param name="token">The one good token.</param>
    /// <param name="names">The channels that the bot is a member of, with or without <c>#</c>.</param>
    public static async Task<SlackApi> StartAsync(
        Journal journal, Faults faults, TimeProvider clock, string token, IEnumerable<string> names,
            CancellationToken cancellation = default)
    {
        var channels = new SlackChannels(clock, names);
        var methods = new SlackMethods(channels, token);
        var listener = await Listener.StartAsync(
            journal, faults, new SlackWire(), _ => { }, app => app.MapFallback("/{**path}", methods.AnswerAsync), token: cancellation);
        return new SlackApi(listener, channels);
    }

    /// <summary>Adds a channel that the bot is not a member of.</summary>
    public void AddForeignChannel(string name) => channels.Add(name, isMember: false);

    /// <summary>Adds an archived channel.</summary>
    public void AddArchivedChannel(string name) => channels.Add(name, isArchived: true);

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    internal static JsonObject Failure(string code) => new() { ["ok"] = false, ["error"] = code };
}
