using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.BigQuery.Rest;

/// <summary>Names BigQuery's calls and words its errors.</summary>
public sealed partial class BigQueryWire : IWire
{
    public async ValueTask<CallName> NameAsync(HttpContext context) =>
        await TryNameAsync(context) ?? new CallName($"bigquery.{context.Request.Method} {context.Request.Path}");

    /// <summary>Null where the path is not BigQuery's, for a port that several services share.</summary>
    public static async ValueTask<CallName?> TryNameAsync(HttpContext context)
    {
        if (Route.Parse(context.Request.Method, context.Request.Path) is not { } route) return null;
        var body = context.Request.Method is "POST" && route.Known ? await ReadAsync(context.Request) : null;
        return new CallName("bigquery." + route.Operation, Subject(route, body), route.Mutates && !IsSelect(route, body));
    }

    public Task WriteErrorAsync(HttpContext context, int status, string code, string message) => ErrorAsync(context, status, code, message);

    /// <summary>An error in BigQuery's shape; <paramref name="reason"/> is what clients decide by.</summary>
    public static Task ErrorAsync(HttpContext context, int status, string reason, string message, string location = "")
    {
        var item = new JsonObject { ["message"] = message, ["domain"] = "global", ["reason"] = reason };
        if (location.Length > 0) (item["location"], item["locationType"]) = (location, status == 401 ? "header" : "parameter");
        var error = new JsonObject { ["code"] = status, ["message"] = message, ["errors"] = new JsonArray(item), ["status"] = Status(status) };
        return WriteAsync(context, status, new JsonObject { ["error"] = error });
    }

    internal static async Task WriteAsync(HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    /// <summary>The body as an object; empty where there is none.</summary>
    internal static async Task<JsonObject> ReadAsync(HttpRequest request)
    {
        try
        {
            using var reader = new StreamReader(request.Body, leaveOpen: true);
            var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
            return text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            // Named first, refused later: the reader of the call answers 400.
            return new JsonObject { [Malformed] = true };
        }
    }

    internal const string Malformed = "\u0001malformed";

    private static string Subject(Route route, JsonObject? body) => route.Operation switch
    {
        "datasets.insert" => body?["datasetReference"]?["datasetId"]?.ToString() ?? "",
        "tables.insert" => $"{route.Dataset}.{body?["tableReference"]?["tableId"]}",
        "jobs.query" => Target(body?["query"]?.ToString()),
        "jobs.insert" => body?["jobReference"]?["jobId"]?.ToString() ?? "",
        _ when route.Job.Length > 0 => route.Job,
        _ when route.Table.Length > 0 => $"{route.Dataset}.{route.Table}",
        _ => route.Dataset,
    };

    /// <summary>The first table that a statement names.</summary>
    private static string Target(string? sql)
    {
        var match = TableName().Match(sql ?? "");
        if (!match.Success) return "";
        var parts = match.Groups[1].Value.Replace("`", "", StringComparison.Ordinal).Split('.');
        return string.Join('.', parts.TakeLast(2));
    }

    private static bool IsSelect(Route route, JsonObject? body) =>
        route.Operation == "jobs.query" && (body?["query"]?.ToString().TrimStart() ?? "") is var sql
            && (sql.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase) || sql.StartsWith("WITH", StringComparison.OrdinalIgnoreCase));

    private static string Status(int status) => status switch
    {
        400 => "INVALID_ARGUMENT",
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        409 => "ALREADY_EXISTS",
        412 => "FAILED_PRECONDITION",
        429 => "RESOURCE_EXHAUSTED",
        501 => "UNIMPLEMENTED",
        503 => "UNAVAILABLE",
        _ => "INTERNAL",
    };

    [GeneratedRegex(@"\b(?:VIEW|TABLE|INTO|FROM|UPDATE)\s+(?!UNNEST\b)(?:IF\s+(?:NOT\s+)?EXISTS\s+)?((?:`[^`]+`|[\w-]+)(?:\.(?:`[^`]+`|[\w-]+))*)", RegexOptions.IgnoreCase)]
    private static partial Regex TableName();
}
