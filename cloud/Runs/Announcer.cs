using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Topics;
using RdsBq.Core;
using RdsBq.Core.Ledger;
using RdsBq.Core.Ready;
using RdsBq.Core.Settings;

namespace RdsBq.Cloud.Runs;

/// <summary>
/// Tells READY_TOPIC of the run that is shown, at least once: after its views and the ledger's row of it, and before the ledger's
/// <c>announced</c>. Killed in between, it is told again by whoever looks next.
/// </summary>
/// <param name="time">Whose dates the ledger's published rows have here.</param>
public sealed class Announcer(TopicPublisher topic, LedgerTable ledger, WarehouseSettings warehouse, TimeProvider time, ILogger log)
{
    /// <summary>How far back the shown run may lie: beyond any that a person could still choose.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(400);

    /// <summary>Looks into the ledger, and tells what is due.</summary>
    public async Task AnnounceAsync(CancellationToken token) => await AnnounceAsync(await ledger.SummariesAsync(Window, token), token);

    /// <summary>Tells what is due by these runs; mostly nothing, and then it calls nothing.</summary>
    /// <param name="runs">As the ledger has just told them.</param>
    public async Task AnnounceAsync(IReadOnlyList<RunSummary> runs, CancellationToken token)
    {
        if (ReadyDecider.Due(runs, time.GetUtcNow()) is not { } shown) return;
        var run = RunReceipts.From(shown.RunTime, await ledger.RunAsync(shown.RunTime, token));
        if (await SendAsync(run, ReadyMessage.Of(run, shown, warehouse), token) is not { } id) return;
        // Whoever published it may have a faster clock: dated before that, this row would tell of nothing.
        var at = time.GetUtcNow() > shown.ShownAt ? time.GetUtcNow() : shown.ShownAt!.Value;
        await ledger.AppendAsync([new LedgerRow(at, LedgerEvent.Announced, run.RunTime, run.ExportTaskId, run.SnapshotTime, Detail: $"message {id} of {topic.Topic}")], token);
        log.LogInformation("{Topic} is told that run {RunTime} is ready: message {Id}.", topic.Topic, run.RunTime, id);
    }

    /// <returns>
    /// The message's id; null where the topic did not take it. That is logged and no more: the run is published all the same, <c>load</c> tries
    /// again within minutes, and giving the function's event back would only have a verdict looked up again.
    /// </returns>
    private async Task<string?> SendAsync(RunReceipts run, ReadyMessage message, CancellationToken token)
    {
        try
        {
            return await topic.PublishAsync(message, token);
        }
        catch (StopException e)
        {
            var level = e.ExitCode == StopException.NeedsPerson ? LogLevel.Error : LogLevel.Warning;
            log.Log(level, "Run {RunTime} is published, but nobody is told: {Why} {Mend}", run.RunTime, e.Message, e.Mend);
            return null;
        }
    }
}
