using System.Text.Json.Nodes;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace RdsBq.Local.Google;

/// <summary>
/// What Google's front end does before and after a method: checks the bearer token and the routing header, and words REST errors.
/// Google's own clients spell field masks in either case (<c>transfer_config.display_name,scheduleOptionsV2</c>); JSON knows one.
/// </summary>
internal sealed class Gate(Func<string, bool> accepts)
{
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (GoogleWire.RpcOf(context) is not { } rpc)
        {
            await next(context);
            return;
        }
        var refusal = Unauthenticated(context.Request, rpc) ?? await MisroutedAsync(context, rpc);
        if (refusal is { } r) await GoogleError.WriteAsync(context, r.StatusCode, r.Detail);
        else if (GoogleError.IsGrpc(context)) await GrpcAsync(context, next);
        else await RestAsync(context, next);
    }

    private Status? Unauthenticated(HttpRequest request, Rpc rpc)
    {
        var header = request.Headers.Authorization.ToString();
        // Pub/Sub's own clients send no credentials to an emulator (PUBSUB_EMULATOR_HOST).
        if (header.Length == 0 && rpc.Service == "pubsub") return null;
        if (header.StartsWith("Bearer ", StringComparison.Ordinal) && accepts(header["Bearer ".Length..])) return null;
        return new Status(StatusCode.Unauthenticated,
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other "
            + "valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.");
    }

    /// <summary>The regional services route a gRPC call by this header alone; a raw client must add it
    /// (https://google.aip.dev/client-libraries/4222).</summary>
    private static async Task<Status?> MisroutedAsync(HttpContext context, Rpc rpc)
    {
        if (!GoogleError.IsGrpc(context) || await GoogleWire.MessageAsync(rpc, context) is not { } message) return null;
        var expected = Rpc.ValueOf(message, rpc.RoutingField) ?? "";
        var given = context.Request.Headers["x-goog-request-params"].SelectMany(h => (h ?? "").Split('&'))
            .Select(p => p.Split('=', 2)).FirstOrDefault(p => p[0] == rpc.RoutingField && p.Length == 2);
        return given is not null && Uri.UnescapeDataString(given[1]) == expected
            ? null
            : new Status(StatusCode.InvalidArgument,
                $"Metadata 'x-goog-request-params' must carry '{rpc.RoutingField}={Uri.EscapeDataString(expected)}'.");
    }

    private static async Task GrpcAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        // The gRPC server leaves the last flush to the end of the request, which flushes the original body, not the one that counts its
        // bytes.
        await context.Response.BodyWriter.FlushAsync();
    }

    private static async Task RestAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Query.TryGetValue("updateMask", out var mask)
            || context.Request.Query.TryGetValue("update_mask", out mask)) Respell(context, mask!);
        var original = context.Features.Get<IHttpResponseBodyFeature>()!;
        using var answer = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer, original));
        await next(context);
        await context.Response.BodyWriter.FlushAsync();
        context.Features.Set(original);
        if (context.Response.StatusCode < 400)
        {
            answer.Position = 0;
            await answer.CopyToAsync(context.Response.Body, context.RequestAborted);
            return;
        }
        var error = JsonNode.Parse(answer.ToArray()) as JsonObject;
        var code = (StatusCode)((int?)error?["code"] ?? (int)StatusCode.Unknown);
        context.Response.Headers.Clear();
        await GoogleError.WriteAsync(context, code, (string?)error?["message"] ?? "");
    }

    private static void Respell(HttpContext context, string mask)
    {
        var query = context.Request.Query.Where(q => q.Key is not ("updateMask" or "update_mask")).ToDictionary(q => q.Key, q => q.Value);
        query["updateMask"] = new StringValues(string.Join(',', mask.Split(',').Select(Camel)));
        context.Request.Query = new QueryCollection(query);
    }

    private static string Camel(string path) =>
        string.Concat(path.Select((c, i) => c == '_' ? "" : i > 0
            && path[i - 1] == '_' ? char.ToUpperInvariant(c).ToString() : c.ToString()));
}
