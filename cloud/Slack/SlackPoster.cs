using RdsBq.Core.Alerts;
namespace RdsBq.Cloud.Slack;
public sealed class SlackPoster(string channel, Func<CancellationToken, Task<string>> token, string? endpoint, HttpMessageHandler handler)
{
    public Task PostAsync(Alert alert, CancellationToken ct) => Task.FromException(new NotSupportedException(channel + endpoint + handler + token));
}
