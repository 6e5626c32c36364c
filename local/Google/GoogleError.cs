using System.Globalization;
using System.Text.Json.Nodes;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace RdsBq.Local.Google;

/// <summary>Google's error codes in their three spellings: gRPC number, HTTP status, name (google/rpc/code.proto).</summary>
internal static class GoogleError
{
    public static RpcException Of(StatusCode code, string message) => new(new Status(code, message));

    public static RpcException Invalid(string message) => Of(StatusCode.InvalidArgument, message);

    public static RpcException NotFound(string message) => Of(StatusCode.NotFound, message);

    /// <summary>INVALID_ARGUMENT for <see cref="StatusCode.InvalidArgument"/>, and so on.</summary>
    public static string NameOf(StatusCode code) =>
        string.Concat(code.ToString().Select((c, i) => i > 0 && char.IsUpper(c) && code != StatusCode.OK ? "_" + c : c.ToString()))
            .ToUpperInvariant();

    /// <summary>The code of that name, else the one that Google sends with that HTTP status.</summary>
    public static StatusCode CodeOf(string name, int httpStatus) =>
        Enum.TryParse<StatusCode>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var code) ? code
            : CodeOf(httpStatus);

    public static int HttpOf(StatusCode code) => code switch
    {
        StatusCode.OK => 200,
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange => 400,
        StatusCode.Unauthenticated => 401,
        StatusCode.PermissionDenied => 403,
        StatusCode.NotFound => 404,
        StatusCode.AlreadyExists or StatusCode.Aborted => 409,
        StatusCode.ResourceExhausted => 429,
        StatusCode.Cancelled => 499,
        StatusCode.Unimplemented => 501,
        StatusCode.Unavailable => 503,
        StatusCode.DeadlineExceeded => 504,
        _ => 500,
    };

    public static bool IsGrpc(HttpContext context) =>
        context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Answers in the caller's transport: gRPC status trailers, or Google's JSON error.</summary>
    public static Task WriteAsync(HttpContext context, StatusCode code, string message, int? httpStatus = null)
    {
        if (IsGrpc(context)) return WriteGrpcAsync(context, code, message);
        context.Response.StatusCode = httpStatus ?? HttpOf(code);
        context.Response.ContentType = "application/json; charset=UTF-8";
        var error = new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = context.Response.StatusCode, ["message"] = message, ["status"] = NameOf(code) },
        };
        return context.Response.WriteAsync(error.ToJsonString());
    }

    private static async Task WriteGrpcAsync(HttpContext context, StatusCode code, string message)
    {
        context.Response.StatusCode = 200;
        context.Response.ContentType = "application/grpc";
        // A call that took effect before its answer was replaced has already said "OK" in its trailers.
        context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers.Clear();
        // "Trailers-Only", as Google's servers refuse: a client may try again only where no other headers came (github.com/grpc/proposal
        // A6).
        context.Response.Headers["grpc-status"] = ((int)code).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["grpc-message"] = Uri.EscapeDataString(message);
        await context.Response.CompleteAsync();
    }

    private static StatusCode CodeOf(int httpStatus) => httpStatus switch
    {
        400 => StatusCode.InvalidArgument,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.NotFound,
        409 => StatusCode.AlreadyExists,
        429 => StatusCode.ResourceExhausted,
        499 => StatusCode.Cancelled,
        501 => StatusCode.Unimplemented,
        503 => StatusCode.Unavailable,
        504 => StatusCode.DeadlineExceeded,
        _ => StatusCode.Internal,
    };
}
