using System.Collections.Immutable;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.PubSub;

/// <summary>One published message.</summary>
/// <param name="Id">Digits, as the service makes them.</param>
public sealed record Message(
    string Id, string Topic, ReadOnlyMemory<byte> Data, ImmutableSortedDictionary<string, string> Attributes, DateTimeOffset PublishTime,
        string OrderingKey = "");

/// <summary>One push of a message.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Status">HTTP status; 0 where no answer came within the ack deadline.</param>
public sealed record PushAttempt(string MessageId, string Subscription, int Number, int Status, bool Acknowledged);

/// <summary>Who is told of a topic's messages. What is not pushed is kept for nobody: there is no pulling here.</summary>
/// <param name="Endpoint">Null: to be pulled.</param>
/// <param name="Audience">Of the bearer token that each push carries; null for none.</param>
public sealed record TopicSubscription(string Name, Uri? Endpoint, string? Audience = null)
{
    /// <summary>As it is told; deliveries keep to <see cref="PushTiming"/>.</summary>
    public int AckDeadlineSeconds { get; init; } = 600;

    public string? DeadLetterTopic { get; init; }

    public bool Detached { get; init; }
}

/// <summary>How pushes are timed, in real time. The service's own figures: 10 s ack deadline, 100 ms to 60 s between attempts (the latter
/// unconfirmed).</summary>
public sealed record PushTiming
{
    public TimeSpan AckDeadline { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan MinimumBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan MaximumBackoff { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>Topics, what was published to them, and the push subscriptions that deliver it at least once, in no promised order.</summary>
public sealed class Topics(TimeProvider clock, Journal journal, PushTiming? timing = null) : IAsyncDisposable
{
    private sealed class Topic
    {
        public List<Message> Messages { get; } = [];

        public List<TopicSubscription> Subscriptions { get; } = [];

        public SortedSet<(string Role, string Member)> Policy { get; } = [];
    }

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Topic> topics = new(StringComparer.Ordinal);
    private readonly List<Task> deliveries = [];
    private CancellationTokenSource stop = new();
    private readonly Push push = new(journal, timing ?? new PushTiming());
    private long lastId = 2_070_443_601_311_540;

    /// <summary>Makes the OIDC token of an authenticated push for an audience.</summary>
    public Func<string, string>? Tokens { get; set; }

    public IReadOnlyList<PushAttempt> Attempts => push.Attempts;

    /// <summary>A published message is still on its way to a subscriber.</summary>
    public bool IsDelivering
    {
        get
        {
            lock (gate) return deliveries.Exists(d => !d.IsCompleted);
        }
    }

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (gate) return [.. topics.Keys];
        }
    }

    /// <summary>False where there is one of that name already.</summary>
    public bool Create(string topic)
    {
        lock (gate) return topics.TryAdd(topic, new Topic());
    }

    public bool Exists(string topic)
    {
        lock (gate) return topics.ContainsKey(topic);
    }

    public bool Delete(string topic)
    {
        lock (gate) return topics.Remove(topic);
    }

    /// <summary>Pushes what is published from now on. With an audience each push carries a bearer token of <see cref="Tokens"/>.</summary>
    public void Subscribe(string topic, string subscription, Uri endpoint, string? audience = null) =>
        Subscribe(topic, new TopicSubscription(subscription, endpoint, audience));

    public void Subscribe(string topic, TopicSubscription subscription)
    {
        lock (gate) topics[topic].Subscriptions.Add(subscription);
    }

    /// <summary>In the order in which they were made; null where there is no such topic.</summary>
    public IReadOnlyList<TopicSubscription>? SubscriptionsOf(string topic)
    {
        lock (gate) return topics.TryGetValue(topic, out var found) ? [.. found.Subscriptions] : null;
    }

    /// <summary>Puts others in the place of a topic's subscriptions.</summary>
    public void Resubscribe(string topic, Func<TopicSubscription, TopicSubscription?> change)
    {
        lock (gate)
        {
            var old = topics[topic].Subscriptions.ToList();
            topics[topic].Subscriptions.Clear();
            topics[topic].Subscriptions.AddRange(old.Select(change).OfType<TopicSubscription>());
        }
    }

    /// <summary>A binding of the topic's policy. Policies are shown, not enforced.</summary>
    public void Grant(string topic, string role, string member)
    {
        lock (gate) topics[topic].Policy.Add((role, member));
    }

    public void Revoke(string topic, string role, string member)
    {
        lock (gate) topics[topic].Policy.Remove((role, member));
    }

    public IReadOnlyList<(string Role, string Member)> PolicyOf(string topic)
    {
        lock (gate) return [.. topics[topic].Policy];
    }

    public IReadOnlyList<Message> Published(string topic)
    {
        lock (gate) return topics.TryGetValue(topic, out var found) ? [.. found.Messages] : [];
    }

    /// <summary>The message, or null where there is no such topic.</summary>
    public Message? Publish(string topic, ReadOnlyMemory<byte> data, IEnumerable<KeyValuePair<string, string>> attributes,
        string orderingKey = "")
    {
        lock (gate)
        {
            if (!topics.TryGetValue(topic, out var found)) return null;
            var message = new Message($"{++lastId}", topic, data, attributes.ToImmutableSortedDictionary(StringComparer.Ordinal),
                clock.GetUtcNow(), orderingKey);
            found.Messages.Add(message);
            deliveries.RemoveAll(d => d.IsCompleted);
            foreach (var s in found.Subscriptions.Where(s => !s.Detached))
            {
                if (s.Endpoint is not { } endpoint) continue;
                var bearer = s.Audience is null ? null : Tokens?.Invoke(s.Audience);
                var token = stop.Token;
                deliveries.Add(Task.Run(() => push.DeliverAsync(message, s.Name, endpoint, bearer, token)));
            }
            return message;
        }
    }

    /// <summary>Forgets messages, attempts, and what is still to be delivered; topics and subscriptions stay.</summary>
    public void Clear()
    {
        lock (gate)
        {
            stop.Cancel();
            stop.Dispose();
            stop = new CancellationTokenSource();
            foreach (var topic in topics.Values) topic.Messages.Clear();
        }
        push.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Task[] last;
        lock (gate) last = [.. deliveries];
        await Task.WhenAll(last);
        push.Dispose();
        stop.Dispose();
    }
}
