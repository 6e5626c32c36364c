using RdsBq.Core.Ledger;

namespace RdsBq.Core.Plans;

/// <summary>Says what the verbs would do. It asks the deciders that they themselves ask, so that it can't say another thing than they do.</summary>
public static class Planner
{
    public static Plan Make(PlanObservation seen, PlanSettings settings)
    {
        var export = ExportPlanner.Make(seen.Export, settings);
        var (load, tables) = LoadPlanner.Make(seen, settings);
        var sync = SyncPlanner.Make(seen);
        IReadOnlyList<string> notes = seen.Notes;
        if (seen.Overdue is { } late)
        {
            load = load with { Changes = true };
            notes = [.. notes, $"run {late.RunTime} is overdue: load tells people so, once"];
        }
        if (seen.Expiring > 0)
        {
            load = load with { Changes = true };
            notes = [.. notes, $"{seen.Expiring} landing tables that views show would expire soon: load gives them more time"];
        }
        List<CostItem> costs = [];
        if (export.Action == "start") costs.AddRange(CostEstimate.OfExport(export.Snapshot?.Gigabytes, export.Snapshot?.Size ?? "", SizeOf(seen.Newest)));
        if (load.Action == "land") costs.AddRange(CostEstimate.OfLoad(SizeOf(seen.Landing!), settings.Retention, settings.CastTypes));
        else if (export.Action == "start") costs.AddRange(CostEstimate.OfLoad(SizeOf(seen.Newest), settings.Retention, settings.CastTypes));
        var prices = Prices.All.Where(p => costs.Exists(c => c.Price == p.Id)).ToList();
        return new Plan(
            seen.Export.Now, export.Changes || load.Changes || sync.Changes, export, load, sync, tables, costs, prices, notes, seen.Problems);
    }

    private static DataSize SizeOf(SeenExport landing)
    {
        var tables = landing.Tables.Where(t => t.Skip is null).ToList();
        return new DataSize(tables.Sum(t => t.Files), tables.Sum(t => t.Bytes), $"the files of {landing.ExportTaskId}");
    }

    private static DataSize SizeOf(RunReceipts? newest) => newest is null
        ? DataSize.Unknown
        : new DataSize(newest.Tables.Sum(t => t.ExpectedFiles), newest.Tables.Sum(t => t.ExpectedBytes), $"as in run {newest.RunTime}");
}
