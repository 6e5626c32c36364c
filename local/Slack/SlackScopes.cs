using System.Text.Json.Nodes;

namespace RdsBq.Local.Slack;

/// <summary>
/// The token's scopes (https://docs.slack.dev/reference/scopes): told in a header of each answer, and asked for by each method. All channels here are public.
/// </summary>
internal sealed class SlackScopes
{
    public IReadOnlyList<string> Granted { get; set; } = ["chat:write", "channels:history", "channels:read", "groups:history"];

    /// <summary>Puts the headers in place; the refusal where the method needs a scope that is not granted.</summary>
    public JsonObject? Check(HttpContext context, string method)
    {
        var provided = string.Join(',', Granted);
        var needed = Needed(method);
        context.Response.Headers["x-oauth-scopes"] = provided;
        if (needed is not null) context.Response.Headers["x-accepted-oauth-scopes"] = needed;
        return needed is null || Granted.Contains(needed)
            ? null
            : new JsonObject { ["ok"] = false, ["error"] = "missing_scope", ["needed"] = needed, ["provided"] = provided };
    }

    private static string? Needed(string method) => method switch
    {
        "conversations.history" or "conversations.replies" => "channels:history",
        "conversations.info" => "channels:read",
        _ when method.StartsWith("chat.", StringComparison.Ordinal) => "chat:write",
        _ => null,
    };
}
