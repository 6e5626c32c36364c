using Google.Apis.Http;

namespace RdsBq.Cloud.Google;

/// <summary>
/// Sends the library's calls to another metadata server. Given other URLs instead, it would take an ID token's plain text for
/// broken JSON: it knows that answer by the address that this process's environment names.
/// </summary>
internal sealed class MetadataHost(Uri root) : HttpClientFactory
{
    protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) =>
        new Detour(root) { InnerHandler = base.CreateHandler(args) };

    private sealed class Detour(Uri root) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = request.RequestUri!;
            request.RequestUri = new Uri(root, asked.PathAndQuery);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                request.RequestUri = asked;
            }
        }
    }
}
