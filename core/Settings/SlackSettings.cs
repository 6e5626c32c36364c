namespace RdsBq.Core.Settings;

/// <summary>Where people are told.</summary>
/// <param name="TokenSecret">The name of the token's secret in Secret Manager, never the token.</param>
public sealed record SlackSettings(string Channel, string TokenSecret)
{
    /// <summary><c>SLACK_CHANNEL</c> and <c>SLACK_TOKEN_SECRET</c>: both or none.</summary>
    public static SlackSettings? Read(SettingsReader reader)
    {
        const string channelExpected = "a channel id or #name";
        const string secretExpected = "the name of a secret in Secret Manager, not the token itself";
        var channel = reader.Maybe("SLACK_CHANNEL", channelExpected, v => !v.Any(char.IsWhiteSpace));
        var secret = reader.Maybe("SLACK_TOKEN_SECRET", secretExpected, IsSecretName);
        if (channel is not null && secret is not null) return new SlackSettings(channel, secret);
        if (channel is not null && !IsRefused(reader, "SLACK_TOKEN_SECRET")) reader.Refuse("SLACK_TOKEN_SECRET", null, secretExpected);
        if (secret is not null && !IsRefused(reader, "SLACK_CHANNEL")) reader.Refuse("SLACK_CHANNEL", null, channelExpected);
        return null;
    }

    private static bool IsRefused(SettingsReader reader, string name) => reader.Problems.Any(p => p.Name == name);

    private static bool IsSecretName(string value) =>
        !value.StartsWith("xox", StringComparison.Ordinal) && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '/');
}
