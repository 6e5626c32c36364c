using Grpc.Core;
using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Runs;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Export.Telling;

namespace RdsBq.Export.Loading;

/// <summary>
/// One tick of <c>load</c>: lands the newest COMPLETE export that has not been landed, then moves every unfinished run on by whatever is missing.
/// It looks before each step and keeps no state of its own, so it may be killed anywhere and run again.
/// </summary>
internal sealed class LoadVerb(
    LoadLook look, Landing landing, RunTending tending, LandingKeeper keeper, RunWatch watch, Upkeep upkeep, Announcer? ready, TimeProvider clock, ILogger log)
{
    /// <param name="retry">A person asked: start failed transfers again whatever the cause.</param>
    public async Task<LoadResult> TickAsync(bool retry, CancellationToken token)
    {
        var seen = await LookAsync(token);
        // First, since whatever ends this tick early may do so for days.
        await ServeReadersAsync(seen.Runs, token);
        LoadResult result;
        try
        {
            result = await MoveAsync(seen, retry, token);
        }
        catch (Exception e) when (e is StopException or RpcException or BigQueryException)
        {
            // A landing that fails at every tick is what most often makes a run late.
            await TellAsync(seen, e, token);
            throw;
        }
        await TellAsync(seen, null, token);
        return result;
    }

    private async Task TellAsync(LoadSeen seen, Exception? stop, CancellationToken token)
    {
        await watch.WatchAsync(seen, stop, token);
        await upkeep.TellAsync(await look.RunsAsync(token), token);
    }

    private async Task<LoadSeen> LookAsync(CancellationToken token)
    {
        try
        {
            return await look.LookAsync(token);
        }
        catch (StopException e)
        {
            // That AWS can't be asked is no reason to let expire what readers see, or to be silent about it for days.
            var runs = await look.RunsAsync(token);
            await ServeReadersAsync(runs, token);
            await TellAsync(new LoadSeen([], runs, new LoadDecision.Nothing(e.Message)), e, token);
            throw;
        }
    }

    /// <summary>Keeps what they see from expiring, and tells READY_TOPIC where whoever published it could not.</summary>
    private async Task ServeReadersAsync(IReadOnlyList<RunSummary> runs, CancellationToken token)
    {
        await keeper.KeepShownAsync(runs, token);
        if (ready is not null) await ready.AnnounceAsync(runs, token);
    }

    private async Task<LoadResult> MoveAsync(LoadSeen seen, bool retry, CancellationToken token)
    {
        var (_, runs, decision) = seen;
        var line = "nothing to load";
        switch (decision)
        {
            case LoadDecision.Land land:
                await landing.LandAsync(land.RunTime, land.Task, token);
                runs = await look.RunsAsync(token);
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
        LoadResult? newest = null;
        foreach (var run in LoadDecider.Unfinished(runs, clock.GetUtcNow()).Reverse())
            newest = await tending.TendAsync(run.RunTime, retry, token);
        return newest;
    }

    /// <summary>What readers see, where there is something to say about it.</summary>
    private static string? Standing(IReadOnlyList<RunSummary> runs) => (runs, RunSummary.Shown(runs)) switch
    {
        ([var newest, ..], { } shown) when shown.RunTime != newest.RunTime && RunSummary.IsHeldBack(newest.RunTime, runs) =>
            $"run {shown.RunTime} is shown, since a person chose it; run {newest.RunTime} stays back until `publish --run {newest.RunTime}`",
        ([{ Published: true } newest, ..], _) => $"run {newest.RunTime} is published",
        _ => null,
    };
}
