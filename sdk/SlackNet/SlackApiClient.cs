using System.Net.Http.Headers;
using System.Text;
using SlackNet.Json;
using SlackNet.WebApi;

namespace SlackNet;

public class SlackApiClient : ISlackApiClient
{
    private readonly IHttp http;
    private readonly ISlackUrlBuilder urlBuilder;
    private readonly SlackJsonSettings jsonSettings;
    private readonly string token;

    public SlackApiClient(string token)
        : this(Default.Http(), Default.UrlBuilder(), Default.JsonSettings(), token)
    {
    }

    public SlackApiClient(IHttp http, ISlackUrlBuilder urlBuilder, SlackJsonSettings jsonSettings, string token)
    {
        this.http = http;
        this.urlBuilder = urlBuilder;
        this.jsonSettings = jsonSettings;
        this.token = token;
    }

    /// <summary>False: status 429 is waited out and repeated without limit (Retry-After, else one second). True: it is thrown.</summary>
    public bool DisableRetryOnRateLimit { get; set; }

    public IAuthApi Auth => new AuthApi(this);

    public IChatApi Chat => new ChatApi(this, jsonSettings);

    public IConversationsApi Conversations => new ConversationsApi(this);

    public ISlackApiClient WithAccessToken(string accessToken) =>
        new SlackApiClient(http, urlBuilder, jsonSettings, accessToken) { DisableRetryOnRateLimit = DisableRetryOnRateLimit };

    public Task<T> Get<T>(string apiMethod, Dictionary<string, object> args, CancellationToken cancellationToken)
        where T : class =>
        Send<T>(() => new HttpRequestMessage(HttpMethod.Get, urlBuilder.Url(apiMethod, args)), cancellationToken);

    public Task<T> Post<T>(string apiMethod, Dictionary<string, object> args, CancellationToken cancellationToken)
        where T : class =>
        Send<T>(
            () => new HttpRequestMessage(HttpMethod.Post, urlBuilder.Url(apiMethod, []))
            {
                Content = new StringContent(Wire.Write(args), Encoding.UTF8, "application/json"),
            },
            cancellationToken);

    private async Task<T> Send<T>(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            try
            {
                using var request = create();
                if (!string.IsNullOrEmpty(token)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                var response = await http.Execute<WebApiResponse>(request, cancellationToken).ConfigureAwait(false);
                // A reply that is not JSON counts as success without data.
                if (response is null) return null;
                return response.Ok ? response.Read<T>() : throw new SlackException(response.Read<ErrorResponse>());
            }
            catch (SlackRateLimitException e) when (!DisableRetryOnRateLimit)
            {
                await Task.Delay(e.RetryAfter ?? TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
