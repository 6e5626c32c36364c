using System.Text.RegularExpressions;

namespace RdsBq.Core.Settings;

/// <summary>Where people are told.</summary>
/// <param name="Channel">Its id.</param>
/// <param name="TokenSecret">The name of the token's secret in Secret Manager, never the token.</param>
/// <param name="Always">A published run is told too, not problems alone.</param>
public sealed partial record SlackSettings(string Channel, string TokenSecret, bool Always)
{
    private static readonly Dictionary<string, bool?> Notify = new() { ["always"] = true, ["problems"] = false, ["never"] = null };

    /// <summary><c>SLACK_CHANNEL</c> and <c>SLACK_TOKEN_SECRET</c>: both or none; <c>NOTIFY</c> (problems). Null where nobody is to be told.</summary>
    public static SlackSettings? Read(SettingsReader reader)
    {
        const string channelExpected = "the channel's id, such as C0123ABCDEF (in Slack: the channel's name, About, at the bottom): the history can't be read by name";
        const string secretExpected = "the name of a secret in Secret Manager, not the token itself";
        var channel = reader.Maybe("SLACK_CHANNEL", channelExpected, v => ChannelId().IsMatch(v));
        var always = reader.Choice("NOTIFY", false, Notify);
        var secret = reader.Maybe("SLACK_TOKEN_SECRET", secretExpected, IsSecretName);
        if (channel is not null && secret is not null) return always is { } told ? new SlackSettings(channel, secret, told) : null;
        if (channel is not null && !IsRefused(reader, "SLACK_TOKEN_SECRET")) reader.Refuse("SLACK_TOKEN_SECRET", null, secretExpected);
        if (secret is not null && !IsRefused(reader, "SLACK_CHANNEL")) reader.Refuse("SLACK_CHANNEL", null, channelExpected);
        return null;
    }

    private static bool IsRefused(SettingsReader reader, string name) => reader.Problems.Any(p => p.Name == name);

    [GeneratedRegex(@"^[CG][A-Z0-9]{2,}\z")]
    private static partial Regex ChannelId();

    private static bool IsSecretName(string value) =>
        !value.StartsWith("xox", StringComparison.Ordinal) && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '/');
}
