using System.Text.Json;
using System.Text.Json.Nodes;

namespace RdsBq.Local.Slack;

/// <summary>
/// What metadata may hold: https://docs.slack.dev/tools/node-slack-sdk/reference/web-api/interfaces/MessageMetadata. Strictly read: an
/// event type of letters, digits and underscores; values that are strings, numbers, booleans, flat objects of those, or lists of objects.
/// </summary>
internal static class SlackMetadata
{
    /// <summary>Slack does not say what is too large (UNVERIFIED).</summary>
    private const int Most = 8000;

    /// <summary>Slack's error code, or null.</summary>
    public static string? Problem(JsonNode? metadata)
    {
        if (metadata is null) return null;
        if (metadata is not JsonObject given) return "invalid_metadata_format";
        if (given.ToJsonString().Length > Most) return "metadata_too_large";
        return IsName(given["event_type"]) && given["event_payload"] is JsonObject payload && payload.All(m => IsValue(m.Value))
            ? null
            : "invalid_metadata_schema";
    }

    private static bool IsName(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String && node.GetValue<string>() is { Length: > 0 } name
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static bool IsValue(JsonNode? node) => IsScalar(node) || IsFlat(node) || (node is JsonArray list && list.All(IsFlat));

    private static bool IsFlat(JsonNode? node) => node is JsonObject flat && flat.All(m => IsScalar(m.Value));

    private static bool IsScalar(JsonNode? node) =>
        node?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
}
