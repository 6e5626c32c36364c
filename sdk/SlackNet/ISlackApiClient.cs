using SlackNet.WebApi;

namespace SlackNet;

/// <summary>Slack's Web API (https://docs.slack.dev/reference/methods/).</summary>
public interface ISlackApiClient
{
    IAuthApi Auth { get; }
    IChatApi Chat { get; }
    IConversationsApi Conversations { get; }

    /// <summary>Calls a method by GET. Errors as <see cref="Post{T}"/>.</summary>
    Task<T> Get<T>(string apiMethod, Dictionary<string, object> args, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Calls a method with its arguments as JSON; arguments that are null are not sent.</summary>
    /// <exception cref="SlackException">Slack answered <c>ok: false</c>.</exception>
    /// <exception cref="SlackRateLimitException">Status 429, where retries are disabled.</exception>
    /// <exception cref="HttpRequestException">Any other status outside 2xx, or no answer.</exception>
    Task<T> Post<T>(string apiMethod, Dictionary<string, object> args, CancellationToken cancellationToken)
        where T : class;

    /// <summary>The same client with another token.</summary>
    ISlackApiClient WithAccessToken(string accessToken);
}
