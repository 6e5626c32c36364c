using System.Globalization;
using Newtonsoft.Json.Linq;
using RdsBq.Core.Alerts;
using SlackNet;
using SlackNet.Events;
using SlackNet.WebApi;

namespace RdsBq.Cloud.Slack;

/// <summary>
/// The messages of ours in one channel. What each tells lies in its metadata (https://docs.slack.dev/messaging/message-metadata), so that any process finds
/// them again through the channel's history. Needs the scopes <c>chat:write</c> and <c>channels:history</c> (a private channel: <c>groups:history</c>).
/// </summary>
/// <param name="channel">Its id: history can't be read by name.</param>
/// <param name="owner">Whose messages: project and dataset, since two installations may share a channel.</param>
/// <param name="token">The bot token; asked for once, and again after Slack refused it: it may have been replaced.</param>
/// <param name="endpoint">Root to call instead of https://slack.com, or null.</param>
public sealed class SlackChannel(string channel, string owner, Func<CancellationToken, Task<string>> token, string? endpoint, HttpMessageHandler handler) : IDisposable
{
    private const string MessageType = "rdsbq_message";
    private const string DetailType = "rdsbq_detail";

    /// <summary>Slack advises no more than 200 a page; the rest of a channel that is busier than this is not looked at.</summary>
    private const int PageSize = 200;
    private const int MostPages = 20;

    // A push must be answered within its acknowledgement deadline; Pub/Sub then tries again.
    private readonly HttpClient http = new(handler, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(10) };
    private SlackApiClient? client;

    public void Dispose() => http.Dispose();

    /// <summary>Our messages since then, in any order.</summary>
    public Task<IReadOnlyList<SeenMessage>> MessagesAsync(DateTimeOffset since, CancellationToken cancellation) => CallAsync<IReadOnlyList<SeenMessage>>(async slack =>
    {
        var oldest = since.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var found = new List<SeenMessage>();
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await slack.Conversations.History(
                channel, oldestTs: oldest, limit: PageSize, includeAllMetadata: true, cursor: cursor, cancellationToken: cancellation);
            found.AddRange(answer.Messages.Select(Read).OfType<SeenMessage>());
            cursor = answer.ResponseMetadata?.NextCursor;
            if (string.IsNullOrEmpty(cursor)) break;
        }
        return found;
    }, cancellation);

    /// <summary>Our replies to one message, in any order.</summary>
    public Task<IReadOnlyList<SeenReply>> RepliesAsync(string ts, CancellationToken cancellation) => CallAsync<IReadOnlyList<SeenReply>>(async slack =>
    {
        // A message has a few details at most; people who talk below it may fill pages, but the first replies are ours.
        var answer = await slack.Conversations.Replies(channel, ts, limit: PageSize, includeAllMetadata: true, cancellationToken: cancellation);
        return [.. answer.Messages.Where(m => Own(m, DetailType) is not null).Select(m => new SeenReply(m.Ts, Text(Own(m, DetailType)!, "key")))];
    }, cancellation);

    /// <summary>Not idempotent: after an answer that did not come, look before posting again.</summary>
    /// <returns>The message's ts.</returns>
    public Task<string> PostAsync(Story story, string fingerprint, CancellationToken cancellation) => CallAsync(async slack => (await slack.Chat.PostMessage(
        new Message
        {
            Channel = channel, Text = StoryMessage.TextOf(story), Blocks = StoryMessage.BlocksOf(story) ?? [], UnfurlLinks = false, UnfurlMedia = false,
            MetadataJson = Metadata(story, fingerprint),
        }, cancellation)).Ts, cancellation);

    /// <summary>As <see cref="PostAsync"/>.</summary>
    public Task ReplyAsync(string parentTs, Story story, ThreadDetail detail, CancellationToken cancellation) => CallAsync(slack => slack.Chat.PostMessage(
        new Message
        {
            Channel = channel, ThreadTs = parentTs, Text = StoryMessage.TextOf(detail), UnfurlLinks = false, UnfurlMedia = false,
            MetadataJson = Metadata(DetailType, story.Topic, ("key", detail.Key)),
        }, cancellation), cancellation);

    public Task UpdateAsync(string ts, Story story, string fingerprint, CancellationToken cancellation) => CallAsync(slack => slack.Post<MessageUpdateResponse>(
        // SlackNet's own Update has no metadata, which Slack takes (https://docs.slack.dev/reference/methods/chat.update).
        "chat.update", new Dictionary<string, object>
        {
            ["channel"] = channel, ["ts"] = ts, ["text"] = StoryMessage.TextOf(story), ["blocks"] = StoryMessage.BlocksOf(story) ?? [],
            ["metadata"] = Metadata(story, fingerprint),
        }, cancellation), cancellation);

    public Task DeleteAsync(string ts, CancellationToken cancellation) => CallAsync(slack => slack.Chat.Delete(ts, channel, cancellation), cancellation);

    private MessageMetadata Metadata(Story story, string fingerprint) =>
        Metadata(MessageType, story.Topic, ("tone", story.Tone.ToString()), ("fingerprint", fingerprint));

    private MessageMetadata Metadata(string type, Topic topic, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var payload = new JObject { ["owner"] = owner, ["topic"] = topic.Key };
        foreach (var (name, value) in more) payload[name] = value;
        return new MessageMetadata { EventType = type, EventPayload = payload };
    }

    private SeenMessage? Read(MessageEvent message) => Own(message, MessageType) is { } payload && Enum.TryParse<Tone>(Text(payload, "tone"), out var tone)
        ? new SeenMessage(message.Ts, Text(payload, "topic"), tone, Text(payload, "fingerprint"))
        : null;

    private JObject? Own(MessageEvent message, string type) =>
        message.Metadata is { EventPayload: JObject payload } metadata && metadata.EventType == type && Text(payload, "owner") == owner ? payload : null;

    private static string Text(JObject payload, string name) => payload[name] is JValue { Value: string text } ? text : "";

    private async Task<T> CallAsync<T>(Func<SlackApiClient, Task<T>> call, CancellationToken cancellation)
    {
        var slack = client ??= SlackClients.Make(http, endpoint, await token(cancellation));
        try
        {
            // A reply that is not JSON counts as success without data in SlackNet; a proxy's page is none.
            return await call(slack) ?? throw new HttpRequestException("Slack's answer is no JSON.");
        }
        catch (SlackException)
        {
            client = null;
            throw;
        }
    }
}
