using Grpc.Core;
using RdsBq.Local.Hosting;
using RdsBq.Local.PubSub;
using RdsBq.Local.Secrets;
using RdsBq.Local.Transfers;

namespace RdsBq.Local.Google;

/// <summary>What <see cref="GoogleApis"/> serves.</summary>
/// <param name="Accepts">Whether a bearer token (without "Bearer ") is good.</param>
public sealed record GoogleParts(TransferEngine Transfers, SecretStore Secrets, Topics Topics, Func<string, bool> Accepts)
{
    /// <summary>A neighbour's routes on the HTTP/1 port (BigQuery's REST API).</summary>
    public Action<WebApplication>? Map { get; init; }

    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>The neighbour's wire for requests that are the neighbour's, else null.</summary>
    public Func<HttpContext, IWire?> Neighbour { get; init; } = _ => null;
}

/// <summary>Data Transfer Service, Secret Manager and Pub/Sub, each over gRPC (h2c port) and REST (HTTP/1 port) from one
/// implementation.</summary>
public sealed class GoogleApis : IAsyncDisposable
{
    private readonly Listener listener;

    private GoogleApis(Listener listener) => this.listener = listener;

    public Uri Rest => listener.Http1;

    public Uri Grpc => listener.Http2!;

    public static async Task<GoogleApis> StartAsync(Journal journal, Faults faults, GoogleParts parts, CancellationToken token = default)
    {
        var gate = new Gate(parts.Accepts);
        return new GoogleApis(await Listener.StartAsync(journal, faults, new GoogleWire(parts.Neighbour), services =>
            Register(services, parts, faults), app =>
        {
            app.Use(next => context => gate.RunAsync(context, next));
            app.MapGrpcService<TransferService>();
            app.MapGrpcService<SecretService>();
            app.MapGrpcService<PublisherService>();
            app.MapGrpcService<SubscriberService>();
            app.MapGrpcService<PolicyService>();
            app.MapGet("/$discovery/rest", DiscoveryAsync);
            var policy = new ProjectPolicy(faults, parts.Accepts);
            app.MapPost("/v1/projects/{name}", context => ProjectPolicy.ProjectOf(context) is { } project ? policy.AnswerAsync(context, project) : UnimplementedAsync(context));
            parts.Map?.Invoke(app);
            app.MapFallback("/{**path}", UnimplementedAsync);
        }, http2: true, token));
    }

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private static void Register(IServiceCollection services, GoogleParts parts, Faults faults)
    {
        services.AddGrpc(options => options.IgnoreUnknownServices = true).AddJsonTranscoding(options =>
        {
            options.JsonSettings.IgnoreDefaultValues = true;
            options.JsonSettings.WriteInt64sAsStrings = true;
        });
        services.AddSingleton(new TransferService(parts.Transfers));
        services.AddSingleton(new SecretService(parts.Secrets));
        services.AddSingleton(new PublisherService(parts.Topics));
        services.AddSingleton(new SubscriberService(parts.Topics));
        services.AddSingleton(new PolicyService(parts.Topics, faults));
        parts.Services?.Invoke(services);
    }

    private static Task DiscoveryAsync(HttpContext context)
    {
        if (context.Request.Query["version"] != "v1")
            return GoogleError.WriteAsync(context, StatusCode.NotFound,
                "Only version v1 (BigQuery Data Transfer) is described here; give bq a --discovery_file.");
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(Discovery.Transfers($"{context.Request.Scheme}://{context.Request.Host}/").ToJsonString());
    }

    private static Task UnimplementedAsync(HttpContext context)
    {
        var what = GoogleError.IsGrpc(context) ? Rpc.OperationOf(context.Request.Path.Value!) : $"{context.Request.Method} {context.Request.Path}";
        return GoogleError.WriteAsync(context, StatusCode.Unimplemented, $"The local cloud has no {what}.");
    }
}
