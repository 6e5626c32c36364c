using SlackNet.Json;

namespace SlackNet;

public interface IHttp
{
    /// <summary>Sends a request and reads a JSON reply; a reply of another content type gives the default value.</summary>
    Task<T> Execute<T>(HttpRequestMessage requestMessage, CancellationToken cancellationToken = default);
}

internal sealed class Http(Func<HttpClient> getHttpClient) : IHttp
{
    public async Task<T> Execute<T>(HttpRequestMessage requestMessage, CancellationToken cancellationToken = default)
    {
        using var response = await getHttpClient().SendAsync(requestMessage, cancellationToken).ConfigureAwait(false);
        if ((int)response.StatusCode == 429) throw new SlackRateLimitException(response.Headers.RetryAfter?.Delta);
        response.EnsureSuccessStatusCode();
        if (response.Content.Headers.ContentType?.MediaType != "application/json") return default;
        return Wire.Read<T>(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
    }
}
