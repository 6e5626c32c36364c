using RdsBq.Core.Alerts;
using SlackNet;

namespace RdsBq.Cloud.Slack;

/// <summary>Posts alerts to one channel. https://docs.slack.dev/reference/methods/chat.postMessage</summary>
/// <param name="token">The bot token; asked for once, and again after Slack refused a message: it may have been replaced.</param>
/// <param name="endpoint">Root to call instead of https://slack.com, or null.</param>
public sealed class SlackPoster(string channel, Func<CancellationToken, Task<string>> token, string? endpoint, HttpMessageHandler handler) : IDisposable
{
    // A push must be answered within its acknowledgement deadline; Pub/Sub then tries again.
    private readonly HttpClient http = new(handler, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(10) };
    private ISlackApiClient? client;

    public void Dispose() => http.Dispose();

    /// <exception cref="SlackException">Slack refused (its error code says why).</exception>
    /// <exception cref="SlackRateLimitException">Too many messages; not waited for here.</exception>
    public async Task PostAsync(Alert alert, CancellationToken cancellation)
    {
        var slack = client ??= Client(await token(cancellation));
        try
        {
            await slack.Chat.PostMessage(AlertMessage.Of(alert, channel), cancellation);
        }
        catch (SlackException)
        {
            client = null;
            throw;
        }
    }

    private SlackApiClient Client(string botToken)
    {
        var settings = Default.JsonSettings();
        var urls = Default.UrlBuilder(settings);
        return new SlackApiClient(Default.Http(settings, () => http), endpoint is null ? urls : new Elsewhere(urls, endpoint), settings, botToken)
        {
            // It would wait without limit, past the acknowledgement deadline.
            DisableRetryOnRateLimit = true,
        };
    }

    private sealed class Elsewhere(ISlackUrlBuilder urls, string root) : ISlackUrlBuilder
    {
        public string Url(string apiMethod, Dictionary<string, object> args) => new Uri(new Uri(root), new Uri(urls.Url(apiMethod, args)).PathAndQuery).ToString();
    }
}
