using System.Text.RegularExpressions;

namespace RdsBq.Core.Checks;

/// <summary>Whether a secret's value can be what it should be. No answer carries any part of it.</summary>
public static partial class SecretJudge
{
    /// <param name="value">As it lies in the secret.</param>
    public static Answer KeyId(string secret, string value, GoogleCommands commands) => Judge(secret, value, commands, "an AWS access key id", text => text switch
    {
        _ when KeyIdForm().IsMatch(text) => null,
        _ when text.StartsWith("ASIA", StringComparison.Ordinal) => "holds the id of a temporary key (ASIA…), which transfers can't use",
        _ when KeyForm().IsMatch(text) => "holds what looks like a secret access key: the two secrets may be swapped",
        _ => "does not look like an access key id (AKIA and 16 more letters and digits)",
    });

    /// <inheritdoc cref="KeyId"/>
    public static Answer Key(string secret, string value, GoogleCommands commands) => Judge(secret, value, commands, "an AWS secret access key", text => text switch
    {
        _ when KeyForm().IsMatch(text) => null,
        _ when KeyIdForm().IsMatch(text) => "holds what looks like an access key id: the two secrets may be swapped",
        _ => "does not look like a secret access key (40 letters, digits, / and +)",
    });

    /// <inheritdoc cref="KeyId"/>
    public static Answer SlackToken(string secret, string value, GoogleCommands commands) => Judge(secret, value, commands, "a Slack token", text => text switch
    {
        _ when text.StartsWith("xoxb-", StringComparison.Ordinal) || text.StartsWith("xoxe.xoxb-", StringComparison.Ordinal) => null,
        _ when text.StartsWith("xox", StringComparison.Ordinal) => "holds a Slack token of another kind than a bot's (xoxb-…)",
        _ => "does not look like a bot's token (xoxb-…)",
    });

    private static Answer Judge(string secret, string value, GoogleCommands commands, string expected, Func<string, string?> problemOf)
    {
        // What every reader here cuts off.
        var text = value.Trim();
        var problem = text.Length == 0 ? "is empty" : text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ? "has a blank or a line end inside" : problemOf(text);
        return problem is null
            ? Answer.Ok($"{secret} holds {expected}{(text.Length < value.Length ? "; the blanks or line ends around it are cut off" : "")}")
            : Answer.NotOk($"{secret} {problem}", $"Paste {expected}, then Ctrl-D twice, no line end: {commands.NewVersion(secret)}");
    }

    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html: a user's key; its length is not promised.
    [GeneratedRegex(@"^AKIA[A-Z0-9]{12,124}\z")]
    private static partial Regex KeyIdForm();

    [GeneratedRegex(@"^[A-Za-z0-9/+=]{40}\z")]
    private static partial Regex KeyForm();
}
