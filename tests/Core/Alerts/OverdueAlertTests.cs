using RdsBq.Core.Alerts;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Tests.Alerts;

public class OverdueAlertTests
{
    private static readonly RunTime Run = RunTime.At(new DateTimeOffset(2026, 4, 1, 3, 0, 0, TimeSpan.Zero));
    private static readonly TimeSpan Deadline = TimeSpan.FromHours(12);
    private static readonly ExportTask Complete = new("e-1", "arn:x", ExportState.Complete, "b", "p", 100, null, null, null, null, null, null);

    [Fact]
    public void Tables_that_are_not_proven_are_named_with_what_is_wrong() => AssertText(
        """
        Run 2026-04-01T03:00Z is overdue
        1 of 4 tables are proven. Every view still shows the last published run.
        Run: 2026-04-01T03:00Z
        Deadline: 2026-04-01 15:00Z
        Export task: e-1
        shop.public.b: 90 of 100 rows
        shop.public.c: failed: Access Denied
        shop.public.d: its transfer run has not ended
        To mend it: rdsbq load --retry
        """,
        Of(Complete, [Receipt("a", Verdict.Proven), Receipt("b", Verdict.Short), Receipt("c", Verdict.Failed), Receipt("d", Verdict.Pending), Receipt("e", Verdict.Skipped)]));

    [Fact]
    public void A_landing_that_always_fails_says_why() => AssertText(
        """
        Run 2026-04-01T03:00Z is overdue
        Its export is complete, but not landed. Every view still shows the last published run.
        Run: 2026-04-01T03:00Z
        Deadline: 2026-04-01 15:00Z
        Export task: e-1
        The export's file x is damaged.
        To mend it: rdsbq load
        """,
        OverdueAlert.Of(new OverdueRun(Run, Complete, false), null, Deadline, "The export's file x is damaged."));

    [Theory]
    [InlineData(ExportState.InProgress, "Its export is still in progress (40 %).", "aws rds describe-export-tasks --export-task-identifier e-1")]
    [InlineData(ExportState.Starting, "Its export is still starting (40 %).", "aws rds describe-export-tasks --export-task-identifier e-1")]
    [InlineData(ExportState.Failed, "Its export failed.", "rdsbq export")]
    [InlineData(ExportState.Canceled, "Its export was cancelled.", "rdsbq export")]
    public void An_export_that_does_not_come_to_an_end_is_what_is_missing(ExportState state, string missing, string command)
    {
        var alert = OverdueAlert.Of(new OverdueRun(Run, Complete with { State = state, PercentProgress = 40, FailureCause = "The key is gone" }, false), null, Deadline, null);
        Assert.StartsWith(missing, alert.Summary, StringComparison.Ordinal);
        Assert.Equal((command, state == ExportState.Failed || state == ExportState.Canceled ? "The key is gone" : null), (alert.Command, alert.Detail));
    }

    [Fact]
    public void A_run_that_only_lacks_its_views_says_so() =>
        Assert.StartsWith("All its tables are proven, but the views do not show them.", Of(Complete, [Receipt("a", Verdict.Proven)]).Summary, StringComparison.Ordinal);

    [Fact]
    public void More_than_twenty_tables_are_counted()
    {
        var alert = Of(Complete, [.. Enumerable.Range(1, 25).Select(i => Receipt($"t{i:d2}", Verdict.Failed))]);
        Assert.Equal(21, alert.Detail!.Split('\n').Length);
        Assert.EndsWith("and 5 more", alert.Detail, StringComparison.Ordinal);
    }

    private static Alert Of(ExportTask task, IReadOnlyList<Receipt> tables) =>
        OverdueAlert.Of(new OverdueRun(Run, task, true), new RunReceipts(Run, "e-1", null, true, false, tables), Deadline, null);

    private static Receipt Receipt(string view, Verdict verdict) => new(
        $"shop.public.{view}", view, $"{view}_{Run.Stamp}", "c", 100, 1, verdict == Verdict.Short ? 90 : null, verdict, verdict == Verdict.Failed ? "Access Denied" : null, []);

    private static void AssertText(string expected, Alert alert) => Assert.Equal(expected, SlackText.Plain(alert));
}
