namespace RdsBq.Local.Slack;

/// <summary>
/// How often a method may be called, in real time, because clients wait in it: https://docs.slack.dev/apis/web-api/rate-limits. A post a
/// second in a channel; of other methods as many a minute as tier 3 promises.
/// </summary>
internal sealed class SlackRates
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<long>> calls = [];

    public bool Enforced { get; set; }

    public int CallsPerMinute { get; set; } = 50;

    /// <summary>Counts a post; seconds to wait where it comes too soon.</summary>
    public int? Post(string channelId) => Wait(channelId, 1, TimeSpan.FromSeconds(1));

    /// <summary>Counts a call of a method other than posting; seconds to wait where it comes too soon.</summary>
    public int? Call(string method) => method is "chat.postMessage" or "auth.test"
        ? null
        : Wait(method, CallsPerMinute, TimeSpan.FromMinutes(1));

    private int? Wait(string key, int most, TimeSpan window)
    {
        lock (gate)
        {
            if (!calls.TryGetValue(key, out var recent)) calls.Add(key, recent = []);
            while (recent.Count > 0 && TimeProvider.System.GetElapsedTime(recent.Peek()) >= window) recent.Dequeue();
            if (Enforced && recent.Count >= most)
                return Math.Max(1, (int)Math.Ceiling((window - TimeProvider.System.GetElapsedTime(recent.Peek())).TotalSeconds));
            recent.Enqueue(TimeProvider.System.GetTimestamp());
            return null;
        }
    }
}
