using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Slack;
using RdsBq.Core.Alerts;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Settings;

namespace RdsBq.Export.Loading;

/// <summary>Tells people, once, of a run that LOAD_DEADLINE has overtaken. The message goes first and the ledger's row after it: killed in between, it comes twice.</summary>
internal sealed class OverdueWatch(
    LoadLook look, LedgerTable ledger, BigQueryClient client, SlackPoster? slack, WarehouseSettings warehouse, ExportPolicy policy, TimeSpan deadline, TimeProvider clock, ILogger log)
{
    /// <param name="seen">From before the tick.</param>
    /// <param name="stopped">Why the tick stopped; null where it did not.</param>
    public async Task TellAsync(LoadSeen seen, string? stopped, CancellationToken token)
    {
        if (Late(seen.Tasks, seen.Runs) is null) return;
        // The tick may have published it, though late.
        if (Late(seen.Tasks, await look.RunsAsync(token)) is not { } late) return;
        var receipts = late.Planned ? RunReceipts.From(late.RunTime, await ledger.RunAsync(late.RunTime, token)) : null;
        var alert = OverdueAlert.Of(late, receipts, deadline, stopped);
        log.LogError("{Alert}", SlackText.Plain(alert));
        if (slack is not null) await slack.PostAsync(alert, token);
        // A landing that never worked may not have come as far as the ledger.
        await client.EnsureDatasetAsync(warehouse.LandingDataset, token);
        await ledger.EnsureAsync(token);
        var id = late.Task?.Id ?? receipts?.ExportTaskId ?? "";
        await ledger.AppendAsync([new LedgerRow(clock.GetUtcNow(), LedgerEvent.Overdue, late.RunTime, id, late.Task?.SnapshotTime, Detail: alert.Summary)], token);
    }

    private OverdueRun? Late(IReadOnlyList<ExportTask> tasks, IReadOnlyList<RunSummary> runs) =>
        OverdueDecider.Decide(tasks, runs, clock.GetUtcNow(), policy, deadline);
}
