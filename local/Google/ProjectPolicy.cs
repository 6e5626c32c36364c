using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Grpc.Core;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.Google;

/// <summary>
/// Of Cloud Resource Manager <c>projects.testIamPermissions</c> (https://cloud.google.com/resource-manager/reference/rest/v1/projects/testIamPermissions).
/// The caller has every right, except where a fault of operation <c>resourcemanager.TestIamPermissions</c>, action <c>lacks</c>, names one as its code.
/// </summary>
internal sealed partial class ProjectPolicy(Faults faults, Func<string, bool> accepts)
{
    public const string Operation = "resourcemanager.TestIamPermissions";

    /// <summary>The project that is asked about; null for any other call.</summary>
    public static string? ProjectOf(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && Form().Match(context.Request.Path.Value!) is { Success: true } match ? match.Groups[1].Value : null;

    public async Task AnswerAsync(HttpContext context, string project)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal) || !accepts(header["Bearer ".Length..]))
        {
            await GoogleError.WriteAsync(context, StatusCode.Unauthenticated, "Request had invalid authentication credentials.");
        }
        else if (project != Estate.Project && project != $"{Estate.ProjectNumber}")
        {
            await GoogleError.WriteAsync(context, StatusCode.PermissionDenied, "The caller does not have permission");
        }
        else if (await AskedAsync(context) is not { } asked)
        {
            await GoogleError.WriteAsync(context, StatusCode.InvalidArgument, "Permissions must be an array of names without wildcards.");
        }
        else
        {
            var lacks = faults.Take(Operation, project, "lacks")?.Code;
            var held = asked.Where(p => p != lacks).Select(p => (JsonNode)p).ToArray();
            context.Response.ContentType = "application/json; charset=UTF-8";
            // An empty collection has no key.
            await context.Response.WriteAsync((held.Length == 0 ? [] : new JsonObject { ["permissions"] = new JsonArray(held) }).ToJsonString());
        }
    }

    private static async Task<IReadOnlyList<string>?> AskedAsync(HttpContext context)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body);
            var asked = (body?["permissions"] as JsonArray)?.Select(p => p!.GetValue<string>()).ToList();
            return asked?.Exists(p => p.Contains('*', StringComparison.Ordinal)) == false ? asked : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex("^/v1/projects/([^/:]+):testIamPermissions$")]
    private static partial Regex Form();
}
