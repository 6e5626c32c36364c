using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace RdsBq.Tests.Infra.Gcp;

/// <summary>One call that reached the recorder. <paramref name="Service"/> is the API's name, without region and domain.</summary>
internal sealed record Call(string Method, string Service, string Path, IReadOnlyDictionary<string, string> Query, JsonNode? Body)
{
    /// <summary>By its method; reading a policy is a POST in some APIs.</summary>
    public bool Changes => Method != "GET" && !Path.EndsWith(":getIamPolicy", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Service}{Path}";
}

/// <summary>
/// An HTTP proxy on 127.0.0.1 that answers for all of Google's APIs and keeps every call. A proxy, since gcloud makes regional hosts of its
/// endpoints (<c>asia-northeast1-run.googleapis.com</c>), which no override can send to an address.
/// </summary>
internal sealed class RecordingProxy : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly ConcurrentQueue<Call> calls = new();

    private RecordingProxy(WebApplication app) => this.app = app;

    public GoogleState State { get; } = new();

    /// <summary>In order of arrival.</summary>
    public IReadOnlyList<Call> Calls => [.. calls];

    public int Port => new Uri(app.Urls.First()).Port;

    public static async Task<RecordingProxy> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.AllowSynchronousIO = false);
        var proxy = new RecordingProxy(builder.Build());
        proxy.app.Run(proxy.HandleAsync);
        await proxy.app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var url = target.StartsWith('/') ? new Uri($"http://{context.Request.Host}{target}") : new Uri(target);
        var text = await new StreamReader(context.Request.Body).ReadToEndAsync();
        var query = context.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
        var body = text.Length == 0 ? null : JsonNode.Parse(text);
        var call = new Call(context.Request.Method, Service(url.Host), Uri.UnescapeDataString(url.AbsolutePath), query, body);
        calls.Enqueue(call);
        int status;
        string answer;
        lock (gate)
        {
            (status, var said) = State.Answer(call);
            answer = said.ToJsonString();
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        await context.Response.WriteAsync(answer);
    }

    // asia-northeast1-run.googleapis.com is run; bq is pointed straight at this address.
    private static string Service(string host) => host == "127.0.0.1" ? "bigquery" : host.Split('.')[0].Split('-')[^1];
}
