using RdsBq.Cloud.Aws;
using RdsBq.Core.Drift;
using RdsBq.Core.Exports;
using RdsBq.Core.Plans;
using RdsBq.Core.Runs;
using RdsBq.Core.Transfers;
using RdsBq.Export.Loading;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Planning;

/// <summary>
/// What a landing would find, by the export's sidecars and one listing: no footer is read, and so no row is counted. A table that only its footers show to
/// be unloadable is not known as such yet.
/// </summary>
internal sealed class LandingLook(ExportFiles files, SourceWatch watch, JobSettings settings)
{
    /// <param name="configs">All transfer configs; null where they can't be seen.</param>
    /// <param name="shown">The run that the views point at now; null before the first.</param>
    public async Task<(SeenExport Export, IReadOnlyList<string> Notes)> LookAsync(
        RunTime runTime, ExportTask task, SyncObservation? configs, RunTime? shown, DateTimeOffset now, CancellationToken token)
    {
        var contents = await ExportContents.ListAsync(files, new ExportLayout(settings.Place, task.Id), token);
        var history = await watch.HistoryAsync(runTime, token);
        var plan = LandingPlan.Make(contents, settings.Targets, task.Warning, history, task.Only);
        List<ExportedTable> tables =
        [
            .. plan.Tables.Select(t => new ExportedTable(t.Target.Table.ToString(), t.Target.View, t.Files, t.Bytes, null)),
            .. plan.Skipped.Select(s => new ExportedTable(s.Table, "", 0, 0, s.Reason)),
        ];
        var refusal = plan.Tables.Count == 0 ? $"export {task.Id} holds none of the wanted tables" : Refusal(plan, configs);
        return (new SeenExport(runTime, task.Id, tables, refusal), [.. plan.Notes, .. Left(history, plan, shown, now)]);
    }

    /// <summary>A config that <c>load</c> would not use as it is.</summary>
    private string? Refusal(LandingPlan plan, SyncObservation? configs)
    {
        if (configs is null) return null;
        var wanted = plan.Tables.Where(t => t.Files > 0).Select(t => ConfigPlan.Of(t.Target, settings.Warehouse, settings.Policy, settings.NotificationTopic)).ToList();
        var seen = configs with { Wanted = wanted, InUse = new HashSet<string>(), KeysChangedAt = null };
        return SyncDecider.Decide(seen, new SyncOptions()).Where(c => c.Plan is not null).Select(TransferConfigs.Refusal).FirstOrDefault(r => r is not null) is { } stop
            ? $"{stop.Message} {stop.Mend}"
            : null;
    }

    private IEnumerable<string> Left(SourceHistory history, LandingPlan plan, RunTime? shown, DateTimeOffset now) => history.Previous is null
        ? []
        : LeftBehind.Of(history, plan.Seen, shown, settings.DroppedTableGrace, now).Select(l => l.IsOver
            ? $"{l.Known.Table} is gone since run {l.Since}: load withdraws its view {l.Known.View}"
            : $"{l.Known.Table} is gone since run {l.Since}: its view {l.Known.View} is kept until {l.Until:yyyy-MM-dd HH:mm}Z");
}
