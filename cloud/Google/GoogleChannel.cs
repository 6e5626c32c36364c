using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace RdsBq.Cloud.Google;

/// <summary>
/// Channels to Google's gRPC services. What may be repeated is retried as the published service configuration says; other writes never,
/// because nothing makes them idempotent.
/// </summary>
public static class GoogleChannel
{
    /// <param name="endpoint">Where it is instead: a URL, or <c>host:port</c> (PUBSUB_EMULATOR_HOST); null for Google.</param>
    /// <param name="service">Full gRPC service name.</param>
    /// <param name="repeatable">Methods that may be repeated.</param>
    public static GrpcChannel Open(string host, string? endpoint, string service, IEnumerable<string> repeatable, HttpMessageHandler? handler = null)
    {
        var method = new MethodConfig
        {
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = 5,
                InitialBackoff = TimeSpan.FromMilliseconds(100),
                MaxBackoff = TimeSpan.FromSeconds(5),
                BackoffMultiplier = 1.3,
                RetryableStatusCodes = { StatusCode.Unavailable, StatusCode.DeadlineExceeded },
            },
        };
        foreach (var one in repeatable) method.Names.Add(new MethodName { Service = service, Method = one });
        var address = endpoint is null ? $"https://{host}" : endpoint.Contains("://", StringComparison.Ordinal) ? endpoint : $"http://{endpoint}";
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = handler,
            ServiceConfig = new ServiceConfig { MethodConfigs = { method } },
        });
    }
}
