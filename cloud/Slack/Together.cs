namespace RdsBq.Cloud.Slack;

/// <summary>
/// Runs one piece of work a key at a time, and once for all who ask while one runs: 500 events of one run are a few looks at it, not 500. For whoever asks there is
/// a run that begins after the question; the first who asked for it waits for it and answers for its end, the others need not. An event that is acknowledged so
/// is in good hands: should this process die, the first one's event comes again.
/// </summary>
/// <param name="pause">Between two runs of one key.</param>
internal sealed class Together(TimeSpan pause, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Lane> lanes = new(StringComparer.Ordinal);

    /// <param name="work">Belongs to all who asked for it, so that none of them can cancel it; it ends by itself.</param>
    /// <returns>Ends with the work; at once where somebody waits for it already.</returns>
    public Task RunAsync(string key, Func<Task> work)
    {
        lock (gate)
        {
            if (!lanes.TryGetValue(key, out var lane)) lanes[key] = lane = new Lane();
            if (lane.Next is not null) return Task.CompletedTask;
            return lane.Next = BeginAsync(key, lane, work);
        }
    }

    private async Task BeginAsync(string key, Lane lane, Func<Task> work)
    {
        // Out of the lock before anything runs.
        await Task.Yield();
        Task? running;
        lock (gate) running = lane.Running;
        if (running is not null)
        {
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(pause, time);
        }
        lock (gate) (lane.Running, lane.Next) = (lane.Next, null);
        try
        {
            await work();
        }
        finally
        {
            lock (gate)
            {
                if (lane.Next is null) lanes.Remove(key);
            }
        }
    }

    private sealed class Lane
    {
        public Task? Running { get; set; }

        /// <summary>Has not begun yet: it is for whoever asks now, too.</summary>
        public Task? Next { get; set; }
    }
}
