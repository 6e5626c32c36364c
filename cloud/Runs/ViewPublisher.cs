using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;
using RdsBq.Core.Views;

namespace RdsBq.Cloud.Runs;

/// <summary>
/// Repoints published views to a proven run. Repeatable: each view is one CREATE OR REPLACE, then the ledger is told, and READY_TOPIC last.
/// </summary>
/// <param name="ready">Null where no topic is set.</param>
public sealed partial class ViewPublisher(BigQueryClient client, LedgerTable ledger, WarehouseSettings warehouse, TimeProvider time, ILogger log, Announcer? ready = null)
{
    private const int AtOnce = 8;

    /// <summary>How far back published runs are looked for: beyond any that a person could still choose.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(400);

    /// <summary>A topic is told of what is published.</summary>
    public bool Announces => ready is not null;

    /// <summary>
    /// Publishes the whole run if every table of it is proven and neither it nor a newer run is published already.
    /// </summary>
    /// <returns>True when the run is published now, by this call or before it.</returns>
    public async Task<bool> PublishIfProvenAsync(RunTime runTime, CancellationToken token)
    {
        if (!await ledger.IsProvenAsync(runTime, token)) return false;
        var runs = await ledger.SummariesAsync(Window, token);
        if (runs.Any(r => r.Published && r.RunTime == runTime))
        {
            // Whoever published it may have died before telling of it.
            if (ready is not null) await ready.AnnounceAsync(runs, token);
            return true;
        }
        if (WhyNot(runTime, runs) is { } why)
        {
            log.LogInformation("Run {RunTime} is proven, but {Why}.", runTime, why);
            return false;
        }
        var rows = await ledger.RunAsync(runTime, token);
        var run = RunReceipts.From(runTime, rows);
        if (!run.AllProven) return false;
        var newer = await ledger.ViewsOfNewerRunsAsync(runTime, token);
        var proven = run.Tables.Where(t => t.Verdict == Verdict.Proven).ToList();
        var open = proven.Where(t => !newer.Contains(t.View) && !IsPublished(rows, t.LandingTable));
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = token };
        await Parallel.ForEachAsync(open, options, async (table, ct) => await RepointAsync(table, ct));
        await ledger.AppendAsync([Row(run, null) with { Tables = proven.Count }], token);
        log.LogInformation("Run {RunTime} is published: {Tables} tables of {Dataset}.", runTime, proven.Count, warehouse.Dataset);
        if (ready is not null) await ready.AnnounceAsync(token);
        return true;
    }

    /// <summary>Publishes one proven table by itself (PUBLISH=each), unless it or a newer run's is published already.</summary>
    public async Task PublishTableAsync(RunTime runTime, string landingTable, CancellationToken token)
    {
        var rows = await ledger.RunAsync(runTime, token);
        var run = RunReceipts.From(runTime, rows);
        if (IsPublished(rows, landingTable)) return;
        if (run.Tables.FirstOrDefault(t => t.LandingTable == landingTable && t.Verdict == Verdict.Proven) is not { } table) return;
        var newer = await ledger.ViewsOfNewerRunsAsync(runTime, token);
        var why = newer.Contains(table.View) ? "its view points at a newer run and stays there" : WhyNot(runTime, await ledger.SummariesAsync(Window, token));
        if (why is not null)
        {
            log.LogInformation("{Landing} is proven, but {Why}.", landingTable, why);
            return;
        }
        await RepointAsync(table, token);
        await ledger.AppendAsync([Row(run, table)], token);
        log.LogInformation("View {View} points at {Landing}.", table.View, landingTable);
    }

    /// <summary>Why the run may not take the views by itself; null where it may.</summary>
    private static string? WhyNot(RunTime runTime, IReadOnlyList<RunSummary> runs) =>
        RunSummary.IsHeldBack(runTime, runs) ? $"a person has chosen run {RunSummary.Chosen(runs)!.RunTime} since: the views stay there"
        : runs.Any(r => r.Published && r.RunTime > runTime) ? "a newer one is published already: the views stay with the newer"
        : null;

    /// <summary>
    /// With PUBLISH=each: every proven table that is not shown yet. An empty one has no transfer run that anyone would judge, and so
    /// nobody else to publish it.
    /// </summary>
    public async Task PublishProvenTablesAsync(RunTime runTime, CancellationToken token)
    {
        if (warehouse.PublishAll) return;
        var rows = await ledger.RunAsync(runTime, token);
        var proven = RunReceipts.From(runTime, rows).Tables.Where(t => t.Verdict == Verdict.Proven && !IsPublished(rows, t.LandingTable));
        foreach (var table in proven) await PublishTableAsync(runTime, table.LandingTable!, token);
    }

    private static bool IsPublished(IReadOnlyList<LedgerRow> rows, string? landingTable) =>
        rows.Any(r => r.Event == LedgerEvent.Published && r.LandingTable == landingTable);

    private async Task RepointAsync(Receipt table, CancellationToken token)
    {
        var notes = await client.ReplaceableAsync(warehouse.Dataset, table.View, token);
        var plan = new ViewPlan(client.Project, warehouse.Dataset, table.View, warehouse.LandingDataset, table.LandingTable!, table.Columns, notes, warehouse.CastTypes);
        foreach (var column in notes.WithoutColumn(table.Columns))
            log.LogWarning("View {View} has no column {Column} any more: what was written on it goes with it.", table.View, column);
        await client.ReplaceViewAsync(plan, token);
    }

    private LedgerRow Row(RunReceipts run, Receipt? table) =>
        new(time.GetUtcNow(), LedgerEvent.Published, run.RunTime, run.ExportTaskId, run.SnapshotTime, table?.Table, table?.View, table?.LandingTable);
}
