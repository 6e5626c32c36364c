using System.Text;
using System.Text.Json.Nodes;

namespace RdsBq.Local.Slack;

/// <summary>One posted message, as last updated.</summary>
/// <param name="Channel">The channel's name, with <c>#</c>.</param>
/// <param name="Ts">Seconds and a counter: the message's id in its channel.</param>
/// <param name="ThreadTs">The parent's <see cref="Ts"/> where this is a reply.</param>
/// <param name="Edits">How many times it was updated.</param>
public sealed record SlackMessage(
    string Channel, string ChannelId, string Ts, string Text, JsonArray? Blocks, JsonObject? Metadata, string? ThreadTs, int Edits = 0)
{
    private const string Deleted = "tombstone";

    public SlackAuthor Author { get; init; } = SlackAuthor.Own;

    /// <summary>Whether it is what a deleted parent of replies leaves.</summary>
    public bool IsTombstone => Author == SlackAuthor.Slackbot;

    /// <summary>The message as a terminal can show it: one line a text, links as <c>text (url)</c>, escapes undone.</summary>
    public static string Render(SlackMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var lines = message.Blocks is { Count: > 0 } blocks ? blocks.OfType<JsonObject>().SelectMany(Lines) : [Plain(message.Text)];
        return string.Join('\n', lines);
    }

    internal SlackMessage Tombstone() =>
        this with { Author = SlackAuthor.Slackbot, Text = "This message was deleted.", Blocks = null, Metadata = null, Edits = 0 };

    /// <param name="channel">The channel's messages, among them its replies.</param>
    internal JsonObject ToJson(bool withMetadata, IReadOnlyList<SlackMessage> channel)
    {
        var json = new JsonObject { ["type"] = "message", ["user"] = Author.User, ["ts"] = Ts, ["text"] = Text };
        if (Author.Bot is { } bot)
        {
            json["bot_id"] = bot;
            json["app_id"] = Author.App;
        }
        if (IsTombstone)
        {
            json["subtype"] = Deleted;
            json["hidden"] = true;
        }
        if (Blocks is not null) json["blocks"] = Blocks.DeepClone();
        if (ThreadTs is not null) json["thread_ts"] = ThreadTs;
        if (Edits > 0) json["edited"] = new JsonObject { ["user"] = Author.User, ["ts"] = Ts };
        if (withMetadata && Metadata is not null) json["metadata"] = Metadata.DeepClone();
        if (channel.Where(m => m.ThreadTs == Ts).ToList() is { Count: > 0 } replies) AddReplies(json, replies);
        return json;
    }

    private static void AddReplies(JsonObject json, List<SlackMessage> replies)
    {
        var users = replies.Select(m => m.Author.User).Distinct().ToList();
        json["thread_ts"] = json["ts"]!.DeepClone();
        json["reply_count"] = replies.Count;
        json["reply_users_count"] = users.Count;
        json["reply_users"] = new JsonArray([.. users.Select(u => (JsonNode?)u)]);
        json["latest_reply"] = replies[^1].Ts;
    }

    private static IEnumerable<string> Lines(JsonObject block) => (string?)block["type"] switch
    {
        "header" => [TextOf(block["text"]), new string('=', TextOf(block["text"]).Length)],
        "divider" => ["----"],
        "section" => [.. Present(block["text"]), .. Texts(block["fields"])],
        "context" => [string.Join("  ", Texts(block["elements"]))],
        "actions" => [string.Join("  ",
            (block["elements"] as JsonArray ?? []).Select(e => $"[{TextOf(e?["text"])}] {(string?)e?["url"]}".TrimEnd()))],
        "markdown" => [TextOf(block)],
        var other => [$"({other} block)"],
    };

    private static IEnumerable<string> Texts(JsonNode? nodes) => (nodes as JsonArray ?? []).Select(TextOf);

    private static IEnumerable<string> Present(JsonNode? node) => node is null ? [] : [TextOf(node)];

    private static string TextOf(JsonNode? node) => Plain((string?)node?["text"] ?? "");

    private static string Plain(string mrkdwn)
    {
        var result = new StringBuilder();
        for (var i = 0; i < mrkdwn.Length; i++)
        {
            var close = mrkdwn[i] == '<' ? mrkdwn.IndexOf('>', i) : -1;
            if (close < 0)
            {
                result.Append(mrkdwn[i]);
                continue;
            }
            var link = mrkdwn[(i + 1)..close].Split('|', 2);
            result.Append(link.Length == 2 ? $"{link[1]} ({link[0]})" : link[0]);
            i = close;
        }
        return result.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&").ToString();
    }
}
