using System.Buffers.Binary;
using System.Text.Json;
using Google.Protobuf;
using Grpc.AspNetCore.Server;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.Google;

/// <summary>Names a call alike over gRPC and REST; paths that belong to a neighbour on the same port are the neighbour's to name and to
/// word.</summary>
internal sealed class GoogleWire(Func<HttpContext, IWire?> neighbour) : IWire
{
    public async ValueTask<CallName> NameAsync(HttpContext context)
    {
        if (neighbour(context) is { } other) return await other.NameAsync(context);
        var path = context.Request.Path.Value!;
        if (ProjectPolicy.ProjectOf(context) is { } project) return new CallName(ProjectPolicy.Operation, project);
        if (RpcOf(context) is not { } rpc)
            return new CallName(GoogleError.IsGrpc(context) ? Rpc.OperationOf(path) : $"google.{context.Request.Method} {path}");
        var subject = GoogleError.IsGrpc(context) ? await GrpcSubjectAsync(rpc, context) : await RestSubjectAsync(rpc, context);
        return new CallName(rpc.Operation, subject, rpc.Mutates);
    }

    public Task WriteErrorAsync(HttpContext context, int status, string code, string message) =>
        neighbour(context) is { } other
            ? other.WriteErrorAsync(context, status, code, message)
            : GoogleError.WriteAsync(context, GoogleError.CodeOf(code, status), message, status);

    public static Rpc? RpcOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is { } method ? Rpc.OfGrpcPath(method.Method.FullName) : null;

    /// <summary>The unary request message of a gRPC call, or null where the body is not one; the body can be read again
    /// afterwards.</summary>
    public static async Task<IMessage?> MessageAsync(Rpc rpc, HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        context.Request.Body.Position = 0;
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (bytes.Length < 5 || bytes.Span[0] != 0
            || BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[1..]) != bytes.Length - 5) return null;
        try
        {
            return rpc.Method.InputType.Parser.ParseFrom(bytes.Span[5..]);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static async Task<string> GrpcSubjectAsync(Rpc rpc, HttpContext context)
    {
        if (await MessageAsync(rpc, context) is not { } message) return "";
        return Rpc.ValueOf(message, CreatedBy(rpc)) is { Length: > 0 } created ? created : Rpc.ValueOf(message, rpc.RoutingField) ?? "";
    }

    private static async Task<string> RestSubjectAsync(Rpc rpc, HttpContext context)
    {
        if (rpc.BindingOf(context.Request) is not { } binding) return "";
        var created = rpc.Method.Name switch
        {
            "CreateTransferConfig" => await DisplayNameAsync(context),
            "CreateSecret" => context.Request.Query["secretId"].ToString(),
            _ => "",
        };
        return created.Length > 0 ? created : Uri.UnescapeDataString(binding.Path.Match(context.Request.Path.Value!).Groups[1].Value);
    }

    private static string CreatedBy(Rpc rpc) => rpc.Method.Name switch
    {
        "CreateTransferConfig" => "transfer_config.display_name",
        "CreateSecret" => "secret_id",
        _ => rpc.RoutingField,
    };

    private static async Task<string> DisplayNameAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return body.RootElement.ValueKind == JsonValueKind.Object
                && (body.RootElement.TryGetProperty("displayName", out var name)
                    || body.RootElement.TryGetProperty("display_name", out name))
                ? name.ToString()
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
        finally
        {
            context.Request.Body.Position = 0;
        }
    }
}
