using RdsBq.Cloud.Aws;
using RdsBq.Cloud.Ledger;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;

namespace RdsBq.Export.Loading;

/// <summary>What <c>load</c> saw, and what it makes of an export that is not landed yet.</summary>
/// <param name="Runs">Newest first.</param>
internal sealed record LoadSeen(IReadOnlyList<ExportTask> Tasks, IReadOnlyList<RunSummary> Runs, LoadDecision Decision);

/// <summary>What <c>load</c> sees before it acts, and <c>plan</c> with it: export tasks and the ledger's runs. Reads only.</summary>
internal sealed class LoadLook(RdsExports rds, ExportFiles files, LedgerTable ledger, ExportPolicy policy, TimeProvider clock)
{
    /// <summary>What is shown may be much older than what is looked after, where nothing newer could be published.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(400);

    public async Task<LoadSeen> LookAsync(CancellationToken token) => await LookAsync(await rds.ExportTasksAsync(token), token);

    public async Task<LoadSeen> LookAsync(IReadOnlyList<ExportTask> tasks, CancellationToken token)
    {
        var runs = await RunsAsync(token);
        var decision = LoadDecider.Decide(tasks, runs, clock.GetUtcNow(), policy);
        if (decision is LoadDecision.Wait && NewestUndated(tasks) is { } undated)
            decision = LoadDecider.Decide(tasks, runs, clock.GetUtcNow(), policy, await NewestFileAsync(undated, token));
        return new LoadSeen(tasks, runs, decision);
    }

    public Task<IReadOnlyList<RunSummary>> RunsAsync(CancellationToken token) => ledger.SummariesAsync(Window, token);

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
