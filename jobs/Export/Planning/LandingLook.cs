using RdsBq.Cloud.Aws;
using RdsBq.Core;
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
        var refused = Refused(plan, configs);
        var stop = plan.Tables.Count == 0 ? $"export {task.Id} holds none of the wanted tables"
            : refused.Count > 0 && refused.Count == plan.Tables.Count(t => t.Files > 0) ? Words(refused.Values.First())
            : null;
        plan = stop is null ? plan.Without(refused) : plan;
        List<ExportedTable> tables =
        [
            .. plan.Tables.Select(t => new ExportedTable(t.Target.Table.ToString(), t.Target.View, t.Files, t.Bytes, null)),
            .. plan.Skipped.Select(s => new ExportedTable(s.Table, "", 0, 0, s.Reason)),
        ];
        return (new SeenExport(runTime, task.Id, tables, stop), [.. plan.Notes, .. Left(history, plan, shown, now)]);
    }

    /// <summary>By view, the configs that <c>load</c> would not use as they are.</summary>
    private Dictionary<string, StopException> Refused(LandingPlan plan, SyncObservation? configs)
    {
        if (configs is null) return [];
        var viewOf = plan.Tables.Where(t => t.Files > 0).ToDictionary(t => ConfigPlan.Of(t.Target, settings.Warehouse, settings.Policy, settings.NotificationTopic), t => t.Target.View);
        var seen = configs with { Wanted = [.. viewOf.Keys], InUse = new HashSet<string>(), KeysChangedAt = null };
        return SyncDecider.Decide(seen, new SyncOptions()).Where(c => c.Plan is not null && TransferConfigs.Refusal(c) is not null)
            .ToDictionary(c => viewOf[c.Plan!], c => TransferConfigs.Refusal(c)!, StringComparer.Ordinal);
    }

    private static string Words(StopException stop) => $"{stop.Message} {stop.Mend}";

    private IEnumerable<string> Left(SourceHistory history, LandingPlan plan, RunTime? shown, DateTimeOffset now) => history.Previous is null
        ? []
        : LeftBehind.Of(history, plan.Seen, shown, settings.DroppedTableGrace, now).Select(l => l.IsOver
            ? $"{l.Known.Table} is gone since run {l.Since}: load withdraws its view {l.Known.View}"
            : $"{l.Known.Table} is gone since run {l.Since}: its view {l.Known.View} is kept until {l.Until:yyyy-MM-dd HH:mm}Z");
}
