using System.Collections.Concurrent;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Plans;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;
using RdsBq.Core.Tables;
using RdsBq.Export.Loading;
using RdsBq.Export.Verbs;

namespace RdsBq.Export.Planning;

/// <summary>Looks at all that the verbs look at, by reads alone.</summary>
internal sealed class PlanLook(
    ExportLook exports, LoadLook loads, TableLook tables, ExportListing listing, BigQueryClient client, LedgerTable ledger, WarehouseSettings warehouse, TargetList targets, ExportPolicy policy,
    TimeSpan deadline)
{
    private const int AtOnce = 16;

    public async Task<PlanObservation> LookAsync(CancellationToken token)
    {
        var export = await exports.LookAsync(again: false, token);
        var load = await loads.LookAsync(export.Tasks, token);
        var notes = new List<string>();
        var manifest = await NewestManifestAsync(export.Tasks, notes, token);
        var unmatched = manifest is null ? [] : targets.Select([.. manifest.Entries.Where(e => e.Table is not null).Select(e => e.Table!).Distinct()]).Unmatched;
        var landing = load.Decision is LoadDecision.Land land
            ? await listing.ContentsAsync(land.RunTime, land.Task, manifest ?? throw Gone(land.Task), token)
            : null;
        var underWay = new List<SeenRun>();
        foreach (var run in LoadDecider.Unfinished(load.Runs)) underWay.Add(await RunAsync(run.RunTime, token));
        var late = OverdueDecider.Decide(export.Tasks, load.Runs, export.Now, policy, deadline, LoadLook.Window);
        return new PlanObservation(
            export, load.Decision, landing, underWay, await NewestAsync(load.Runs, underWay, token), late, await client.ViewsAsync(warehouse.Dataset, token),
            new PlannedSync(false, "", []), unmatched, notes);
    }

    /// <summary>Of the newest complete export, landed or not: what the list of tables is checked against.</summary>
    private async Task<ExportManifest?> NewestManifestAsync(IReadOnlyList<ExportTask> tasks, List<string> notes, CancellationToken token)
    {
        var newest = policy.Ours(tasks).FirstOrDefault(o => o.Task.State == ExportState.Complete).Task;
        if (newest is null)
        {
            notes.Add("no export of this job is complete: the list of tables can't be checked yet");
            return null;
        }
        var manifest = await listing.ManifestAsync(newest, token);
        if (manifest is null) notes.Add($"the files of export {newest.Id} are gone from S3: the list of tables can't be checked");
        return manifest;
    }

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

    private StopException Gone(ExportTask task) => StopException.ForPerson(
        $"Export {task.Id} has no export_tables_info_*.json under s3://{policy.Place.Bucket}/{new ExportLayout(policy.Place, task.Id).Root}.",
        "Check S3_EXPORT_PREFIX and that nothing deletes from the bucket before the load.");
}
