using System.Text.Json.Nodes;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.Metadata;

/// <summary>
/// The metadata server of Cloud Run and Compute Engine (cloud.google.com/compute/docs/metadata): who the process is, and tokens that
/// prove it. Clients find it through <c>GCE_METADATA_HOST</c>.
/// </summary>
public sealed class MetadataServer : IAsyncDisposable
{
    private readonly Listener listener;

    private MetadataServer(Listener listener, GoogleIdentity identity)
    {
        this.listener = listener;
        Identity = identity;
    }

    public Uri Address => listener.Http1;

    public GoogleIdentity Identity { get; }

    public static async Task<MetadataServer> StartAsync(LocalClock clock, Journal journal, Faults faults, CancellationToken token = default)
    {
        var identity = new GoogleIdentity(clock.Machine);
        var wire = new MetadataWire(identity);
        var listener = await Listener.StartAsync(journal, faults, wire, _ => { }, app => app.Run(wire.AnswerAsync), token: token);
        return new MetadataServer(listener, identity);
    }

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        Identity.Dispose();
    }
}

internal sealed class MetadataWire(GoogleIdentity identity) : IWire
{
    private const string Flavor = "Metadata-Flavor";
    private const string Root = "/computeMetadata/v1/";
    private const string Accounts = "instance/service-accounts/";

    private static readonly Dictionary<string, string> Facts = new()
    {
        ["project/project-id"] = Estate.Project,
        ["project/numeric-project-id"] = $"{Estate.ProjectNumber}",
        ["instance/region"] = $"projects/{Estate.ProjectNumber}/regions/{Estate.Location}",
        ["instance/zone"] = $"projects/{Estate.ProjectNumber}/zones/{Estate.Location}-1",
        ["instance/id"] = "00c61b117c",
        ["universe/universe-domain"] = "googleapis.com",
        [Accounts.TrimEnd('/')] = $"default/\n{Estate.ServiceAccount}/\n",
    };

    public ValueTask<CallName> NameAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        var leaf = path.TrimEnd('/').Split('/')[^1];
        return ValueTask.FromResult(leaf is "identity" or "token"
            ? new CallName($"metadata.{leaf}", context.Request.Query[leaf == "identity" ? "audience" : "scopes"].ToString())
            : new CallName("metadata.get", path));
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path == "/")
        {
            // Libraries probe the root to learn whether they run in Google's cloud; the answer's header is what they look at.
            await WriteAsync(context, 200, "text/plain", "computeMetadata/\n");
        }
        else if (context.Request.Headers[Flavor] != "Google")
        {
            await WriteErrorAsync(context, 403, "Forbidden", "Missing required header Metadata-Flavor:Google");
        }
        else if (context.Request.Headers.ContainsKey("X-Forwarded-For"))
        {
            await WriteErrorAsync(context, 403, "Forbidden", "Requests with X-Forwarded-For are refused");
        }
        else if (!HttpMethods.IsGet(context.Request.Method))
        {
            await WriteErrorAsync(context, 405, "MethodNotAllowed", $"Method {context.Request.Method} is not allowed");
        }
        else
        {
            await AnswerAsync(context, path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..].TrimEnd('/') : path);
        }
    }

    public Task WriteErrorAsync(HttpContext context, int status, string code, string message) =>
        WriteAsync(context, status, "text/html; charset=UTF-8", message + "\n");

    private Task AnswerAsync(HttpContext context, string path)
    {
        if (Facts.TryGetValue(path, out var fact)) return WriteAsync(context, 200, "application/text", fact);
        if (path.StartsWith(Accounts, StringComparison.Ordinal)
            && path[Accounts.Length..].Split('/') is ["default" or Estate.ServiceAccount, .. var rest])
            return AnswerAccountAsync(context, string.Join('/', rest));
        return WriteErrorAsync(context, 404, "NotFound", $"{path}: not found");
    }

    private Task AnswerAccountAsync(HttpContext context, string leaf)
    {
        var query = context.Request.Query;
        switch (leaf)
        {
            case "" when query["recursive"] == "true":
                var account = new JsonObject
                {
                    ["aliases"] = new JsonArray("default"), ["email"] = Estate.ServiceAccount, ["scopes"] = new JsonArray(Scope),
                };
                return WriteAsync(context, 200, "application/json", account.ToJsonString());
            case "":
                return WriteAsync(context, 200, "application/text", "aliases\nemail\nidentity\nscopes\ntoken\n");
            case "email":
                return WriteAsync(context, 200, "application/text", Estate.ServiceAccount);
            case "aliases":
                return WriteAsync(context, 200, "application/text", "default\n");
            case "scopes":
                return WriteAsync(context, 200, "application/text", Scope + "\n");
            case "token":
                var (token, seconds) = identity.AccessToken();
                var answer = new JsonObject { ["access_token"] = token, ["expires_in"] = seconds, ["token_type"] = "Bearer" };
                return WriteAsync(context, 200, "application/json", answer.ToJsonString());
            case "identity" when query["audience"].ToString().Length == 0:
                return WriteErrorAsync(context, 400, "BadRequest", "non-empty audience parameter required");
            case "identity":
                return WriteAsync(context, 200, "text/html",
                    identity.IdToken(query["audience"].ToString(), withEmail: query["format"] == "full"));
            default:
                return WriteErrorAsync(context, 404, "NotFound", $"{leaf}: not found");
        }
    }

    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";

    private static async Task WriteAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.Headers[Flavor] = "Google";
        context.Response.Headers.Server = "Metadata Server for VM";
        await using var writer = new StreamWriter(context.Response.Body, leaveOpen: true);
        await writer.WriteAsync(text);
    }
}
