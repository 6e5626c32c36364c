using SlackNet.Blocks;
using SlackNet.Events;

namespace SlackNet.WebApi;

public class Message
{
    /// <summary>An id, or a name with #.</summary>
    public string Channel { get; set; }

    /// <summary>The whole message, or with <see cref="Blocks"/> what notifications show.</summary>
    public string Text { get; set; }
    public ParseMode Parse { get; set; }
    public bool LinkNames { get; set; }
    public IList<Block> Blocks { get; set; } = new List<Block>();
    public bool UnfurlLinks { get; set; }
    public bool UnfurlMedia { get; set; } = true;
    public string Username { get; set; }
    public bool? AsUser { get; set; }
    public string IconUrl { get; set; }
    public string IconEmoji { get; set; }

    /// <summary>The <c>ts</c> of the message to reply to.</summary>
    public string ThreadTs { get; set; }
    public bool ReplyBroadcast { get; set; }

    /// <summary>Not shown; anyone in the workspace can read it.</summary>
    public MessageMetadata MetadataJson { get; set; }
}

/// <summary>Metadata can't be given: Slack keeps what the message has.</summary>
public class MessageUpdate
{
    public string Ts { get; set; }

    /// <summary>An id, as the post's answer gave it: a name is not accepted.</summary>
    public string ChannelId { get; set; }
    public string Text { get; set; }

    /// <summary>Null takes the blocks away where <see cref="Text"/> is given, and keeps them where it is not.</summary>
    public IList<Block> Blocks { get; set; }
    public ParseMode Parse { get; set; } = ParseMode.Client;
    public bool LinkNames { get; set; }
    public bool? AsUser { get; set; }
}

public enum ParseMode
{
    None,
    Full,
    Client,
}

public class PostMessageResponse
{
    public string Ts { get; set; }

    /// <summary>The channel's id.</summary>
    public string Channel { get; set; }
    public MessageEvent Message { get; set; }
}

public class MessageUpdateResponse
{
    public string Channel { get; set; }
    public string Ts { get; set; }
    public string Text { get; set; }
}

public class MessageTsResponse
{
    public string Channel { get; set; }
    public string Ts { get; set; }
}
