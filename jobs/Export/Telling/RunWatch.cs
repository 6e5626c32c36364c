using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;
using RdsBq.Export.Loading;

namespace RdsBq.Export.Telling;

/// <summary>
/// Writes down what no event tells, each once a run: an export that failed or does not begin, a landing that stops, a run past its deadline, nothing new for too
/// long. The ledger's rows are what is told of.
/// </summary>
/// <param name="machine">Dates the rows, as it does those of a publication: which of the two came first decides whether people still wait.</param>
internal sealed class RunWatch(
    LoadLook look, LedgerTable ledger, BigQueryClient client, WarehouseSettings warehouse, ExportPolicy policy, WatchLimits limits, TimeProvider clock, TimeProvider machine, ILogger log)
{
    private const int MostDetail = 4000;

    /// <param name="seen">From before the tick.</param>
    /// <param name="stop">Why the tick stopped; null where it did not.</param>
    public async Task WatchAsync(LoadSeen seen, Exception? stop, CancellationToken token)
    {
        if (Late(seen.Tasks, seen.Runs) is null && Notices(seen.Tasks, seen.Runs).Count == 0 && stop is null) return;
        // The tick may have published it, though late.
        var runs = await look.RunsAsync(token);
        var why = stop is null ? "" : $"\nThe last load stopped: {stop.Message}";
        List<LedgerRow> rows = [.. Notices(seen.Tasks, runs).Select(n => Row(n.RunTime, n.Event, n.Event == LedgerEvent.Stale ? n.Detail + why : n.Detail, n.Task))];
        if (await StoppedAsync(seen.Decision, stop, token) is { } stopped) rows.Add(stopped);
        if (Late(seen.Tasks, runs) is { } late) rows.Add(await OverdueAsync(late, stop?.Message, token));
        if (rows.Count == 0) return;
        foreach (var row in rows) log.LogError("Run {RunTime}: {What}", row.RunTime, row.Detail);
        // A landing that never worked may not have come as far as the ledger.
        await client.EnsureDatasetAsync(warehouse.LandingDataset, token);
        await ledger.EnsureAsync(token);
        await ledger.AppendAsync(rows, token);
    }

    /// <summary>A stop that passes is tried again by the next tick, and is told when it makes the run late.</summary>
    private async Task<LedgerRow?> StoppedAsync(LoadDecision decision, Exception? stop, CancellationToken token)
    {
        if (decision is not LoadDecision.Land land || stop is not StopException { ExitCode: StopException.NeedsPerson } person) return null;
        var detail = $"Its export is complete, but can't be landed: {person.Message}\nWhat to do: {person.Mend}";
        var last = (await ledger.RunAsync(land.RunTime, token)).LastOrDefault(r => r.Event == LedgerEvent.Stopped);
        return last?.Detail == Cut(detail) ? null : Row(land.RunTime, LedgerEvent.Stopped, detail, land.Task);
    }

    private async Task<LedgerRow> OverdueAsync(OverdueRun late, string? stopped, CancellationToken token)
    {
        var receipts = late.Planned ? RunReceipts.From(late.RunTime, await ledger.RunAsync(late.RunTime, token)) : null;
        var row = Row(late.RunTime, LedgerEvent.Overdue, OverdueWords.Of(late, receipts, limits.Deadline, stopped), late.Task);
        return late.Task is null && receipts is not null ? row with { ExportTaskId = receipts.ExportTaskId } : row;
    }

    private OverdueRun? Late(IReadOnlyList<ExportTask> tasks, IReadOnlyList<RunSummary> runs) =>
        OverdueDecider.Decide(tasks, runs, clock.GetUtcNow(), policy, limits.Deadline);

    private IReadOnlyList<Notice> Notices(IReadOnlyList<ExportTask> tasks, IReadOnlyList<RunSummary> runs) =>
        NoticeDecider.Decide(tasks, runs, clock.GetUtcNow(), policy, limits.Freshness);

    private LedgerRow Row(RunTime runTime, LedgerEvent happened, string detail, ExportTask? task) =>
        new(machine.GetUtcNow(), happened, runTime, task?.Id ?? "", task?.SnapshotTime, Detail: Cut(detail));

    private static string Cut(string detail) => Core.Alerts.SlackText.Cut(detail, MostDetail);
}

/// <param name="Deadline">LOAD_DEADLINE.</param>
/// <param name="Freshness">FRESHNESS.</param>
internal sealed record WatchLimits(TimeSpan Deadline, TimeSpan Freshness);
