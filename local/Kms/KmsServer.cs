using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using RdsBq.Local.Aws;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.Kms;

/// <summary>KMS's JSON protocol, version 1.1: <c>POST /</c>, the operation in X-Amz-Target. API reference, DescribeKey and CreateGrant.</summary>
public sealed class KmsServer : IAsyncDisposable
{
    private readonly Listener listener;

    private KmsServer(Listener listener) => this.listener = listener;

    public Uri Address => listener.Http1;

    public static async Task<KmsServer> StartAsync(
        LocalClock clock, Journal journal, Faults faults, CredentialStore credentials, KeyRing ring, CancellationToken token = default)
    {
        var wire = new KmsWire(ring, new SigV4(credentials, clock, AuthWords.Json), clock.Machine);
        return new KmsServer(await Listener.StartAsync(journal, faults, wire, _ => { }, app => app.Run(wire.AnswerAsync), token: token));
    }

    public ValueTask DisposeAsync() => listener.DisposeAsync();
}

internal sealed class KmsWire(KeyRing ring, SigV4 signatures, TimeProvider machine) : IWire
{
    private const string TargetPrefix = "TrentService.";

    public async ValueTask<CallName> NameAsync(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
        var body = copy.ToArray();
        context.Items[typeof(KmsWire)] = body;
        var request = Parse(body);
        var operation = Operation(context);
        // A dry run changes nothing, whatever it asks for.
        var mutates = operation is not ("DescribeKey" or "") && !IsDryRun(request);
        return new CallName($"kms.{operation}", Text(request, "KeyId") ?? "", mutates);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var body = (byte[])context.Items[typeof(KmsWire)]!;
        try
        {
            var operation = Operation(context);
            if (!KmsActions.All.Contains(operation)) throw new AwsException(400, "UnknownOperationException", "");
            var caller = signatures.Verify(context.Request, Convert.ToHexStringLower(SHA256.HashData(body)), "kms", Estate.Region);
            var request = Parse(body) ?? throw new AwsException(400, "SerializationException", "The body is no JSON object.");
            await WriteAsync(context, StatusCodes.Status200OK, operation switch
            {
                "DescribeKey" => Describe(request, caller),
                "CreateGrant" => Grant(request, caller),
                _ => throw AwsException.LeftOut($"kms.{operation}"),
            });
        }
        catch (AwsException refused)
        {
            await WriteErrorAsync(context, refused.Status, refused.Code, refused.Message);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            await WriteErrorAsync(context, StatusCodes.Status500InternalServerError, "KMSInternalException", broken.ToString());
        }
    }

    public Task WriteErrorAsync(HttpContext context, int status, string code, string message) =>
        WriteAsync(context, status, new JsonObject { ["__type"] = code, ["message"] = message });

    private JsonObject Describe(JsonObject request, Principal caller)
    {
        var key = Find(request);
        Demand(caller, "kms:DescribeKey", key);
        return new JsonObject
        {
            ["KeyMetadata"] = new JsonObject
            {
                ["AWSAccountId"] = Estate.Account, ["KeyId"] = key.Id, ["Arn"] = key.Arn, ["CreationDate"] = 1704067200.0, ["Enabled"] = key.State == "Enabled",
                ["Description"] = "exports", ["KeyUsage"] = key.Usage, ["KeyState"] = key.State, ["Origin"] = "AWS_KMS", ["KeyManager"] = key.Manager,
                ["KeySpec"] = key.Spec, ["CustomerMasterKeySpec"] = key.Spec, ["MultiRegion"] = false,
            },
        };
    }

    /// <summary>Only as a dry run, which never answers well: DryRunOperationException says that the grant would be made.</summary>
    private JsonObject Grant(JsonObject request, Principal caller)
    {
        var key = Find(request);
        if (Text(request, "GranteePrincipal") is not { } grantee) throw Invalid("granteePrincipal", "Member must not be null");
        if (request["Operations"] is not JsonArray { Count: > 0 }) throw Invalid("operations", "Member must not be null");
        Demand(caller, "kms:CreateGrant", key);
        if (key.State == "Disabled") throw new AwsException(400, "DisabledException", $"{key.Arn} is disabled.");
        if (key.State != "Enabled") throw new AwsException(400, "KMSInvalidStateException", $"{key.Arn} is {key.State}.");
        if (grantee is not (Estate.ExportRoleArn or Estate.CallerRoleArn)) throw new AwsException(400, "InvalidArnException", $"The principal {grantee} does not exist.");
        if (!IsDryRun(request)) throw AwsException.LeftOut("kms.CreateGrant without DryRun");
        throw new AwsException(400, "DryRunOperationException", "The request would have succeeded, but the DryRun option is set.");
    }

    private KmsKey Find(JsonObject request)
    {
        var id = Text(request, "KeyId") ?? throw Invalid("keyId", "Member must not be null");
        return ring.Key is { } key && key.IsNamed(id) ? key
            : throw new AwsException(400, "NotFoundException", id.StartsWith("arn:", StringComparison.Ordinal) ? $"Key '{id}' does not exist" : $"Invalid keyId '{id}'");
    }

    // KMS says it by a code of its own.
    private static void Demand(Principal caller, string action, KmsKey key)
    {
        try
        {
            caller.Demand(action, key.Arn);
        }
        catch (AwsException denied)
        {
            throw new AwsException(400, "AccessDeniedException", denied.Message);
        }
    }

    private static bool IsDryRun(JsonObject? request) => request?["DryRun"] is JsonValue flag && flag.GetValueKind() == JsonValueKind.True;

    private static string? Text(JsonObject? request, string name) =>
        request?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static AwsException Invalid(string member, string constraint) =>
        new(400, "ValidationException", $"1 validation error detected: Value at '{member}' failed to satisfy constraint: {constraint}");

    private static string Operation(HttpContext context)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        return target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : target;
    }

    private static JsonObject? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Task WriteAsync(HttpContext context, int status, JsonObject answer)
    {
        AwsHeaders.Stamp(context, machine, "x-amzn-RequestId");
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.1";
        return context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
