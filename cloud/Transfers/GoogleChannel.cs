using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace RdsBq.Cloud.Transfers;

/// <summary>Channels to Google's gRPC services. Reads are retried as the published service configuration says; writes never, because nothing makes them idempotent.</summary>
public static class GoogleChannel
{
    /// <param name="service">Full gRPC service name.</param>
    /// <param name="reads">Methods that may be repeated.</param>
    public static GrpcChannel Open(string host, string? endpoint, string service, IEnumerable<string> reads, HttpMessageHandler? handler = null)
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
        foreach (var read in reads) method.Names.Add(new MethodName { Service = service, Method = read });
        return GrpcChannel.ForAddress(endpoint ?? $"https://{host}", new GrpcChannelOptions
        {
            HttpHandler = handler,
            ServiceConfig = new ServiceConfig { MethodConfigs = { method } },
        });
    }
}
