using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Aws;
using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Runs;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;

namespace RdsBq.Export.Loading;

/// <summary>
/// One tick of <c>load</c>: lands the newest COMPLETE export that has not been landed, then moves every unfinished run on by whatever is missing.
/// It looks before each step and keeps no state of its own, so it may be killed anywhere and run again.
/// </summary>
internal sealed class LoadVerb(
    RdsExports rds, ExportFiles files, LedgerTable ledger, Landing landing, RunTending tending, LandingKeeper keeper, ExportPolicy policy, TimeProvider clock, ILogger log)
{
    /// <summary>Runs older than this are left alone: their landing tables are gone or going.</summary>
    private static readonly TimeSpan Tended = TimeSpan.FromDays(30);

    /// <summary>What is shown may be much older, where nothing newer could be published.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(400);

    /// <param name="retry">A person asked: start failed transfers again whatever the cause.</param>
    public async Task<LoadResult> TickAsync(bool retry, CancellationToken token)
    {
        var tasks = await TasksAsync(token);
        var runs = await ledger.SummariesAsync(Window, token);
        // First, since whatever ends this tick early may do so for days.
        await keeper.KeepShownAsync(runs, token);
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
                line = Standing(runs) is { } standing ? $"{standing}; {nothing.Reason}" : nothing.Reason;
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
        var open = runs.Where(r => r is { Planned: true, Published: false } && r.RunTime > published && !RunSummary.IsHeldBack(r.RunTime, runs));
        foreach (var run in open.Where(r => clock.GetUtcNow() - r.RunTime.Instant < Tended).OrderBy(r => r.RunTime))
            newest = await tending.TendAsync(run.RunTime, retry, token);
        return newest;
    }

    private async Task<IReadOnlyList<ExportTask>> TasksAsync(CancellationToken token)
    {
        try
        {
            return await rds.ExportTasksAsync(token);
        }
        catch (StopException)
        {
            // That AWS can't be asked is no reason to let expire what readers see.
            await keeper.KeepShownAsync(await ledger.SummariesAsync(Window, token), token);
            throw;
        }
    }

    /// <summary>What readers see, where there is something to say about it.</summary>
    private static string? Standing(IReadOnlyList<RunSummary> runs) => (runs, RunSummary.Shown(runs)) switch
    {
        ([var newest, ..], { } shown) when shown.RunTime != newest.RunTime && RunSummary.IsHeldBack(newest.RunTime, runs) =>
            $"run {shown.RunTime} is shown, since a person chose it; run {newest.RunTime} stays back until `publish --run {newest.RunTime}`",
        ([{ Published: true } newest, ..], _) => $"run {newest.RunTime} is published",
        _ => null,
    };

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
