using System.Text.Json;
using System.Text.Json.Nodes;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.Slack;

/// <summary>Slack's calls: <c>/api/METHOD</c>, arguments as JSON, form or query; failures are HTTP 200 with <c>"ok":false</c> unless
/// scripted otherwise.</summary>
internal sealed class SlackWire : IWire
{
    private static readonly string[] Changing = ["chat."];

    public async ValueTask<CallName> NameAsync(HttpContext context)
    {
        var method = MethodOf(context);
        var arguments = await ArgumentsAsync(context);
        return new CallName($"slack.{method}", Text(arguments, "channel"),
            Changing.Any(c => method.StartsWith(c, StringComparison.Ordinal)));
    }

    public Task WriteErrorAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        if (status == 429 && context.Response.Headers.RetryAfter.Count == 0) context.Response.Headers.RetryAfter = "1";
        return WriteAsync(context, new JsonObject { ["ok"] = false, ["error"] = status == 429 ? "ratelimited" : code });
    }

    public static string MethodOf(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", out var rest) ? rest.Value!.Trim('/') : context.Request.Path.Value!.Trim('/');

    public static Task WriteAsync(HttpContext context, JsonObject answer)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(answer.ToJsonString());
    }

    /// <summary>Query, then body; the body can be read again afterwards.</summary>
    public static async Task<JsonObject> ArgumentsAsync(HttpContext context)
    {
        var arguments = new JsonObject();
        foreach (var (name, value) in context.Request.Query) arguments[name] = value.ToString();
        context.Request.Body.Position = 0;
        if (context.Request.HasFormContentType)
        {
            foreach (var (name, value) in await context.Request.ReadFormAsync()) arguments[name] = FromForm(name, value.ToString());
        }
        else if (context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true
            && await ParseAsync(context.Request.Body) is JsonObject body)
        {
            foreach (var (name, value) in body) arguments[name] = value?.DeepClone();
        }
        context.Request.Body.Position = 0;
        return arguments;
    }

    public static string Text(JsonObject arguments, string name) => arguments[name] is JsonValue value ? value.ToString() : "";

    public static bool Flag(JsonObject arguments, string name) => Text(arguments, name) is "true" or "True" or "1";

    private static JsonNode? FromForm(string name, string value)
    {
        if (name is not ("blocks" or "metadata")) return value;
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return value;
        }
    }

    private static async Task<JsonNode?> ParseAsync(Stream body)
    {
        try
        {
            return await JsonNode.ParseAsync(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
