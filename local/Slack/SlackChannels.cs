using System.Globalization;
using System.Text.Json.Nodes;

namespace RdsBq.Local.Slack;

internal sealed record SlackChannel(string Id, string Name, bool IsMember, bool IsArchived);

/// <summary>Channels and their messages.</summary>
internal sealed class SlackChannels
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly List<SlackChannel> channels = [];
    private readonly List<SlackMessage> messages = [];
    private int counter;

    public SlackChannels(TimeProvider clock, IEnumerable<string> names)
    {
        this.clock = clock;
        foreach (var name in names) Add(name);
    }

    public IReadOnlyList<SlackMessage> Messages
    {
        get
        {
            lock (gate) return [.. messages];
        }
    }

    public void Add(string name, bool isMember = true, bool isArchived = false)
    {
        lock (gate) channels.Add(new SlackChannel($"C0LOCAL{channels.Count + 1:d4}", name.TrimStart('#'), isMember, isArchived));
    }

    public void Archive(SlackChannel channel)
    {
        lock (gate) channels[channels.FindIndex(c => c.Id == channel.Id)] = channel with { IsArchived = true };
    }

    public void Clear()
    {
        lock (gate) messages.Clear();
    }

    /// <summary>By id, or by name with or without <c>#</c>.</summary>
    public SlackChannel? Find(string nameOrId)
    {
        lock (gate) return channels.Find(c => c.Id == nameOrId || c.Name == nameOrId.TrimStart('#'));
    }

    public SlackMessage Post(
        SlackChannel channel, SlackAuthor author, string text, JsonArray? blocks, JsonObject? metadata, string? threadTs)
    {
        lock (gate)
        {
            var ts = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().ToUnixTimeSeconds()}.{++counter:d6}");
            // A reply to nothing appears in the channel itself (slackapi/python-slack-events-api#87); one to a reply joins its thread.
            var parent = threadTs is not null && IndexOf(channel, threadTs) is >= 0 and var i ? messages[i].ThreadTs ?? threadTs : null;
            var message = new SlackMessage($"#{channel.Name}", channel.Id, ts, text, blocks, metadata, parent) { Author = author };
            messages.Add(message);
            return message;
        }
    }

    /// <summary>The message as it is then, or Slack's error code.</summary>
    /// <param name="metadata">Null keeps what it has; an empty object takes it away.</param>
    public (SlackMessage? Message, string? Error) Update(
        SlackChannel channel, string ts, string? text, JsonArray? blocks, JsonObject? metadata)
    {
        lock (gate)
        {
            var i = IndexOf(channel, ts);
            if (i < 0) return (null, "message_not_found");
            var old = messages[i];
            if (old.Author != SlackAuthor.Own) return (null, "cant_update_message");
            if (channel.IsArchived) return (null, "is_inactive");
            // A text without blocks takes the place of both.
            messages[i] = old with
            {
                Text = text ?? (blocks is null ? old.Text : ""),
                Blocks = blocks ?? (text is null ? old.Blocks : null),
                Metadata = metadata is null ? old.Metadata : metadata.Count == 0 ? null : metadata,
                Edits = old.Edits + 1,
            };
            return (messages[i], null);
        }
    }

    /// <summary>Slack's error code, or null: the message is gone. A parent leaves a tombstone until its last reply is gone too.</summary>
    public string? Delete(SlackChannel channel, string ts)
    {
        lock (gate)
        {
            var i = IndexOf(channel, ts);
            if (i < 0) return "message_not_found";
            var message = messages[i];
            if (message.Author != SlackAuthor.Own || channel.IsArchived) return "cant_delete_message";
            if (HasReplies(message.Ts)) messages[i] = message.Tombstone();
            else messages.RemoveAt(i);
            if (message.ThreadTs is { } parent && !HasReplies(parent)) messages.RemoveAll(m => m.IsTombstone && m.Ts == parent);
            return null;
        }
    }

    public IReadOnlyList<SlackMessage> In(SlackChannel channel)
    {
        lock (gate) return [.. messages.Where(m => m.ChannelId == channel.Id)];
    }

    private int IndexOf(SlackChannel channel, string ts) => messages.FindIndex(m => m.ChannelId == channel.Id && m.Ts == ts);

    // A ts names one message in all channels here: the counter is theirs together.
    private bool HasReplies(string ts) => messages.Exists(m => m.ThreadTs == ts);
}
