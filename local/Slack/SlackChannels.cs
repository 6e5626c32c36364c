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
    private readonly Dictionary<string, long> lastPosts = [];
    private int counter;

    public SlackChannels(TimeProvider clock, IEnumerable<string> names)
    {
        this.clock = clock;
        foreach (var name in names) Add(name);
    }

    public bool RateLimit { get; set; }

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

    public void Clear()
    {
        lock (gate) messages.Clear();
    }

    /// <summary>By id, or by name with or without <c>#</c>.</summary>
    public SlackChannel? Find(string nameOrId)
    {
        lock (gate) return channels.Find(c => c.Id == nameOrId || c.Name == nameOrId.TrimStart('#'));
    }

    /// <summary>Whether this post comes less than a second (of real time) after the channel's last.</summary>
    public bool TooSoon(SlackChannel channel)
    {
        lock (gate)
        {
            var now = TimeProvider.System.GetTimestamp();
            if (RateLimit && lastPosts.TryGetValue(channel.Id, out var last)
                && TimeProvider.System.GetElapsedTime(last, now) < TimeSpan.FromSeconds(1)) return true;
            lastPosts[channel.Id] = now;
            return false;
        }
    }

    public SlackMessage Post(SlackChannel channel, string text, JsonArray? blocks, JsonObject? metadata, string? threadTs)
    {
        lock (gate)
        {
            var ts = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().ToUnixTimeSeconds()}.{++counter:d6}");
            var message = new SlackMessage($"#{channel.Name}", channel.Id, ts, text, blocks, metadata, threadTs);
            messages.Add(message);
            return message;
        }
    }

    public SlackMessage? Update(SlackChannel channel, string ts, string? text, JsonArray? blocks, JsonObject? metadata)
    {
        lock (gate)
        {
            var i = messages.FindIndex(m => m.ChannelId == channel.Id && m.Ts == ts);
            if (i < 0) return null;
            var old = messages[i];
            // A text without blocks takes the place of both.
            messages[i] = old with
            {
                Text = text ?? (blocks is null ? old.Text : ""),
                Blocks = blocks ?? (text is null ? old.Blocks : null),
                Metadata = metadata ?? old.Metadata,
                Edits = old.Edits + 1,
            };
            return messages[i];
        }
    }

    public IReadOnlyList<SlackMessage> In(SlackChannel channel)
    {
        lock (gate) return [.. messages.Where(m => m.ChannelId == channel.Id)];
    }
}
