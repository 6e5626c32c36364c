using SlackNet;

namespace RdsBq.Cloud.Slack;

internal static class SlackClients
{
    /// <param name="endpoint">Root to call instead of https://slack.com, or null.</param>
    public static SlackApiClient Make(HttpClient http, string? endpoint, string token)
    {
        var settings = Default.JsonSettings();
        var urls = Default.UrlBuilder(settings);
        return new SlackApiClient(Default.Http(settings, () => http), endpoint is null ? urls : new Elsewhere(urls, endpoint), settings, token)
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
