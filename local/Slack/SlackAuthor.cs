namespace RdsBq.Local.Slack;

/// <summary>Who wrote a message.</summary>
/// <param name="Bot">The id of an app's bot, which is not its user's; null for a person.</param>
public sealed record SlackAuthor(string User, string? Bot = null, string? App = null)
{
    /// <summary>The bot whose token is good.</summary>
    public static SlackAuthor Own { get; } = new("U0LOCALBOT", "B0LOCALBOT", "A0LOCALBOT");

    public static SlackAuthor Person { get; } = new("U0LOCALPERSON");

    public static SlackAuthor OtherApp { get; } = new("U0LOCALOTHER", "B0LOCALOTHER", "A0LOCALOTHER");

    internal static SlackAuthor Slackbot { get; } = new("USLACKBOT");
}
