using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.PubSub;

/// <summary>Wrapped push delivery (https://cloud.google.com/pubsub/docs/push): one POST after the other until one is
/// acknowledged.</summary>
internal sealed class Push(Journal journal, PushTiming timing) : IDisposable
{
    private static readonly ImmutableArray<int> Acknowledging = [102, 200, 201, 202, 204];

    private readonly HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };
    private ImmutableList<PushAttempt> attempts = [];

    public IReadOnlyList<PushAttempt> Attempts => attempts;

    public void Clear() => ImmutableInterlocked.Update(ref attempts, _ => []);

    public async Task DeliverAsync(Message message, string subscription, Uri endpoint, string? bearer, CancellationToken stop)
    {
        var body = Body(message, subscription).ToJsonString();
        var backoff = timing.MinimumBackoff;
        for (var number = 1; !stop.IsCancellationRequested; number++)
        {
            var sequence = journal.Begin("pubsub.push", message.Id, mutates: false);
            var status = await PostAsync(endpoint, body, bearer, stop);
            journal.End(sequence, status, 0, null);
            if (stop.IsCancellationRequested) return;
            var acknowledged = Acknowledging.Contains(status);
            var attempt = new PushAttempt(message.Id, subscription, number, status, acknowledged);
            ImmutableInterlocked.Update(ref attempts, list => list.Add(attempt));
            if (acknowledged) return;
            await Task.Delay(backoff, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            backoff = backoff * 2 < timing.MaximumBackoff ? backoff * 2 : timing.MaximumBackoff;
        }
    }

    /// <summary>The service sends the ids and times under both spellings.</summary>
    public static JsonObject Body(Message message, string subscription)
    {
        var time = message.PublishTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var inner = new JsonObject();
        if (message.Attributes.Count > 0)
            inner["attributes"] = new JsonObject(message.Attributes.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value)));
        inner["data"] = Convert.ToBase64String(message.Data.Span);
        inner["messageId"] = message.Id;
        inner["message_id"] = message.Id;
        if (message.OrderingKey.Length > 0) inner["orderingKey"] = message.OrderingKey;
        inner["publishTime"] = time;
        inner["publish_time"] = time;
        return new JsonObject { ["message"] = inner, ["subscription"] = subscription };
    }

    public void Dispose() => client.Dispose();

    private async Task<int> PostAsync(Uri endpoint, string body, string? bearer, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new StringContent(body) };
        // Exactly this, without a charset: receivers of raw pushes compare it as a whole.
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(timing.AckDeadline);
        try
        {
            using var answer = await client.SendAsync(request, deadline.Token);
            return (int)answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return 0;
        }
    }
}
