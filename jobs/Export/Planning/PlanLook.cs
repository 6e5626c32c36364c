using System.Collections.Concurrent;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Runs;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Plans;
using RdsBq.Core.Runs;
using RdsBq.Core.Transfers;
using RdsBq.Export.Loading;
using RdsBq.Export.Settings;
using RdsBq.Export.Syncing;
using RdsBq.Export.Verbs;

namespace RdsBq.Export.Planning;

/// <summary>Looks at all that the verbs look at, by reads alone.</summary>
internal sealed class PlanLook(
    ExportLook exports, LoadLook loads, TableLook tables, SyncObserver syncs, LandingLook landings, LandingKeeper keeper, BigQueryClient client, LedgerTable ledger, JobSettings settings)
{
    private const int AtOnce = 16;

    public async Task<PlanObservation> LookAsync(CancellationToken token)
    {
        var export = await exports.LookAsync(again: false, token);
        var load = await loads.LookAsync(export.Tasks, token);
        var (sync, stop) = await SyncAsync(token);
        List<string> notes = [.. sync?.Warnings ?? []];
        SeenExport? landing = null;
        if (load.Decision is LoadDecision.Land land)
        {
            (landing, var more) = await landings.LookAsync(land.RunTime, land.Task, sync?.Observation, RunSummary.Shown(load.Runs)?.RunTime, export.Now, token);
            notes.AddRange(more);
        }
        var underWay = new List<SeenRun>();
        foreach (var run in LoadDecider.Unfinished(load.Runs, export.Now)) underWay.Add(await RunAsync(run.RunTime, token));
        var expiring = (await keeper.ExpiringAsync(load.Runs, token)).Count;
        // Before the first complete export it is no news that sync has to wait for one.
        var isChecked = settings.Policy.Ours(export.Tasks).Any(o => o.Task.State == ExportState.Complete);
        return new PlanObservation(
            export, load.Decision, landing, underWay, await NewestAsync(load.Runs, underWay, token), expiring,
            OverdueDecider.Decide(export.Tasks, load.Runs, export.Now, settings.Policy, settings.LoadDeadline),
            await ViewsAsync(token), sync is null ? null : SyncDecider.Decide(sync.Observation, new SyncOptions()),
            stop?.Message ?? "", notes, stop is not null && isChecked ? [$"{stop.Message} {stop.Mend}"] : []);
    }

    /// <summary>A list that can't be followed is told in the plan; the rest of it is worth reading all the same.</summary>
    private async Task<(SyncSeen? Seen, StopException? Stop)> SyncAsync(CancellationToken token)
    {
        try
        {
            return (await syncs.ObserveAsync(token), null);
        }
        catch (StopException e) when (e.ExitCode == StopException.NeedsPerson)
        {
            return (null, e);
        }
    }

    private async Task<IReadOnlySet<string>> ViewsAsync(CancellationToken token) =>
        (await client.ListTablesAsync(settings.Warehouse.Dataset, token)).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);

    private async Task<SeenRun> RunAsync(RunTime runTime, CancellationToken token)
    {
        var rows = await ledger.RunAsync(runTime, token);
        var run = RunReceipts.From(runTime, rows);
        var steps = new ConcurrentDictionary<string, SeenStep>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = token };
        await Parallel.ForEachAsync(TableLook.Open(run), options, async (table, ct) =>
        {
            var (step, _) = await tables.LookAsync(runTime, table, rows, retry: false, ct);
            steps[table.Table] = new SeenStep(step, step is TableStep.Judge finished && tables.IsFunctionsTurn(finished));
        });
        return new SeenRun(run, steps);
    }

    private async Task<RunReceipts?> NewestAsync(IReadOnlyList<RunSummary> runs, List<SeenRun> underWay, CancellationToken token)
    {
        if (runs.FirstOrDefault(r => r.Planned) is not { } newest) return null;
        return underWay.Find(r => r.Run.RunTime == newest.RunTime)?.Run ?? RunReceipts.From(newest.RunTime, await ledger.RunAsync(newest.RunTime, token));
    }
}
