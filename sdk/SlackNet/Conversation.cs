namespace SlackNet;

/// <summary>A channel or direct message.</summary>
public class Conversation
{
    public string Id { get; set; }

    /// <summary>Without the leading #; null for direct messages.</summary>
    public string Name { get; set; }
    public bool IsChannel { get; set; }
    public bool IsPrivate { get; set; }
    public bool IsArchived { get; set; }

    /// <summary>Whether the token's own user is in it.</summary>
    public bool IsMember { get; set; }
}
