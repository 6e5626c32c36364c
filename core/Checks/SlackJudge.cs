using RdsBq.Core.Diagnosis;

namespace RdsBq.Core.Checks;

/// <summary>What Slack's answers to the looks mean. Nothing is posted for them.</summary>
public static class SlackJudge
{
    private const string Post = "chat:write";
    private const string Apps = "https://api.slack.com/apps";
    private static readonly string[] History = ["channels:history", "groups:history"];

    /// <param name="scopes">Of the answer's header x-oauth-scopes; null where it had none.</param>
    public static Answer Scopes(IReadOnlyList<string>? scopes)
    {
        if (scopes is null) return Answer.NotChecked("Slack's answer did not tell the token's scopes");
        List<string> missing = [.. scopes.Contains(Post) ? [] : (string[])[Post], .. scopes.Intersect(History).Any() ? [] : (string[])["channels:history (a private channel: groups:history)"]];
        return missing.Count == 0
            ? Answer.Ok(string.Join(", ", scopes.Where(s => s == Post || History.Contains(s)).Order(StringComparer.Ordinal)))
            : Answer.NotOk($"the token lacks {string.Join(" and ", missing)}", $"Give the app these bot scopes and install it in the workspace again: {Apps}");
    }

    /// <param name="code">Of an answer with <c>ok: false</c>.</param>
    /// <param name="secret">Of the token.</param>
    public static Answer Refused(string code, string secret, GoogleCommands commands)
    {
        if (Diagnoses.OfSlack(code) is not { } finding) return Answer.NotOk($"Slack answered {code}", "Look the code up: https://docs.slack.dev/reference/methods/auth.test");
        if (finding.Passes) return Answer.NotChecked($"{finding.Cause} ({code})", "Run doctor again.");
        var mend = finding.Command is null ? finding.Mend : $"{finding.Mend} {commands.NewVersion(secret)}";
        return Answer.NotOk($"{finding.Cause} ({code})", mend);
    }
}
