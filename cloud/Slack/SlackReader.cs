using SlackNet;

namespace RdsBq.Cloud.Slack;

/// <summary>Whose token it is.</summary>
/// <param name="Scopes">Null where the answer did not tell them.</param>
public sealed record SlackBot(string Team, string User, IReadOnlyList<string>? Scopes);

/// <summary>Looks at Slack with the bot's token. Posts nothing.</summary>
/// <param name="token">The bot token.</param>
/// <param name="endpoint">Root to call instead of https://slack.com, or null.</param>
public sealed class SlackReader(Func<CancellationToken, Task<string>> token, string? endpoint, HttpMessageHandler handler) : IDisposable
{
    // Told beside each answer (https://docs.slack.dev/authentication/installing-with-oauth), where SlackNet does not look.
    private const string ScopesHeader = "x-oauth-scopes";
    private readonly Listening listening = new(handler);
    private HttpClient? http;

    public void Dispose()
    {
        http?.Dispose();
        listening.Dispose();
    }

    /// <exception cref="SlackRefusedException">Slack has answered an error.</exception>
    public async Task<SlackBot> WhoAsync(CancellationToken cancellation)
    {
        var answer = await CallAsync(slack => slack.Auth.Test(cancellation), cancellation);
        return new SlackBot(answer.Team, answer.User, listening.Scopes);
    }

    /// <summary>Reads one message of the channel and forgets it.</summary>
    /// <param name="channel">Its id.</param>
    /// <exception cref="SlackRefusedException">Slack has answered an error.</exception>
    public Task ReadAsync(string channel, CancellationToken cancellation) =>
        CallAsync(slack => slack.Conversations.History(channel, limit: 1, cancellationToken: cancellation), cancellation);

    private async Task<T> CallAsync<T>(Func<SlackApiClient, Task<T>> call, CancellationToken cancellation)
    {
        http ??= new HttpClient(listening, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            // A proxy's page counts as success without data in SlackNet.
            return await call(SlackClients.Make(http, endpoint, await token(cancellation))) ?? throw new HttpRequestException("Slack's answer is no JSON.");
        }
        catch (SlackException e)
        {
            throw new SlackRefusedException(e.ErrorCode, e);
        }
        catch (SlackRateLimitException e)
        {
            throw new SlackRefusedException("ratelimited", e);
        }
    }

    private sealed class Listening(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public IReadOnlyList<string>? Scopes { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            Scopes = response.Headers.TryGetValues(ScopesHeader, out var values)
                ? [.. values.SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]
                : null;
            return response;
        }
    }
}

/// <summary>Slack has answered <c>ok: false</c>, or that it takes no more calls for now.</summary>
public sealed class SlackRefusedException(string code, Exception cause) : Exception($"Slack answered {code}", cause)
{
    public string Code => code;
}
