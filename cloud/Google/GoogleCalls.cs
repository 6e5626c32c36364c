using Grpc.Core;

namespace RdsBq.Cloud.Google;

/// <summary>
/// What every raw gRPC call to Google carries: a bearer token, a deadline (20 s, the published service configuration's figure for reads; writes get 30 s), and the routing header that
/// the generated high-level clients add (AIP-4222), without which regional resources are not found.
/// </summary>
internal static class GoogleCalls
{
    private static readonly TimeSpan Read = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Write = TimeSpan.FromSeconds(30);

    public static Task<CallOptions> ReadAsync(GoogleAuth auth, string field, string value, CancellationToken token) => OptionsAsync(auth, field, value, Read, token);

    public static Task<CallOptions> WriteAsync(GoogleAuth auth, string field, string value, CancellationToken token) => OptionsAsync(auth, field, value, Write, token);

    private static async Task<CallOptions> OptionsAsync(GoogleAuth auth, string field, string value, TimeSpan limit, CancellationToken token)
    {
        var metadata = new Metadata
        {
            { "authorization", $"Bearer {await auth.GetAccessTokenAsync(token)}" },
            { "x-goog-request-params", $"{field}={Uri.EscapeDataString(value)}" },
        };
        // Deadlines are kept by the transport on the machine's clock, whatever clock the data lives on.
        return new CallOptions(metadata, TimeProvider.System.GetUtcNow().UtcDateTime + limit, token);
    }
}
