using System.Globalization;

namespace RdsBq.Local.Rds;

/// <summary>All snapshots of all sources.</summary>
internal sealed class SnapshotShelf(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly List<RdsSnapshot> snapshots = [];
    private readonly Dictionary<string, int> numbers = [];
    // Seeded, so that the listing's disorder is the same in every run.
    private Random ranks = new(20141031);

    /// <summary>In listing order.</summary>
    public IReadOnlyList<RdsSnapshot> All
    {
        get
        {
            lock (gate) return [.. snapshots.OrderBy(s => s.Rank)];
        }
    }

    public RdsSnapshot? Find(bool cluster, string id)
    {
        lock (gate) return snapshots.Find(s => s.Source.IsCluster == cluster && s.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Null where the id is taken.</summary>
    public RdsSnapshot? Add(RdsSource source, string id, bool automated, DateTimeOffset createTime, DateTimeOffset? availableAt,
        long? rank = null)
    {
        lock (gate)
        {
            if (snapshots.Exists(s => s.Source.IsCluster == source.IsCluster && s.Id == id)) return null;
            var number = numbers.GetValueOrDefault(source.Id) + 1;
            numbers[source.Id] = number;
            var snapshot = new RdsSnapshot(id, source, number, automated, createTime, availableAt, rank ?? ranks.Next());
            snapshots.Add(snapshot);
            return snapshot;
        }
    }

    /// <summary>
    /// Replaces the source's snapshots by <paramref name="count"/> daily ones. Listings show them in no order, the newest available one
    /// at the very end; the newest of all is <c>creating</c> and stays so.
    /// </summary>
    public IReadOnlyList<RdsSnapshot> Seed(RdsSource source, int count)
    {
        lock (gate) snapshots.RemoveAll(s => s.Source.Id == source.Id);
        var now = clock.GetUtcNow();
        var seeded = new List<RdsSnapshot>();
        for (var age = count - 1; age >= 0; age--)
        {
            var at = now - TimeSpan.FromHours(1) - TimeSpan.FromDays(age);
            var ready = age == 0 ? (DateTimeOffset?)null : at + TimeSpan.FromMinutes(5);
            seeded.Add(Add(source, AutomatedId(source, at), true, at, ready, age == 1 ? long.MaxValue : null)!);
        }
        return seeded;
    }

    public void Clear()
    {
        lock (gate)
        {
            snapshots.Clear();
            numbers.Clear();
            ranks = new Random(20141031);
        }
    }

    public static string AutomatedId(RdsSource source, DateTimeOffset at) =>
        $"rds:{source.Id}-{at.UtcDateTime.ToString("yyyy-MM-dd-HH-mm", CultureInfo.InvariantCulture)}";
}
