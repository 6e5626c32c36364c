using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Reports;
using static RdsBq.Core.Tests.Reports.Worlds;

namespace RdsBq.Core.Tests.Reports;

public sealed class StatusMakerTests
{
    [Fact]
    public void Before_the_first_export_there_is_nothing_and_that_is_no_problem()
    {
        var report = Report(Day, [], []);
        Assert.Equal((null, null, null, 0, 0), (report.Export, report.UnderWay, report.Shown, report.Tables.Count, report.Problems.Count));
        Assert.Equal(["there is no ledger yet: nothing has been loaded"], report.Warnings);
        Assert.Equal("nothing is published yet", StatusLines.Shown(report));
    }

    [Fact]
    public void An_export_under_way_is_expected_to_end_when_past_ones_did()
    {
        var exports = new[] { Export(4, ExportState.InProgress, 40), Export(3, minutes: 30), Export(2, minutes: 20), Export(1, minutes: 70), };
        var report = Report(Run(4).Instant.AddMinutes(15), exports, []);
        Assert.Equal(Run(4).Instant.AddMinutes(30), report.Export!.ExpectedEnd);
        Assert.Equal("e-20260404-0300, snapshot 2026-04-04 02:00: in progress, 40 %, ends about 2026-04-04 03:30", StatusLines.Export(report));
        var late = Report(Run(4).Instant.AddMinutes(31), exports, []);
        Assert.EndsWith("ends later than usual (2026-04-04 03:30)", StatusLines.Export(late), StringComparison.Ordinal);
        Assert.Null(Report(Day, [Export(1, ExportState.Starting, 0)], []).Export!.ExpectedEnd);
    }

    [Fact]
    public void A_failed_export_is_a_problem_with_its_cause()
    {
        var report = Report(Day.AddHours(1), [Export(1, ExportState.Failed, cause: "the key is disabled")], []);
        Assert.Equal(["export task e-20260401-0300 ended failed: the key is disabled"], report.Problems);
    }

    [Fact]
    public void A_run_under_way_is_counted_beside_what_readers_see()
    {
        var rows = Rows(1, true, ("a", Verdict.Proven), ("b", Verdict.Proven)).Concat(Rows(2, false, ("a", Verdict.Proven), ("b", Verdict.Pending)));
        var report = Report(
            Run(2).Instant.AddMinutes(41), [Export(2), Export(1)], [Figures(2, false, tables: 2) with { Proven = 1 }, Figures(1, true, tables: 2)], rows);
        Assert.Equal("2026-04-02T03:00Z: 1 of 2 tables proven, 1 under way, 0 failed; published about 2026-04-02 03:45", StatusLines.Run(report));
        Assert.Equal("2026-04-01T03:00Z, since 2026-04-01 03:45; its snapshot is 25 h 41 min old", StatusLines.Shown(report));
        Assert.Equal(["b UnderWay", "a Proven"], report.Tables.Select(t => $"{t.Table[12..]} {t.State}"));
        Assert.All(report.Tables, t => Assert.Equal((Run(1), false), (t.Shown!.Value, t.IsBad)));
        Assert.Empty(report.Problems);
    }

    [Fact]
    public void The_worst_tables_come_first_and_each_is_a_problem_with_its_reason()
    {
        var rows = Rows(
            1, false, ("a", Verdict.Proven), ("b", Verdict.Pending), ("c", Verdict.Skipped), ("d", Verdict.Short), ("e", Verdict.Failed)).ToList();
        rows.Add(rows.First(r => r.Event == LedgerEvent.Proven) with { Event = LedgerEvent.Changed, Detail = "column added: x" });
        var report = Report(Day.AddHours(1), [Export(1)], [Figures(1, false, 4, failed: 2, skipped: 1)], rows);
        Assert.Equal(["e", "d", "c", "b", "a"], report.Tables.Select(t => t.Table[12..]));
        Assert.Equal(
            [
                "shop.public.e: failed: PERMISSION_DENIED no access", "shop.public.d: short, 999 of 1,000 rows",
                "shop.public.c: skipped: not in the export",
            ],
            report.Problems);
        Assert.Equal("column added: x", report.Tables[^1].Change);
    }

    [Fact]
    public void What_is_older_than_the_freshness_is_stale_table_by_table()
    {
        var rows = Rows(1, true, ("a", Verdict.Proven)).ToList();
        Assert.False(Report(Run(1).Instant.AddHours(25), [Export(1)], [Figures(1, true)], rows).Shown!.Stale);
        var stale = Report(Run(1).Instant.AddHours(25).AddMinutes(1), [Export(1)], [Figures(1, true)], rows);
        Assert.Equal((true, true), (stale.Shown!.Stale, stale.Tables[0].Stale));
        Assert.Equal(["what is published is stale: its snapshot is 26 h 1 min old, and FRESHNESS is 26 h"], stale.Problems);
    }

    [Fact]
    public void Exports_without_a_publication_are_stale_as_well()
    {
        Assert.Empty(Report(Day.AddHours(26), [Export(1)], []).Problems);
        Assert.Contains("nothing has ever been published", Assert.Single(Report(Day.AddHours(27), [Export(1)], []).Problems), StringComparison.Ordinal);
        Assert.Empty(Report(Day.AddHours(27), [Export(1)], null).Problems);
    }

    [Fact]
    public void A_table_that_the_newest_run_has_no_more_is_gone_not_failed()
    {
        var rows = Rows(1, true, ("a", Verdict.Proven), ("old", Verdict.Proven)).Concat(Rows(2, false, ("a", Verdict.Pending))).ToList();
        rows.Add(new LedgerRow(Day, LedgerEvent.Changed, Run(2), Id(2), Table: "shop.public.old", Detail: "table dropped"));
        var report = Report(Run(2).Instant.AddMinutes(30), [Export(2), Export(1)], [Figures(2, false), Figures(1, true)], rows);
        var gone = Assert.Single(report.Tables, t => t.State == TableState.Gone);
        Assert.Equal(("shop.public.old", Run(1), "table dropped", false), (gone.Table, gone.Shown, gone.Change, gone.IsBad));
    }

    [Fact]
    public void A_run_that_is_still_being_landed_says_nothing_of_its_tables_and_hides_nothing_of_those_before()
    {
        var landing = Figures(2, false) with { Run = Figures(2, false).Run with { Planned = false } };
        var report = Report(Run(2).Instant.AddMinutes(24), [Export(2), Export(1)], [landing, Figures(1, true)], Rows(1, true, ("a", Verdict.Proven)));
        Assert.Null(report.UnderWay);
        Assert.Equal(TableState.Proven, Assert.Single(report.Tables).State);
        Assert.Equal(2, report.Runs.Count);
    }

    [Fact]
    public void A_rollback_is_said_with_the_way_back()
    {
        RunFigures[] runs = [Figures(2, true), Chosen(Figures(1, true), Run(2).Instant.AddHours(3))];
        var report = Report(Run(2).Instant.AddHours(4), [Export(2), Export(1)], runs, Rows(2, true, ("a", Verdict.Proven)).Concat(Rows(1, true, ("a", Verdict.Proven))));
        Assert.Equal((Run(1), Run(2)), (report.Shown!.RunTime, report.Shown.InsteadOf));
        Assert.Contains("rdsbq publish --run 2026-04-02T03:00Z", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Equal([(Run(2), false), (Run(1), true)], report.Runs.Select(r => (r.RunTime, r.Shown)));
    }

    [Fact]
    public void Values_that_did_not_cast_are_a_warning_not_a_problem()
    {
        var rows = Rows(1, true, ("a", Verdict.Proven)).Select(r => r.Event == LedgerEvent.Proven ? r with { Uncast = """{"born":3,"paid_at":1}""" } : r);
        var report = Report(Day.AddHours(1), [Export(1)], [Figures(1, true)], rows, bucket: "no rule");
        Assert.Equal(["4 values in 1 table could not be cast and read as NULL", "no rule"], report.Warnings);
        Assert.Equal("born 3, paid_at 1", StatusLines.Cells(report.Tables[0])[8]);
        Assert.Empty(report.Problems);
    }
}
