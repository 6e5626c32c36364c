using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Aws;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;
using RdsBq.Core.Tables;
using RdsBq.Core.Views;

namespace RdsBq.Export.Loading;

/// <summary>
/// Prepares one complete export: reads what every table must hold, makes landing tables and transfer configs, writes the ledger's expectations.
/// Transfer runs are started by <see cref="RunTending"/>, once the ledger says <c>planned</c>.
/// </summary>
internal sealed class Landing(
    ExportFiles files, BigQueryClient client, LedgerTable ledger, TransferConfigs configs, SourceWatch watch, WarehouseSettings warehouse,
    ExportPolicy policy, LandingSettings settings, TimeProvider clock, ILogger log)
{
    /// <summary>tables.insert is limited to 10 a second.</summary>
    private const int TablesAtOnce = 4;

    public async Task LandAsync(RunTime runTime, ExportTask task, CancellationToken token)
    {
        log.LogInformation("Landing export {Task} as run {RunTime}.", task.Id, runTime);
        var contents = await ExportContents.ReadAsync(files, new ExportLayout(policy.Place, task.Id), token);
        var history = await watch.HistoryAsync(runTime, token);
        var plan = LandingPlan.Make(contents, settings.Targets, task.Warning, history, task.Only);
        foreach (var problem in plan.Notes) log.LogWarning("{Note}", problem);
        if (plan.Tables.Count == 0) throw NothingToLand(task, plan);

        await client.EnsureDatasetAsync(warehouse.Dataset, token);
        await client.EnsureDatasetAsync(warehouse.LandingDataset, token);
        await ledger.EnsureAsync(token);
        var found = await configs.EnsureAsync(plan.Tables.Where(t => t.Rows > 0).Select(t => t.Target).ToList(), token);
        plan = plan.Without(found.Refused);
        await EnsureTablesAsync(runTime, plan, token);
        foreach (var skipped in plan.Skipped) log.LogError("The export left out {Table}: {Reason}", skipped.Table, skipped.Reason);
        await watch.CompareAsync(runTime, task, plan, history, token);
        await ledger.AppendAsync(Rows(runTime, task, plan, found.Names), token);
        await ledger.AppendAsync([Row(LedgerEvent.Planned, runTime, task) with { Tables = plan.Tables.Count }], token);
        log.LogInformation("Run {RunTime} is planned: {Tables} tables, {Rows} rows, {Skipped} skipped.", runTime, plan.Tables.Count, plan.Tables.Sum(t => t.Rows), plan.Skipped.Count);
    }

    private StopException NothingToLand(ExportTask task, LandingPlan plan)
    {
        var limit = task.Only.Count == 0 ? "" : $"; it was limited to {ExportScope.Words(task.Only)}";
        var lines = plan.Skipped.Count == 0 ? "" : $": {string.Join("; ", plan.Skipped.Take(5).Select(s => $"{s.Table}: {s.Reason}"))}{(plan.Skipped.Count > 5 ? $"; and {plan.Skipped.Count - 5} more" : "")}";
        return StopException.ForPerson(
            $"Export {task.Id} holds none of the wanted tables of {string.Join(", ", settings.Targets.Databases)}{limit}{lines}.",
            "Check DATABASE_NAME and TARGET_TABLES against the export's export_tables_info_*.json.");
    }

    private Task EnsureTablesAsync(RunTime runTime, LandingPlan plan, CancellationToken token)
    {
        var expires = clock.GetUtcNow() + settings.Retention;
        var options = new ParallelOptions { MaxDegreeOfParallelism = TablesAtOnce, CancellationToken = token };
        return Parallel.ForEachAsync(plan.Tables, options, async (table, ct) => await client.EnsureTableAsync(
            warehouse.LandingDataset, Names.LandingTable(table.Target.View, runTime), table.Columns, $"{table.Target.Table} as of run {runTime}", expires, ct));
    }

    private IEnumerable<LedgerRow> Rows(RunTime runTime, ExportTask task, LandingPlan plan, IReadOnlyDictionary<string, string> configNames)
    {
        foreach (var skipped in plan.Skipped)
            yield return Row(LedgerEvent.Skipped, runTime, task) with { Table = skipped.Table, Detail = skipped.Reason };
        foreach (var table in plan.Tables)
        {
            var expected = Row(LedgerEvent.Expected, runTime, task) with
            {
                Table = table.Target.Table.ToString(),
                View = table.Target.View,
                LandingTable = Names.LandingTable(table.Target.View, runTime),
                TransferConfig = configNames.GetValueOrDefault(table.Target.View),
                ExpectedRows = table.Rows,
                ExpectedBytes = table.Bytes,
                ExpectedFiles = table.Files,
                Schema = LandingSchema.ToJson(table.Columns),
            };
            yield return expected;
            // Its export has no file for DTS to find: the new, empty landing table is the proof.
            if (table.Rows == 0) yield return expected with { Event = LedgerEvent.Proven, LandedRows = 0, Schema = null, Detail = "empty in the export" };
        }
    }

    private LedgerRow Row(LedgerEvent e, RunTime runTime, ExportTask task) => new(clock.GetUtcNow(), e, runTime, task.Id, task.SnapshotTime);
}
