using System.IO.Enumeration;
using System.Text.Json;

namespace RdsBq.Core.Checks;

/// <summary>One condition of a trust policy: one key under one operator.</summary>
internal sealed record TrustCondition(string Test, string Key, IReadOnlyList<string> Values)
{
    private static readonly string[] Alike = ["StringLike", "ArnLike", "ArnEquals"];

    public bool Known => IsEquality && (IsAccount || IsSource);

    public string Words => $"{Key} is ({Test}) {string.Join(" or ", Values)}";

    private bool IsAccount => Key.Equals("aws:SourceAccount", StringComparison.OrdinalIgnoreCase);

    private bool IsSource => Key.Equals("aws:SourceArn", StringComparison.OrdinalIgnoreCase);

    private bool IsEquality => Bare is "StringEquals" or "StringEqualsIgnoreCase" || Alike.Contains(Bare);

    // With IfExists a condition is looser: whatever it takes with it, it takes without.
    private string Bare => Test.EndsWith("IfExists", StringComparison.Ordinal) ? Test[..^"IfExists".Length] : Test;

    /// <summary>Whether it can hold for an export of that account and region.</summary>
    public bool Holds(string account, string region) => Known && Values.Any(v => IsAccount ? Matches(v, account) : CanMatch(v, account, region));

    // Which ARN RDS gives, the snapshot's or the export task's, is not documented: only what both begin with is looked at.
    private bool CanMatch(string pattern, string account, string region)
    {
        var parts = pattern.Split(':', 6);
        string[] wanted = ["arn", "aws", "rds", region, account];
        for (var i = 0; i < wanted.Length; i++)
        {
            if (i >= parts.Length) return parts[^1].EndsWith('*');
            // The partition is the role's own anyway.
            if (i != 1 && !Matches(parts[i], wanted[i])) return false;
        }
        return true;
    }

    private bool Matches(string pattern, string value) =>
        Alike.Contains(Bare) ? FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false) : pattern == value;
}

/// <summary>One statement of a trust policy. Elements may be a text or a list of them.</summary>
internal sealed record TrustStatement(bool Allows, IReadOnlyList<string> Services, IReadOnlyList<string> Actions, IReadOnlyList<TrustCondition> Conditions)
{
    public bool IsAbout(string service, string action) =>
        Services.Any(s => s == "*" || s == service) && Actions.Any(a => FileSystemName.MatchesSimpleExpression(a, action, ignoreCase: true));

    public static TrustStatement Read(JsonElement statement) => new(
        statement.GetProperty("Effect").GetString() == "Allow", Principals(statement), Texts(statement, "Action"),
        statement.TryGetProperty("Condition", out var conditions)
            ? [.. conditions.EnumerateObject().SelectMany(
                test => test.Value.EnumerateObject().Select(key => new TrustCondition(test.Name, key.Name, Texts(key.Value))))]
            : []);

    public static IEnumerable<JsonElement> Many(JsonElement one) => one.ValueKind == JsonValueKind.Array ? one.EnumerateArray() : [one];

    private static IReadOnlyList<string> Principals(JsonElement statement)
    {
        if (!statement.TryGetProperty("Principal", out var principal)) return [];
        return principal.ValueKind == JsonValueKind.Object ? Texts(principal, "Service") : Texts(principal);
    }

    private static IReadOnlyList<string> Texts(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? Texts(value) : [];

    private static IReadOnlyList<string> Texts(JsonElement value) =>
        [.. Many(value).Select(v => v.ValueKind == JsonValueKind.String ? v.GetString()! : v.GetRawText())];
}
