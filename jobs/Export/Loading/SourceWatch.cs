using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Core.Alerts;
using RdsBq.Core.Drift;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;
using RdsBq.Core.Views;

namespace RdsBq.Export.Loading;

/// <summary>
/// Compares what a run lands with the run before: writes what differs to the ledger, keeps the views of tables that are gone for the grace and then
/// takes them away. Killed anywhere and called again for the same run it compares with the same run before. The ledger's rows are what people are told.
/// </summary>
internal sealed class SourceWatch(
    BigQueryClient client, LedgerTable ledger, WarehouseSettings warehouse, LandingSettings settings, TimeProvider clock, ILogger log)
{
    private const int AtOnce = 8;
    private const int DetailLength = 8000;

    /// <summary>A run before that is older than this is no run to compare with.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(400);

    public async Task<SourceHistory> HistoryAsync(RunTime runTime, CancellationToken token)
    {
        var planned = (await ledger.SummariesAsync(Memory, token)).Where(r => r.Planned && r.RunTime < runTime).Select(r => r.RunTime).ToList();
        return planned.Count == 0 ? SourceHistory.None(runTime) : SourceHistory.From(runTime, planned, await ledger.HistoryAsync(runTime, token));
    }

    public async Task CompareAsync(RunTime runTime, ExportTask task, LandingPlan plan, SourceHistory history, CancellationToken token)
    {
        if (history.Previous is not { } previous) return;
        var shown = RunSummary.Shown(await ledger.SummariesAsync(Memory, token));
        var left = LeftBehind.Of(history, plan.Seen, shown?.RunTime, settings.DroppedTableGrace, clock.GetUtcNow());
        var views = new ViewKeeper(client, warehouse, settings.Retention, log);
        await Parallel.ForEachAsync(left.Where(l => !l.IsOver), Options(token), async (view, ct) => await views.KeepAsync(view, ct));
        var skipped = plan.Seen.Skipped.Select(history.Of).OfType<KnownTable>();
        await Parallel.ForEachAsync(skipped, Options(token), async (table, ct) => await views.KeepAsync(table, clock.GetUtcNow(), ct));
        var withdrawable = await views.StillOursAsync([.. left.Where(l => l.IsOver)], token);

        var found = SourceDrift.Find(history, plan.Seen, left, warehouse.CastTypes);
        var written = await ledger.RunAsync(runTime, token);
        Say(runTime, previous, found, withdrawable, written);
        // The views go after the rows, which are what is told; the rows of a run that is never planned are no history.
        var rows = found.Select(c => Row(LedgerEvent.Changed, runTime, task) with { Table = c.Table, Detail = SlackText.Cut(c.Words, DetailLength) })
            .Concat(left.Where(l => l.IsOver).Select(l => Withdrawn(l, withdrawable.Contains(l), runTime, task)));
        await ledger.AppendAsync(rows.Where(r => !written.Any(w => w.InsertId == r.InsertId)), token);
        await Parallel.ForEachAsync(withdrawable, Options(token), async (view, ct) => await views.WithdrawAsync(view, ct));
    }

    /// <summary>What the ledger has of this run was said when it was written.</summary>
    private void Say(RunTime runTime, RunTime previous, IReadOnlyList<TableChange> found, IReadOnlyCollection<LeftBehind> withdrawn, IReadOnlyList<LedgerRow> written)
    {
        var said = written.Where(r => r.Event is LedgerEvent.Changed or LedgerEvent.Withdrawn).Select(r => (r.Table, r.Detail)).ToHashSet();
        foreach (var change in found.Concat(withdrawn.Select(Withdrawal)).OrderBy(c => c.Worst).Where(c => !said.Contains((c.Table, SlackText.Cut(c.Words, DetailLength)))))
            log.LogWarning("Run {RunTime} is not as run {Previous}: {Table}: {Words}", runTime, previous, change.Table, change.Words);
    }

    private static TableChange Withdrawal(LeftBehind left) =>
        new(left.Known.Table, [new Change(ChangeKind.Withdrawn, $"{LeftBehind.Withdrawal(left.Known.View)}, its table being gone since run {left.Since}")]);

    private LedgerRow Withdrawn(LeftBehind left, bool ours, RunTime runTime, ExportTask task) => Row(LedgerEvent.Withdrawn, runTime, task) with
    {
        Table = left.Known.Table,
        View = left.Known.View,
        LandingTable = Names.LandingTable(left.Known.View, left.Known.LastRead),
        Detail = ours ? Withdrawal(left).Words : $"view {left.Known.View} is gone, or someone's own: it does not show our landing table",
    };

    private LedgerRow Row(LedgerEvent e, RunTime runTime, ExportTask task) => new(clock.GetUtcNow(), e, runTime, task.Id, task.SnapshotTime);

    private static ParallelOptions Options(CancellationToken token) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = token };
}
