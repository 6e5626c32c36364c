using System.Collections.Immutable;

namespace RdsBq.Local.Hosting;

/// <summary>One call that reached the local cloud. Never carries bodies, tokens or signatures.</summary>
/// <param name="Sequence">1 for the first call after start or reset.</param>
/// <param name="Operation">Service and operation, e.g. <c>rds.StartExportTask</c>, <c>bigquery.tables.insert</c>.</param>
/// <param name="Subject">What it was about: an export task id, a table, an object key; empty where there is none.</param>
/// <param name="Status">HTTP status; 0 while under way or when the connection was cut.</param>
/// <param name="Fault">The scripted fault that it met, if any.</param>
public sealed record JournalEntry(
    int Sequence, DateTimeOffset At, string Operation, string Subject, bool Mutates, int Status, long ResponseBytes, string? Fault)
{
    /// <summary>Calls of this service that were under way when it came, itself included.</summary>
    public int AtOnce { get; init; } = 1;
}

/// <summary>Every call in order of arrival.</summary>
public sealed class Journal(TimeProvider clock)
{
    private readonly Lock gate = new();
    private ImmutableList<JournalEntry> entries = [];
    // Calls without an answer yet, by their own number, and the service of each.
    private readonly Dictionary<int, string> underWay = [];
    private int forgotten;

    public ImmutableList<JournalEntry> Entries
    {
        get
        {
            lock (gate) return entries;
        }
    }

    /// <returns>The call's own number, which no reset gives to another.</returns>
    public int Begin(string operation, string subject, bool mutates)
    {
        lock (gate)
        {
            var (call, service) = (forgotten + entries.Count + 1, operation.Split('.')[0]);
            underWay.Add(call, service);
            entries = entries.Add(new JournalEntry(entries.Count + 1, clock.GetUtcNow(), operation, subject, mutates, 0, 0, null)
            {
                AtOnce = underWay.Values.Count(s => s == service),
            });
            return call;
        }
    }

    /// <summary>
    /// The call is under way and hangs at a fault, after its effect where the fault says so: what a test waits for to kill the caller.
    /// </summary>
    public void Hang(int call, string fault) => Change(call, entry => entry with { Fault = fault });

    public void End(int call, int status, long responseBytes, string? fault)
    {
        lock (gate) underWay.Remove(call);
        Change(call, entry => entry with { Status = status, ResponseBytes = responseBytes, Fault = fault });
    }

    public void Clear()
    {
        lock (gate)
        {
            forgotten += entries.Count;
            entries = [];
        }
    }

    private void Change(int call, Func<JournalEntry, JournalEntry> change)
    {
        lock (gate)
        {
            // A reset in between has forgotten this call.
            if (call > forgotten) entries = entries.SetItem(call - forgotten - 1, change(entries[call - forgotten - 1]));
        }
    }
}
