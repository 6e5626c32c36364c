using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Plans;
using RdsBq.Core.Runs;
using RdsBq.Core.Tables;
using RdsBq.Core.Tests.Exports;
using RdsBq.Core.Transfers;

namespace RdsBq.Core.Tests.Plans;

/// <summary>What the whole plan says, from what was seen; the deciders behind it have tests of their own.</summary>
public class PlannerTests
{
    private static readonly RunTime Run = RunTime.At(Make.Now.AddHours(-1));
    private static readonly PlanSettings Settings = new(Make.Policy(), TargetList.Everything("shop"), PublishAll: true, CastTypes: true, TimeSpan.FromDays(7));
    private static readonly Snapshot Small = new("s", Make.Arn("s"), Make.Now.AddHours(-2), "available", "automated", "postgres", 20);

    private static readonly PlanObservation Idle = new(
        new ExportObservation([Small], [Make.Task("e-20260401-1605", "s", ExportState.Complete)], Make.Now, false), new LoadDecision.Nothing("no newer export is complete"),
        null, [], null, 0, null, new HashSet<string>(), [], "", [], []);

    [Fact]
    public void Where_nothing_is_left_to_do_nothing_changes_and_nothing_costs()
    {
        var plan = Planner.Make(Idle, Settings);
        Assert.Equal((false, "nothing", "nothing", false), (plan.Changes, plan.Export.Action, plan.Load.Action, plan.Sync.Changes));
        Assert.Equal((0, 0), (plan.Costs.Count, plan.Prices.Count));
    }

    [Fact]
    public void An_instance_has_a_size_that_bounds_the_price_and_Aurora_has_none()
    {
        var instance = Planner.Make(Idle with { Export = Idle.Export with { Tasks = [] } }, Settings);
        Assert.Equal((true, "start", 20m, 0.2m), (instance.Changes, instance.Export.Action, instance.Export.Snapshot!.Gigabytes, instance.Costs[0].Dollars));
        var aurora = Planner.Make(Idle with { Export = Idle.Export with { Tasks = [], Snapshots = [Small with { Engine = "aurora-postgresql" }] } }, Settings);
        Assert.Equal((null, (decimal?)null), (aurora.Export.Snapshot!.Gigabytes, aurora.Costs[0].Dollars));
    }

    [Fact]
    public void An_export_says_what_it_is_limited_to_and_why()
    {
        Assert.True(TargetList.TryParse("t.txt", "shop.public.orders", ["shop"], out var targets, out _));
        var export = Planner.Make(Idle with { Export = Idle.Export with { Tasks = [] } }, Settings with { Targets = targets }).Export;
        Assert.Equal(["shop.public.orders"], export.Only);
        Assert.NotEmpty(export.OnlyReason);
    }

    [Theory]
    [InlineData(true, "land", true)]
    [InlineData(false, "refuse", false)]
    public void A_landing_tells_each_tables_way(bool fits, string action, bool changes)
    {
        var landing = new SeenExport(
            Run, "e-1", [new("shop.public.a", "a", 3, 100, null), new("shop.public.b", "b", 0, 0, null), new("shop.public.c", "", 0, 0, "ROW_TOO_LARGE")], fits ? null : "disabled");
        var plan = Planner.Make(Idle with { Landing = landing, Load = new LoadDecision.Land(Run, Idle.Export.Tasks[0]), Views = new HashSet<string> { "a" } }, Settings);
        Assert.Equal((action, changes), (plan.Load.Action, plan.Load.Changes));
        Assert.Equal(
            ["shop.public.a land repoint", "shop.public.b land empty create", "shop.public.c skip keep"], plan.Tables.Select(t => $"{t.Table} {t.Action} {t.ViewAction}"));
        Assert.Equal([null, 0L, null], plan.Tables.Select(t => t.Rows));
    }

    [Theory]
    [InlineData(true, "continue", false, "a nothing repoint, b stuck create")]
    [InlineData(false, "continue", false, "a nothing keep, b stuck create")]
    public void A_run_that_is_stuck_changes_nothing_by_itself(bool publishAll, string action, bool changes, string tables)
    {
        var seen = Idle with { UnderWay = [Under(new TableStep.GaveUp("the transfer run failed"), false)], Views = new HashSet<string> { "a" } };
        var plan = Planner.Make(seen, Settings with { PublishAll = publishAll });
        Assert.Equal((action, changes), (plan.Load.Action, plan.Load.Changes));
        Assert.Equal(tables, string.Join(", ", plan.Tables.Select(t => $"{t.View} {t.Action} {t.ViewAction}")));
    }

    [Fact]
    public void The_function_has_its_turn_before_load_judges()
    {
        var ended = new TableStep.Judge(new TransferRunInfo("r", Run, TransferState.Succeeded, Make.Now, "", null));
        Assert.False(Planner.Make(Idle with { UnderWay = [Under(ended, true)] }, Settings).Changes);
        Assert.True(Planner.Make(Idle with { UnderWay = [Under(ended, false)] }, Settings).Changes);
    }

    [Fact]
    public void What_load_would_tell_or_keep_is_a_change_and_a_note()
    {
        var late = Planner.Make(Idle with { Overdue = new OverdueRun(Run, null, true) }, Settings);
        var expiring = Planner.Make(Idle with { Expiring = 3 }, Settings);
        Assert.Equal((true, true), (late.Changes, expiring.Changes));
        Assert.Contains("overdue", Assert.Single(late.Notes), StringComparison.Ordinal);
        Assert.StartsWith("3 landing tables", Assert.Single(expiring.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Configs_that_only_want_to_be_told_are_told_and_change_nothing()
    {
        var told = Planner.Make(Idle with { Sync = [new SyncChange(SyncAction.Keep, "k", "", ""), new SyncChange(SyncAction.Unwanted, "u", "", "nobody")] }, Settings);
        Assert.Equal((false, "u unwanted"), (told.Changes, string.Join(", ", told.Sync.Configs.Select(c => $"{c.Config} {c.Action}"))));
        Assert.True(Planner.Make(Idle with { Sync = [new SyncChange(SyncAction.Create, "c", "", "")] }, Settings).Changes);
        Assert.Equal("run export first", Planner.Make(Idle with { Sync = null, SyncStop = "run export first" }, Settings).Sync.Reason);
    }

    private static SeenRun Under(TableStep step, bool functionsTurn)
    {
        var run = new RunReceipts(Run, "e-1", null, true, false, [Receipt("a", Verdict.Proven), Receipt("b", Verdict.Failed)]);
        return new SeenRun(run, new Dictionary<string, SeenStep> { ["shop.public.b"] = new(step, functionsTurn) });
    }

    private static Receipt Receipt(string view, Verdict verdict) => new($"shop.public.{view}", view, $"{view}_{Run.Stamp}", "c", 10, 100, null, verdict, null, []);
}
