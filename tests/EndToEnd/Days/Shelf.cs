using System.Globalization;
using RdsBq.Local;

namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>One run as the test knows it: whose source it shows, and which tables must come with it.</summary>
/// <param name="Stamp">The run time as landing tables end with it.</param>
internal sealed record RunTruth(string Stamp, Truth Truth, IReadOnlyList<TruthTable> Tables)
{
    private readonly HashSet<string> complete = [];

    public string Id => $"{DateTime.ParseExact(Stamp, "yyyyMMddHHmm", CultureInfo.InvariantCulture):yyyy-MM-dd HH:mm}";

    public bool IsPlanned { get; set; }

    public bool IsPublished { get; set; }

    public bool IsComplete => Tables.All(t => complete.Contains(t.View));

    public bool Holds(TruthTable table) => complete.Contains(table.View);

    /// <summary>Counts what has landed: whole once is whole for good.</summary>
    public async Task CountAsync(CloudRun run)
    {
        foreach (var table in Tables.Where(t => !complete.Contains(t.View)))
        {
            var landing = $"`{Estate.Project}.{run.Dataset}_landing.{table.View}_{Stamp}`";
            if ((await run.QueryAsync($"SELECT COUNT(*) FROM {landing}"))[0][0] == $"{table.Rows.Count}") complete.Add(table.View);
        }
    }
}

/// <summary>All runs that were ever planned, and which of them each view must show.</summary>
internal sealed class Shelf(CloudRun run, bool publishAll)
{
    // What was not whole by then is given up.
    private const int Recent = 4;
    private readonly List<RunTruth> runs = [];

    public RunTruth this[string stamp] => runs.Single(r => r.Stamp == stamp);

    public RunTruth? Newest => runs.LastOrDefault();

    public void Add(RunTruth one) => runs.Add(one);

    public override string ToString() => runs.Count == 0 ? "no run yet" : $"newest run {Newest!.Id} of snapshot {Newest.Truth.Snapshot}: {(Newest.IsPublished ? "published" : "not published")}";

    /// <summary>What the ledger says of whole runs, read past the service: a look must not meet a fault that is meant for the program.</summary>
    public IReadOnlySet<(string Stamp, string Event)> Facts()
    {
        string[] asked = ["run_time", "event", "table_name"];
        var warehouse = run.Cloud.Warehouse;
        lock (warehouse.Gate)
        {
            if (warehouse.Catalog.FindTable($"{run.Dataset}_landing", "rdsbq_ledger") is not { } ledger) return new HashSet<(string, string)>();
            var rows = warehouse.Page(ledger.Physical, [.. asked.Select(a => ledger.Fields!.Single(f => f.Name == a))], 0, 100_000, int64Timestamps: true);
            return rows.Select(r => r!["f"]!.AsArray().Select(f => (string?)f!["v"]).ToArray()).Where(r => r[2] is null).Select(r => (StampOf(r[0]!), r[1]!)).ToHashSet();
        }
    }

    /// <summary>Whole means published, and published means whole.</summary>
    public async Task LookAsync()
    {
        var facts = Facts();
        foreach (var one in runs.TakeLast(Recent))
        {
            one.IsPlanned = facts.Contains((one.Stamp, "planned"));
            if (one.IsPlanned) await one.CountAsync(run);
            one.IsPublished = facts.Contains((one.Stamp, "published"));
            Assert.True(one.IsComplete || !one.IsPublished, $"run {one.Id} is published, but not every table has landed whole");
        }
        if (runs.FindLast(r => r is { IsPlanned: true, IsComplete: true }) is { } whole)
            Assert.True(runs.Any(r => r.IsPublished && r.Stamp.CompareTo(whole.Stamp) >= 0), $"run {whole.Id} has landed whole, but is not published");
    }

    private static string StampOf(string micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(long.Parse(micros, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond).ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);

    /// <summary>The run that each view must show, by view.</summary>
    public IReadOnlyDictionary<string, RunTruth> Expected()
    {
        var shown = new Dictionary<string, RunTruth>();
        foreach (var one in runs)
        {
            foreach (var table in one.Tables.Where(t => publishAll ? one.IsPublished : one.IsPlanned && one.Holds(t))) shown[table.View] = one;
        }
        return shown;
    }
}
