using System.Collections.Immutable;

namespace RdsBq.Local.Hosting;

/// <summary>One call that reached the local cloud. Never carries bodies, tokens or signatures.</summary>
/// <param name="Sequence">1 for the first call after start or reset.</param>
/// <param name="Operation">Service and operation, e.g. <c>rds.StartExportTask</c>, <c>bigquery.tables.insert</c>.</param>
/// <param name="Subject">What it was about: an export task id, a table, an object key; empty where there is none.</param>
/// <param name="Status">HTTP status; 0 while under way or when the connection was cut.</param>
/// <param name="Fault">The scripted fault that it met, if any.</param>
public sealed record JournalEntry(
    int Sequence, DateTimeOffset At, string Operation, string Subject, bool Mutates, int Status, long ResponseBytes, string? Fault);

/// <summary>Every call in order of arrival.</summary>
public sealed class Journal(TimeProvider clock)
{
    private readonly Lock gate = new();
    private ImmutableList<JournalEntry> entries = [];

    public ImmutableList<JournalEntry> Entries
    {
        get
        {
            lock (gate) return entries;
        }
    }

    public int Begin(string operation, string subject, bool mutates)
    {
        lock (gate)
        {
            var sequence = entries.Count + 1;
            entries = entries.Add(new JournalEntry(sequence, clock.GetUtcNow(), operation, subject, mutates, 0, 0, null));
            return sequence;
        }
    }

    public void End(int sequence, int status, long responseBytes, string? fault)
    {
        lock (gate)
        {
            // A reset in between has forgotten this call.
            if (sequence <= entries.Count)
                entries = entries.SetItem(sequence - 1, entries[sequence - 1] with { Status = status, ResponseBytes = responseBytes, Fault = fault });
        }
    }

    public void Clear()
    {
        lock (gate) entries = [];
    }
}
