using System.Globalization;
using CsCheck;
using RdsBq.Core.Alerts;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;
using RdsBq.Core.Tests.Ledger;

namespace RdsBq.Core.Tests.Alerts;

public class RunStoryTests
{
    private static readonly WarehouseSettings Warehouse = new("my-project", "EU", "shop_prd", "shop_prd_landing", PublishAll: true);
    private static readonly RunTime Newer = RunTime.At(Rows.Run.Instant.AddDays(1));
    private static readonly LedgerRow[] Planned = [Rows.Expected("orders", 100), Rows.Expected("items", 50), Rows.Planned(2)];

    public static TheoryData<string, LedgerRow[], Tone?, string> Situations => new()
    {
        { "nothing is heard yet", Planned, null, "" },
        { "one table failed", [.. Planned, Failed("orders")], Tone.Problem, "shop.public.orders: transfer failed" },
        { "one was cancelled", [.. Planned, Failed("orders", "CANCELLED ")], Tone.Problem, "shop.public.orders: transfer was cancelled" },
        { "one is short", [.. Planned, Rows.Heard(LedgerEvent.Short, "orders", 1, landed: 90)], Tone.Problem, "shop.public.orders: 90 of 100 rows" },
        { "both failed", [.. Planned, Failed("orders"), Failed("items")], Tone.Problem, "2 of 2 tables failed" },
        { "a table was left out", [.. Planned, Rows.Skipped("tmp", "COLUMN_WITH_UNSUPPORTED_CHARACTER_IN_NAME")], Tone.Problem, "The export left out 1 wanted table" },
        { "what failed is proven, the rest is under way", [.. Planned, Failed("orders"), Proven("orders")], Tone.Notice, "What had failed is proven; the run goes on" },
        { "what failed is proven and published", [.. Planned, Failed("orders"), Proven("orders"), Proven("items"), Published(70)], Tone.Mended, "Mended: run 2026-04-01T17:05Z is published" },
        { "all went well", [.. Planned, Proven("orders"), Proven("items"), Published(70)], Tone.Success, "Run 2026-04-01T17:05Z is published" },
        { "the source has changed", [.. Planned, Happened(LedgerEvent.Changed, "column note is new") with { Table = "shop.public.orders" }], Tone.Notice, "The source has changed: 1 table" },
        { "values can't be shown", [.. Planned, Uncast("orders")], Tone.Notice, "3 values are NULL in their views" },
        { "the export failed", [Happened(LedgerEvent.ExportFailed, "KMS key check failed. Check the credentials on your KMS key and try again.")], Tone.Problem, "The export failed" },
        { "the landing stops", [Happened(LedgerEvent.Stopped, "Its export is complete, but can't be landed: no manifest.\nWhat to do: look.")], Tone.Problem, "The export can't be landed" },
        { "the landing stopped and went on", [Happened(LedgerEvent.Stopped, "Its export…"), .. Planned], Tone.Notice, "What had failed is proven; the run goes on" },
        { "the export does not begin", [Happened(LedgerEvent.Stuck, "Its export has been starting for 3 h.")], Tone.Problem, "The export does not begin" },
        { "the export began at last", [Happened(LedgerEvent.Stuck, "Its export has been starting for 3 h."), .. Planned, Proven("orders"), Proven("items"), Published(70)], Tone.Mended, "Mended: run 2026-04-01T17:05Z is published" },
        { "overdue", [.. Planned, Happened(LedgerEvent.Overdue, "It is not published 12 h after…")], Tone.Problem, "Run 2026-04-01T17:05Z is overdue" },
        { "overdue because of a table", [.. Planned, Failed("orders"), Happened(LedgerEvent.Overdue, "…")], Tone.Problem, "shop.public.orders: transfer failed" },
        { "nothing new since this run", [.. Planned, Proven("orders"), Proven("items"), Published(70), Happened(LedgerEvent.Stale, "The newest data…", 1700)], Tone.Problem, "Nothing new is published" },
        { "stale until it was published", [.. Planned, Happened(LedgerEvent.Stale, "The newest data…"), Proven("orders"), Proven("items"), Published(70)], Tone.Mended, "Mended: run 2026-04-01T17:05Z is published" },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public void A_run_is_told_by_what_is_worst_about_it(string situation, LedgerRow[] rows, Tone? tone, string title)
    {
        var story = Tell(rows);
        Assert.Equal((situation, tone, tone is null ? null : $"[shop_prd] {title}"), (situation, story?.Tone, story?.Title));
    }

    [Fact]
    public void A_newer_run_that_is_published_makes_up_for_everything()
    {
        LedgerRow[] bad = [.. Planned, Failed("orders"), Rows.Skipped("tmp", "PERMISSIONS_DO_NOT_EXIST"), Happened(LedgerEvent.Overdue, "…"), Happened(LedgerEvent.Stale, "…")];
        var story = Tell(bad, Newer)!;
        Assert.Equal((Tone.Mended, "[shop_prd] Mended: run 2026-04-02T17:05Z made up for it"), (story.Tone, story.Title));
        Assert.Empty(story.Advice);
    }

    [Fact]
    public void A_mended_run_says_how_long_it_took()
    {
        var story = Tell([.. Planned, Failed("orders"), Proven("orders"), Proven("items"), Published(75)])!;
        Assert.Equal("All that had failed is proven, and the views show this run: 2 tables, 150 rows. It took 1 h 14 min to mend.", story.Summary);
        Assert.Equal(["shop.public.orders: proven now"], story.Lines);
    }

    [Fact]
    public void Five_hundred_tables_are_twenty_by_name_and_the_count_of_the_others_the_largest_first()
    {
        var tables = Enumerable.Range(0, 500).Select(i => $"t{i:d3}").ToList();
        LedgerRow[] rows =
        [
            .. tables.Select((t, i) => Rows.Expected(t, 1000 + i)), Rows.Planned(500),
            .. tables.Select(t => Failed(t, "PERMISSION_DENIED The AWS Access Key Id you provided does not exist in our records.")),
        ];
        var story = Tell(rows)!;
        Assert.Equal("[shop_prd] 500 of 500 tables failed", story.Title);
        Assert.Equal(21, story.Lines.Count);
        Assert.Equal("shop.public.t499: failed", story.Lines[0]);
        Assert.Equal("and 480 more: the ledger has them all", story.Lines[^1]);
        // One cause, one mend, one detail.
        Assert.Equal(["rdsbq sync --rotate", "rdsbq load --retry"], story.Advice.Select(a => a.Command));
        Assert.Equal("The log of shop.public.t000", Assert.Single(story.Details).Title);
    }

    [Fact]
    public void A_cause_that_nobody_knows_is_shown_as_it_is_and_its_log_goes_to_the_thread()
    {
        var story = Tell([.. Planned, Failed("orders", "INVALID_ARGUMENT Too wide for this table\nJob bqts_1 failed\nSummary: succeeded 0 jobs, failed 1 jobs.")])!;
        Assert.Equal("shop.public.orders: failed: INVALID_ARGUMENT Too wide for this table", story.Lines[0]);
        Assert.Contains("Job bqts_1 failed", Assert.Single(story.Details).Text, StringComparison.Ordinal);
        Assert.Contains(new Link("Transfer runs", "https://console.cloud.google.com/bigquery/transfers/locations/eu/configs/c/runs?project=my-project"), story.Links);
    }

    [Fact]
    public void A_detail_keeps_its_key_when_more_tables_fail_for_the_same_cause()
    {
        var one = Tell([.. Planned, Failed("orders", "INTERNAL boom")])!;
        var two = Tell([.. Planned, Failed("orders", "INTERNAL boom"), Failed("items", "INTERNAL boom", 5)])!;
        Assert.Equal(one.Details.Select(d => d.Key), two.Details.Select(d => d.Key));
    }

    /// <summary>Whoever tells it says the same: no matter in which order rows are read, and how often each was written.</summary>
    [Fact]
    public void The_same_rows_are_the_same_story_in_any_order_and_however_often_each_is_there() =>
        Gen.Select(Gen.Int[0, Situations.Count - 1], Gen.Shuffle(new[] { 0, 1, 2, 3, 4, 5, 6, 7 }), Gen.Int[1, 3].Array[8]).Sample((which, order, times) =>
        {
            var rows = (LedgerRow[])Situations.ElementAt(which)[1];
            var other = order.Where(i => i < rows.Length).SelectMany(i => Enumerable.Repeat(rows[i], times[i])).ToArray();
            Assert.Equal(Plain(Tell(rows)), Plain(Tell(other)));
        });

    private static string? Plain(Story? story) => story is null ? null : SlackText.Plain(story) + string.Join('\n', story.Details);

    private static Story? Tell(LedgerRow[] rows, RunTime? newer = null) => RunStory.Of(RunReceipts.From(Rows.Run, rows), rows, Warehouse, newer);

    private static LedgerRow Failed(string table, string detail = "INVALID_ARGUMENT Too wide", int minute = 1) => Rows.Heard(LedgerEvent.Failed, table, minute, detail: detail);

    private static LedgerRow Proven(string table) => Rows.Heard(LedgerEvent.Proven, table, 60, "r2", landed: 1);

    private static LedgerRow Published(int minute) => Rows.Published() with { RecordedAt = Rows.Now.AddMinutes(minute) };

    private static LedgerRow Uncast(string table) =>
        Rows.Heard(LedgerEvent.Uncast, table, 2, detail: "SELECT 1") with { Uncast = """{"due":2,"born":1}""" };

    private static LedgerRow Happened(LedgerEvent happened, string detail, int minute = 2) =>
        new(Rows.Now.AddMinutes(minute), happened, Rows.Run, Rows.Id, Detail: detail);
}
