using RdsBq.Core.Alerts;
using RdsBq.Core.Drift;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using Words = RdsBq.Core.Alerts.Alerts;

namespace RdsBq.Core.Tests.Alerts;

public class AlertsTests
{
    private static readonly RunTime Run = RunTime.At(new DateTimeOffset(2026, 4, 1, 17, 5, 0, TimeSpan.Zero));
    private static readonly Receipt Orders = new("shop.public.orders", "orders", "orders_202604011705", "c", 1234567, 1, null, Verdict.Pending, null, []);

    [Fact]
    public void A_failed_transfer_is_told_with_its_log() => AssertText(
        """
        shop.public.orders: transfer failed
        The transfer run of shop.public.orders failed. The view still shows the last proven run.
        Run: 2026-04-01T17:05Z
        Table: shop.public.orders
        View: orders
        Expected rows: 1,234,567
        Landing table: orders_202604011705
        State: FAILED
        Access Denied
        Summary: failed 1 jobs.
        To mend it: rdsbq load --retry
        """,
        Words.TransferFailed(Run, Orders, "FAILED", ["Access Denied", "Summary: failed 1 jobs."]));

    [Fact]
    public void A_cancelled_transfer_without_a_log_says_so() => AssertText(
        """
        shop.public.orders: transfer was cancelled
        The transfer run of shop.public.orders was cancelled. The view still shows the last proven run.
        Run: 2026-04-01T17:05Z
        Table: shop.public.orders
        View: orders
        Expected rows: 1,234,567
        State: CANCELLED
        To mend it: rdsbq load --retry
        """,
        Words.TransferFailed(Run, Orders with { LandingTable = null }, "CANCELLED", []));

    [Fact]
    public void A_success_that_loaded_too_little_says_how_much() => Assert.Contains(
        "succeeded but loaded 1,234,000 of 1,234,567 rows.", Words.LoadedShort(Run, Orders, 1234000).Summary, StringComparison.Ordinal);

    [Fact]
    public void What_has_changed_at_the_source_is_listed() => AssertText(
        """
        The source has changed: 2 tables
        What run 2026-04-01T17:05Z brings of 2 tables is not what run 2026-03-31T17:05Z brought. Nothing needs mending: the views follow when the run is published.
        Run: 2026-04-01T17:05Z
        Compared with: 2026-03-31T17:05Z
        shop.public.a: empty now, 3 rows before; column x is new (text)
        shop.public.b: new, with 1 rows, published as b
        """,
        Words.SourceChanged(Run, RunTime.At(Run.Instant.AddDays(-1)),
        [
            new TableChange("shop.public.a", [new(ChangeKind.ColumnAdded, "column x is new (text)"), new(ChangeKind.Emptied, "empty now, 3 rows before")]),
            new TableChange("shop.public.b", [new(ChangeKind.Added, "new, with 1 rows, published as b")]),
        ]));

    [Fact]
    public void Of_many_changes_the_worst_twenty_are_named_and_the_others_counted_inside_what_Slack_shows()
    {
        var changes = Enumerable.Range(1, 500).Select(i => new TableChange($"shop.public.t{i:000}", [new(ChangeKind.Dropped, new string('x', 900))]));
        var detail = Words.SourceChanged(Run, Run, [.. changes]).Detail!;
        Assert.Equal(21, detail.Split('\n').Length);
        Assert.Contains("\nshop.public.t020: xxx", detail, StringComparison.Ordinal);
        Assert.EndsWith("\nand 480 more: the ledger has them, as event 'changed' of this run", detail, StringComparison.Ordinal);
        Assert.True(detail.Length < 2990, $"{detail.Length}");
    }

    [Fact]
    public void Tables_that_the_export_left_out_are_listed_with_the_reason() => AssertText(
        """
        The export left out 2 wanted tables
        Export task e-1 is complete, but 2 wanted tables did not come with it. Their views still show the last proven run.
        Run: 2026-04-01T17:05Z
        Export task: e-1
        shop.public.a: PERMISSIONS_DO_NOT_EXIST
        shop.public.b: not in the export
        """,
        Words.TablesSkipped(Run, "e-1", [("shop.public.a", "PERMISSIONS_DO_NOT_EXIST"), ("shop.public.b", "not in the export")]));

    [Theory]
    [InlineData(ExportState.Failed, "The export failed")]
    [InlineData(ExportState.Canceled, "The export was cancelled")]
    public void A_failed_export_is_told_with_RDSs_cause(ExportState state, string title)
    {
        var alert = Words.ExportFailed(Run, new ExportTask("e-1", "arn:x", state, "b", "p", 40, null, null, null, "The KMS key is gone", null, null));
        Assert.Equal((title, "The KMS key is gone", "rdsbq export"), (alert.Title, alert.Detail, alert.Command));
        Assert.Contains(("Progress", "40 %"), alert.Facts);
    }

    private static void AssertText(string expected, Alert alert) => Assert.Equal(expected, SlackText.Plain(alert));
}
