using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Aws;
using RdsBq.Cloud.Ledger;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;

namespace RdsBq.Export.Loading;

/// <summary>
/// One tick of <c>load</c>: lands the newest COMPLETE export that has not been landed, then moves every unfinished run on by whatever is missing.
/// It looks before each step and keeps no state of its own, so it may be killed anywhere and run again.
/// </summary>
internal sealed class LoadVerb(
    RdsExports rds, ExportFiles files, LedgerTable ledger, Landing landing, RunTending tending, ExportPolicy policy, TimeProvider clock, ILogger log)
{
    /// <summary>Runs older than this are left alone: their landing tables are gone or going.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <param name="retry">A person asked: start failed transfers again whatever the cause.</param>
    public async Task<LoadResult> TickAsync(bool retry, CancellationToken token)
    {
        var tasks = await rds.ExportTasksAsync(token);
        var runs = await ledger.SummariesAsync(Window, token);
        var decision = LoadDecider.Decide(tasks, runs, clock.GetUtcNow(), policy);
        if (decision is LoadDecision.Wait && NewestUndated(tasks) is { } undated)
            decision = LoadDecider.Decide(tasks, runs, clock.GetUtcNow(), policy, await NewestFileAsync(undated, token));
        var line = "nothing to load";
        switch (decision)
        {
            case LoadDecision.Land land:
                await landing.LandAsync(land.RunTime, land.Task, token);
                runs = await ledger.SummariesAsync(Window, token);
                break;
            case LoadDecision.Wait wait:
                line = $"waiting: {wait.Reason}";
                break;
            case LoadDecision.Nothing nothing:
                line = runs is [{ Published: true } newest, ..] ? $"run {newest.RunTime} is published; {nothing.Reason}" : nothing.Reason;
                break;
        }
        log.LogDebug("Load decision: {Decision}.", decision);
        var result = await TendAsync(runs, retry, token);
        return result ?? new LoadResult(decision is LoadDecision.Nothing, line, 0);
    }

    /// <summary>Runs that are newer than the newest published one; an older one must never come back over it.</summary>
    private async Task<LoadResult?> TendAsync(IReadOnlyList<RunSummary> runs, bool retry, CancellationToken token)
    {
        var published = runs.Where(r => r.Published).Select(r => r.RunTime).DefaultIfEmpty().Max();
        LoadResult? newest = null;
        foreach (var run in runs.Where(r => r is { Planned: true, Published: false } && r.RunTime > published).OrderBy(r => r.RunTime))
            newest = await tending.TendAsync(run.RunTime, retry, token);
        return newest;
    }

    private ExportTask? NewestUndated(IReadOnlyList<ExportTask> tasks) => tasks
        .Where(t => t is { State: ExportState.Complete, EndedAt: null } && t.Bucket == policy.Place.Bucket && policy.Ids.TryRead(t.Id, out _))
        .MaxBy(t => policy.Ids.TryRead(t.Id, out var runTime) ? runTime : default);

    private async Task<DateTimeOffset?> NewestFileAsync(ExportTask task, CancellationToken token)
    {
        DateTimeOffset? newest = null;
        await foreach (var file in files.ListAsync(new ExportLayout(policy.Place, task.Id).Root, token))
            newest = newest is null || file.LastModified > newest ? file.LastModified : newest;
        return newest;
    }
}
