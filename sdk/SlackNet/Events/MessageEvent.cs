namespace SlackNet.Events;

public abstract class Event
{
    public string Type { get; set; }
    public string EventTs { get; set; }
}

public abstract class MessageEventBase : Event
{
    public string User { get; set; }
    public string Text { get; set; }
    public string Ts { get; set; }
    public string Team { get; set; }
    public string Channel { get; set; }
    public string ThreadTs { get; set; }
}

/// <summary>A message as Slack keeps it.</summary>
public class MessageEvent : MessageEventBase
{
    /// <summary>Null for what an app posts under its own name; tombstone for a deleted message that has replies.</summary>
    public string Subtype { get; set; }
    public string ChannelType { get; set; }
    public int ReplyCount { get; set; }
    public string LatestReply { get; set; }

    /// <summary>Null unless the message was read with all metadata asked for.</summary>
    public MessageMetadata Metadata { get; set; }
    public string BotId { get; set; }
    public string AppId { get; set; }
}
