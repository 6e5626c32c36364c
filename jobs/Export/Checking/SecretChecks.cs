using RdsBq.Cloud.Secrets;
using RdsBq.Core.Checks;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Checking;

/// <summary>The secrets that settings name: readable, and of the form that is wanted. Their values go nowhere.</summary>
internal static class SecretChecks
{
    public const string SlackToken = "slack token secret";

    public static IEnumerable<Check> Of(JobSettings settings, GoogleEyes eyes, GoogleSeen seen)
    {
        yield return Key("aws key id secret", settings.ReaderKeyIdSecret, SecretReader.KeyIdSetting, SecretJudge.KeyId);
        yield return Key("aws key secret", settings.ReaderKeySecret, SecretReader.KeySetting, SecretJudge.Key);
        if (settings.Slack is { } slack) yield return Of(SlackToken, slack.TokenSecret, SecretReader.SlackSetting, SecretJudge.SlackToken, eyes, seen, (_, answer) => Task.FromResult(answer));

        Check Key(string name, string secret, string setting, Func<string, string, GoogleCommands, Answer> judge) =>
            Of(name, secret, setting, judge, eyes, seen, (token, answer) => VersionsAsync(secret, setting, answer, eyes, seen, token));
    }

    private static Check Of(
        string name, string secret, string setting, Func<string, string, GoogleCommands, Answer> judge, GoogleEyes eyes, GoogleSeen seen,
        Func<CancellationToken, Answer, Task<Answer>> then) =>
        new(name, GoogleChecks.Access, token => seen.AskAsync(
            Look(secret, seen),
            async () => await then(token, judge(secret, await eyes.Secrets.ReadAsItIsAsync(secret, setting, token), seen.Commands)),
            token));

    /// <summary>What <c>sync</c> tells newer keys by.</summary>
    private static async Task<Answer> VersionsAsync(string secret, string setting, Answer value, GoogleEyes eyes, GoogleSeen seen, CancellationToken token)
    {
        if (value.Verdict != CheckVerdict.Ok || await eyes.Secrets.ChangedAtAsync(secret, setting, token) is not null) return value;
        return Answer.NotOk(
            $"{secret}: this service account lacks secretmanager.versions.get: sync can't see that keys are newer than the transfer configs",
            $"Give it: {seen.Commands.GrantOnSecret(secret, "roles/secretmanager.viewer")}");
    }

    private static GoogleLook Look(string secret, GoogleSeen seen) => new(
        $"Secret {secret}", "secretmanager.googleapis.com", "secretmanager.versions.access", Needed: true,
        seen.Commands.GrantOnSecret(secret, "roles/secretmanager.secretAccessor"), $"Add a value: {seen.Commands.NewVersion(secret)}");
}
