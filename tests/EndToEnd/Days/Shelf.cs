using System.Globalization;

namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>All runs that were ever exported, and which of them each view must show.</summary>
internal sealed class Shelf(CloudRun run, bool publishAll, TimeSpan grace)
{
    // What was not whole by then is given up.
    private const int Recent = 4;
    private static readonly string[] Asked = ["run_time", "event", "table_name"];
    private readonly List<RunTruth> runs = [];

    public RunTruth? Newest => runs.LastOrDefault();

    /// <summary>The planned run before the newest.</summary>
    public RunTruth? Before => runs.SkipLast(1).LastOrDefault(r => r.IsPlanned);

    public void Add(RunTruth one) => runs.Add(one);

    public override string ToString() => Newest is { } newest
        ? $"newest run {newest.Stamp} of snapshot {newest.Truth.Snapshot}: {(newest.IsPublished ? "published" : "not published")}"
        : "no run yet";

    /// <summary>What the ledger says of runs, read past the service: a look must not meet a fault that is meant for the program.</summary>
    public IReadOnlySet<(string Stamp, string Event)> Facts()
    {
        var warehouse = run.Cloud.Warehouse;
        lock (warehouse.Gate)
        {
            var ledger = warehouse.Catalog.FindTable($"{run.Dataset}_landing", "rdsbq_ledger");
            if (ledger is null) return new HashSet<(string, string)>();
            var fields = Asked.Select(a => ledger.Fields!.Single(f => f.Name == a)).ToList();
            var rows = warehouse.Page(ledger.Physical, fields, 0, 100_000, int64Timestamps: true)
                .Select(r => r!["f"]!.AsArray().Select(f => (string?)f!["v"]).ToArray());
            return rows.Where(r => r[2] is null).Select(r => (StampOf(r[0]!), r[1]!)).ToHashSet();
        }
    }

    /// <summary>Around every call of <c>load</c>: what is planned after it and was not before was planned by it, now.</summary>
    public void NotePlans(IReadOnlySet<(string Stamp, string Event)> before)
    {
        var facts = Facts();
        foreach (var one in runs.Where(r => !r.IsPlanned && facts.Contains((r.Stamp, "planned"))))
        {
            one.PlannedAt = run.Cloud.Clock.GetUtcNow();
            one.ShownThen = before.Where(f => f.Event == "published").Select(f => f.Stamp).Max();
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
            Assert.True(one.IsWhole || !one.IsPublished, $"run {one.Stamp} is published, but not every table has landed whole");
        }
        if (runs.FindLast(r => r is { IsPlanned: true, IsWhole: true }) is not { } whole) return;
        var shown = runs.Any(r => r.IsPublished && string.CompareOrdinal(r.Stamp, whole.Stamp) >= 0);
        Assert.True(shown, $"run {whole.Stamp} has landed whole, but is not published");
    }

    /// <summary>
    /// The run that each view must show, by view. One whose table has gone shows its last run for the grace, and is gone with the first run
    /// that is planned after it, if by then a run without the table was published.
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
                if (without is not null && IsOver(one, without)) shown.Remove(view);
            }
            foreach (var table in one.Tables)
            {
                known[table.View] = (table.Source, null);
                if (publishAll ? one.IsPublished : one.Holds(table)) shown[table.View] = one;
            }
        }
        return shown;
    }

    private bool IsOver(RunTruth one, RunTruth without) =>
        one.PlannedAt >= without.RunTime + grace && string.CompareOrdinal(one.ShownThen, without.Stamp) >= 0;

    private static string StampOf(string micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(long.Parse(micros, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond)
            .ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
}
