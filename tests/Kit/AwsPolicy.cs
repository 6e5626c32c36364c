using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RdsBq.Tests.Kit;

/// <summary>One statement of a resolved IAM policy.</summary>
/// <param name="Condition">Null where there is none.</param>
public sealed record AwsStatement(
    string Sid, string Effect, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources, JsonObject? Condition, JsonNode? Principal)
{
    /// <summary>
    /// Whether the statement speaks of that call. Conditions are looked at only where their keys are given: <c>StringEquals</c>, <c>ArnLike</c> and
    /// <c>Bool</c>, all of them and each with one or several values (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html).
    /// </summary>
    public bool Covers(string action, string resource, IReadOnlyDictionary<string, string>? context = null) =>
        Actions.Any(a => Matches(a, action)) && (Resources.Count == 0 || Resources.Any(r => Matches(r, resource)))
        && (context is null || (Condition ?? []).All(o => o.Value!.AsObject().All(c => Meets(o.Key, Texts(c.Value), context.GetValueOrDefault(c.Key)))));

    public static IReadOnlyList<AwsStatement> Of(JsonNode policy) => [.. policy["Statement"]!.AsArray().Select(s => new AwsStatement(
        (string)s![nameof(Sid)]!, (string)s[nameof(Effect)]!, Texts(s["Action"]), Texts(s["Resource"]), s[nameof(Condition)]?.AsObject(), s[nameof(Principal)]))];

    private static bool Meets(string test, IReadOnlyList<string> wanted, string? value) => value is not null && test switch
    {
        "StringEquals" or "Bool" => wanted.Contains(value),
        "ArnLike" => wanted.Any(w => Matches(w, value)),
        _ => throw new NotSupportedException(test),
    };

    private static IReadOnlyList<string> Texts(JsonNode? one) => one switch
    {
        null => [],
        JsonArray many => [.. many.Select(v => (string)v!)],
        _ => [(string)one!],
    };

    private static bool Matches(string pattern, string value) =>
        Regex.IsMatch(value, "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.Singleline | RegexOptions.CultureInvariant);
}
