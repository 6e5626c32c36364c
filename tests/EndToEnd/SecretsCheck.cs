using System.Text.Json;
using System.Text.RegularExpressions;

namespace RdsBq.EndToEnd.Tests;

/// <summary>Looks for anything confidential in what was said: every key and token that a cloud knows, and what looks like one.</summary>
internal static partial class SecretsCheck
{
    /// <summary>What is wrong with the text, in words that do not quote the secret; empty where it is clean.</summary>
    public static IReadOnlyList<string> Find(string text, IEnumerable<string> secrets) => FindForms(text, [.. secrets.SelectMany(Forms)]);

    /// <summary>Outputs of job and function, and what they have left in the world.</summary>
    public static async Task AssertCleanAsync(CloudRun run)
    {
        AssertSaidNothing(run);
        await AssertWorldCleanAsync(run);
    }

    /// <summary>Standard output and error output of every process so far.</summary>
    public static void AssertSaidNothing(CloudRun run) => AssertClean(run, run.Said);

    /// <summary>Slack messages, ledger rows and journal since the last reset.</summary>
    public static async Task AssertWorldCleanAsync(CloudRun run)
    {
        var slack = run.Cloud.Slack.Messages.Select(m => m.ToString());
        var ledger = (await run.LedgerAsync("*")).Select(row => string.Join('|', row));
        AssertClean(run, [.. slack, .. run.Cloud.SlackTexts, .. ledger, JsonSerializer.Serialize(run.Cloud.Journal.Entries)]);
    }

    private static void AssertClean(CloudRun run, IEnumerable<string> texts)
    {
        var secrets = run.Cloud.Confidential;
        Assert.Contains(secrets, s => s.StartsWith("ya29.", StringComparison.Ordinal));
        Assert.Contains(run.Cloud.Estate.ReaderSecret, secrets);
        List<string> forms = [.. secrets.SelectMany(Forms)];
        Assert.All(texts, text => Assert.Empty(FindForms(text, forms)));
    }

    private static List<string> FindForms(string text, List<string> forms) =>
    [
        .. forms.Where(f => text.Contains(f, StringComparison.Ordinal)).Select(f => $"a secret that begins with {f[..4]}"),
        .. Pattern().Matches(text).Select(m => $"something like a credential at {m.Index}: {m.Value[..8]}…"),
    ];

    // As it is, as part of a URL, as part of JSON.
    private static IEnumerable<string> Forms(string secret) =>
        new[] { secret, Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret).ToString() }.Distinct();

    [GeneratedRegex(
        @"X-Amz-Signature|AWS4-HMAC-SHA256|\b(AKIA|ASIA)[A-Z2-7]{16}\b|\beyJ[\w-]{8,}\.eyJ|\bya29\.[\w-]{8,}|\bxox[abp]-\w{8,}")]
    private static partial Regex Pattern();
}
