using System.Globalization;
using RdsBq.Local;

namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>One run as the test knows it: whose source it shows, and which tables must come with it.</summary>
/// <param name="Stamp">The run time as landing tables end with it.</param>
/// <param name="Skipped">Source tables that the export names without bringing them: they are known to be there.</param>
internal sealed record RunTruth(string Stamp, Truth Truth, IReadOnlyList<TruthTable> Tables, IReadOnlySet<string> Skipped)
{
    private readonly HashSet<string> complete = [];

    public DateTimeOffset RunTime => DateTimeOffset.ParseExact(Stamp, "yyyyMMddHHmm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public bool IsPlanned => PlannedAt is not null;

    /// <summary>By the clouds' clock.</summary>
    public DateTimeOffset? PlannedAt { get; set; }

    /// <summary>The run that was published last when this one was planned.</summary>
    public string? ShownThen { get; set; }

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
internal sealed class Shelf(CloudRun run, bool publishAll, TimeSpan grace)
{
    // What was not whole by then is given up.
    private const int Recent = 4;
    private readonly List<RunTruth> runs = [];

    public RunTruth this[string stamp] => runs.Single(r => r.Stamp == stamp);

    public RunTruth? Newest => runs.LastOrDefault();

    public void Add(RunTruth one) => runs.Add(one);

    public override string ToString() => runs.Count == 0 ? "no run yet" : $"newest run {Newest!.Stamp} of snapshot {Newest.Truth.Snapshot}: {(Newest.IsPublished ? "published" : "not published")}";

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
            if (one.IsPlanned) await one.CountAsync(run);
            one.IsPublished = facts.Contains((one.Stamp, "published"));
            Assert.True(one.IsComplete || !one.IsPublished, $"run {one.Stamp} is published, but not every table has landed whole");
        }
        if (runs.FindLast(r => r is { IsPlanned: true, IsComplete: true }) is { } whole)
            Assert.True(runs.Any(r => r.IsPublished && r.Stamp.CompareTo(whole.Stamp) >= 0), $"run {whole.Stamp} has landed whole, but is not published");
    }

    /// <summary>To be called around every call of <c>load</c>: what is planned after it and was not before was planned by it, now.</summary>
    public void NotePlans(IReadOnlySet<(string Stamp, string Event)> before)
    {
        var facts = Facts();
        foreach (var one in runs.Where(r => !r.IsPlanned && facts.Contains((r.Stamp, "planned"))))
        {
            one.PlannedAt = run.Cloud.Clock.GetUtcNow();
            one.ShownThen = before.Where(f => f.Event == "published").Select(f => f.Stamp).Max();
        }
    }

    private static string StampOf(string micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(long.Parse(micros, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond).ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);

    /// <summary>
    /// The run that each view must show, by view. One whose table has gone shows its last run for the grace, and is gone with the first run that is planned after it,
    /// if by then a run without the table was published.
    /// </summary>
    public IReadOnlyDictionary<string, RunTruth> Expected()
    {
        var shown = new Dictionary<string, RunTruth>();
        // Every table that a run could read, and the first run since that did not have it.
        var known = new Dictionary<string, (string Source, RunTruth? Without)>();
        foreach (var one in runs.Where(r => r.IsPlanned))
        {
            var here = one.Tables.Select(t => t.Source).Concat(one.Skipped).ToHashSet();
            foreach (var (view, (source, before)) in known.ToList())
            {
                var without = here.Contains(source) ? null : before ?? one;
                known[view] = (source, without);
                if (without is not null && one.PlannedAt >= without.RunTime + grace && string.CompareOrdinal(one.ShownThen, without.Stamp) >= 0) shown.Remove(view);
            }
            foreach (var table in one.Tables)
            {
                known[table.View] = (table.Source, null);
                if (publishAll ? one.IsPublished : one.Holds(table)) shown[table.View] = one;
            }
        }
        return shown;
    }
}
