using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;

namespace RdsBq.Core.Plans;

/// <summary>What <c>load</c> does to the run that it would land, to those under way, or, when there is none of either, to the newest.</summary>
internal static class LoadPlanner
{
    public static (PlannedLoad Load, IReadOnlyList<PlannedTable> Tables) Make(PlanObservation seen, PlanSettings settings)
    {
        var when = settings.PublishAll ? "when every table of the run is proven" : "each when its table is proven";
        if (seen.Landing is { } landing) return OfLanding(seen, landing, when, settings);
        if (seen.UnderWay is [var newest, ..]) return OfRunsUnderWay(seen, newest, when, settings);
        IReadOnlyList<PlannedTable> tables = seen.Newest is { } shown ? [.. shown.Tables.Select(t => Row(shown, t, "nothing", "proven", "keep"))] : [];
        var decided = seen.Load switch
        {
            LoadDecision.Wait wait => new PlannedLoad("wait", false, false, wait.Reason, null, null),
            LoadDecision.Nothing nothing => new PlannedLoad("nothing", false, false, nothing.Reason, null, null),
            _ => throw new InvalidOperationException($"{seen.Load} without what it lands"),
        };
        return (decided, tables);
    }

    private static (PlannedLoad, IReadOnlyList<PlannedTable>) OfLanding(PlanObservation seen, SeenExport landing, string when, PlanSettings settings)
    {
        var run = landing.RunTime.ToString();
        var tables = landing.Tables.Select(t => new PlannedTable(
            run, t.Table, t.Skip is null && t.Files == 0 ? 0 : null, t.Skip is null ? t.Files : null, t.Skip is null ? t.Bytes : null,
            t.Skip is not null ? "skip" : t.Files == 0 ? "land empty" : "land", t.Skip ?? "", t.View, t.Skip is not null ? "keep" : ViewAction(seen, t.View)));
        var fit = landing.Tables.Count(t => t.Skip is null);
        var load = landing.Refusal is { } refusal
            ? new PlannedLoad("refuse", false, false, refusal, run, landing.ExportTaskId)
            : new PlannedLoad("land", true, false, $"{fit} table{(fit == 1 ? "" : "s")}; views change {when}", run, landing.ExportTaskId);
        return (load, [.. tables, .. seen.UnderWay.SelectMany(r => Rows(seen, r, settings))]);
    }

    private static (PlannedLoad, IReadOnlyList<PlannedTable>) OfRunsUnderWay(PlanObservation seen, SeenRun newest, string when, PlanSettings settings)
    {
        var changes = seen.UnderWay.Any(r => r.Run.AllProven || r.Steps.Values.Any(Acts));
        var wanted = newest.Run.Tables.Count(t => t.Verdict != Verdict.Skipped);
        var proven = newest.Run.Tables.Count(t => t.Verdict == Verdict.Proven);
        var publishes = newest.Run.AllProven;
        var reason = $"{proven} of {wanted} tables are proven; views change {(publishes ? "now" : when)}";
        var load = new PlannedLoad("continue", changes, publishes, reason, newest.Run.RunTime.ToString(), newest.Run.ExportTaskId);
        return (load, [.. seen.UnderWay.SelectMany(r => Rows(seen, r, settings))]);
    }

    private static IEnumerable<PlannedTable> Rows(PlanObservation seen, SeenRun run, PlanSettings settings) => run.Run.Tables.Select(table =>
    {
        var (action, detail) = table.Verdict switch
        {
            Verdict.Skipped => ("skip", table.Detail ?? ""),
            Verdict.Proven => ("nothing", "proven"),
            _ when run.Steps.TryGetValue(table.Table, out var step) => Words(step),
            _ => ("wait", ""),
        };
        // With PUBLISH=each the view of a proven table points at it already.
        var stays = table.Verdict == Verdict.Skipped || (table.Verdict == Verdict.Proven && !settings.PublishAll);
        return Row(run.Run, table, action, detail, stays ? "keep" : ViewAction(seen, table.View));
    });

    private static (string Action, string Detail) Words(SeenStep seen) => seen.Step switch
    {
        TableStep.Start start => ("start", start.Why),
        TableStep.WaitForRun wait => ("wait", $"its transfer run is {wait.Run.State.ToString().ToLowerInvariant()}"),
        TableStep.Judge judge when seen.FunctionsTurn => ("wait", $"its transfer run {judge.Run.State.ToString().ToLowerInvariant()}; the function judges it"),
        TableStep.Judge judge => ("judge", $"its transfer run {judge.Run.State.ToString().ToLowerInvariant()}, and nobody has judged it"),
        TableStep.GaveUp gaveUp => ("stuck", $"{gaveUp.Why}; mend it, then rdsbq load --retry"),
        _ => ("wait", "until a failed transfer run is tried again"),
    };

    private static bool Acts(SeenStep seen) => seen.Step is TableStep.Start || (seen.Step is TableStep.Judge && !seen.FunctionsTurn);

    private static PlannedTable Row(RunReceipts run, Receipt table, string action, string detail, string viewAction) => new(
        run.RunTime.ToString(), table.Table, table.Verdict == Verdict.Skipped ? null : table.ExpectedRows, table.Verdict == Verdict.Skipped ? null : table.ExpectedFiles,
        table.Verdict == Verdict.Skipped ? null : table.ExpectedBytes, action, detail, table.View, viewAction);

    private static string ViewAction(PlanObservation seen, string view) => seen.Views.Contains(view) ? "repoint" : "create";
}
