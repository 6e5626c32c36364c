using System.Text.Json;
using System.Text.RegularExpressions;
using RdsBq.Local;

namespace RdsBq.EndToEnd.Tests;

/// <summary>Looks for anything confidential in what was said: every key and token that a cloud knows, and whatever looks like one.</summary>
internal static partial class SecretsCheck
{
    /// <summary>What is wrong with the text, in words that do not quote the secret; empty where it is clean.</summary>
    public static IReadOnlyList<string> Find(string text, IEnumerable<string> secrets)
    {
        var found = secrets.Where(s => s.Length > 0 && Forms(s).Any(f => text.Contains(f, StringComparison.Ordinal))).Select(s => $"a secret that begins with {s[..4]}");
        return [.. found, .. Pattern().Matches(text).Select(m => $"something like a credential at {m.Index}: {m.Value[..Math.Min(8, m.Length)]}…")];
    }

    /// <summary>Outputs of job and function, Slack messages, ledger rows and journal of one run.</summary>
    public static async Task AssertCleanAsync(CloudRun run, bool ledger = true)
    {
        var secrets = run.Cloud.Confidential;
        Assert.Contains(secrets, s => s.StartsWith("ya29.", StringComparison.Ordinal));
        Assert.Contains(run.Cloud.Estate.ReaderSecret, secrets);
        List<string> texts =
        [
            .. run.Said, .. run.Cloud.SlackTexts, JsonSerializer.Serialize(run.Cloud.Slack.Messages.Select(m => m.ToString())), JsonSerializer.Serialize(run.Cloud.Journal.Entries),
        ];
        if (ledger) texts.AddRange((await run.LedgerAsync("*")).Select(row => string.Join('|', row)));
        Assert.All(texts, text => Assert.Empty(Find(text, secrets)));
    }

    // As it is, as part of a URL, as part of JSON.
    private static IEnumerable<string> Forms(string secret) => [secret, Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret).ToString()];

    [GeneratedRegex(@"X-Amz-Signature|AWS4-HMAC-SHA256|\b(AKIA|ASIA)[A-Z2-7]{16}\b|\beyJ[\w-]{8,}\.eyJ|\bya29\.[\w-]{8,}|\bxox[abp]-\w{8,}")]
    private static partial Regex Pattern();
}
