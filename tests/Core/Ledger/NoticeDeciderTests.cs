using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Tests.Exports;

namespace RdsBq.Core.Tests.Ledger;

/// <summary>What people should hear of although nothing happened: now is 17:05 on 1 April, FRESHNESS 26 hours, snapshots an hour before their run.</summary>
public class NoticeDeciderTests
{
    private static readonly TimeSpan Freshness = TimeSpan.FromHours(26);

    public static TheoryData<string, ExportTask[], RunSummary[], string> Situations => new()
    {
        { "nothing has run", [], [], "" },
        { "all is well", [Task(At(1, 3))], [Published(At(1, 3))], "" },
        { "an export failed", [Task(At(1, 3), ExportState.Failed)], [Published(At(0, 17))], "ExportFailed 2026-04-01T03:00Z" },
        { "an export was cancelled", [Task(At(1, 3), ExportState.Canceled)], [Published(At(0, 17))], "ExportFailed 2026-04-01T03:00Z" },
        { "an export failed, and is told", [Task(At(1, 3), ExportState.Failed)], [Told(At(1, 3), LedgerEvent.ExportFailed), Published(At(0, 17))], "" },
        { "an export failed, the next is under way", [Task(At(1, 2), ExportState.Failed), Task(At(1, 17), ExportState.InProgress)], [Published(At(0, 17))], "" },
        { "an export failed before what is published", [Task(At(1, 2), ExportState.Failed)], [Published(At(1, 3))], "" },
        { "an export failed a month ago", [Task(At(-40, 3), ExportState.Failed)], [], "" },
        { "another's export failed", [Task(At(1, 3), ExportState.Failed) with { Bucket = "theirs" }], [Published(At(0, 17))], "" },
        { "starting for 65 minutes, an unknown database", [Task(At(1, 16), ExportState.Starting)], [Published(At(0, 17))], "" },
        { "starting for 2 hours and 5 minutes", [Task(At(1, 15), ExportState.Starting)], [Published(At(0, 17))], "Stuck 2026-04-01T15:00Z" },
        { "starting for 65 minutes, where 15 are usual", [Task(At(1, 16), ExportState.Starting), Started(At(0, 17), 15)], [Published(At(0, 17))], "Stuck 2026-04-01T16:00Z" },
        { "starting for 65 minutes, where 30 are usual", [Task(At(1, 16), ExportState.Starting), Started(At(0, 17), 30)], [Published(At(0, 17))], "" },
        { "in progress for 14 hours", [Task(At(1, 3), ExportState.InProgress)], [Published(At(0, 17))], "" },
        { "nothing new for 27 hours, and nothing on its way", [Task(At(0, 15))], [Published(At(0, 15))], "Stale 2026-03-31T15:00Z" },
        { "that is told", [Task(At(0, 15))], [Published(At(0, 15), LedgerEvent.Stale)], "" },
        { "that is told, and a run is landing since", [Task(At(1, 3))], [Run(At(1, 3)), Published(At(0, 15), LedgerEvent.Stale)], "" },
        { "nothing new for 27 hours, a run is landing", [Task(At(1, 3))], [Run(At(1, 3)), Published(At(0, 15))], "Stale 2026-04-01T03:00Z" },
        { "nothing new for 27 hours, and the export failed", [Task(At(1, 3), ExportState.Failed)], [Published(At(0, 15))], "ExportFailed 2026-04-01T03:00Z, Stale 2026-04-01T03:00Z" },
        { "25 hours are fresh", [Task(At(0, 17))], [Published(At(0, 17))], "" },
        { "nothing was ever published", [Task(At(-3, 3))], [Run(At(-3, 3))], "" },
        { "a rollback is a person's wish", [Task(At(1, 3))], [Published(At(1, 3)), Published(At(-2, 3)) with { RepointedAt = At(1, 5).Instant, ShownAt = At(1, 5).Instant }], "" },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public void What_did_not_happen_is_noticed_once(string situation, ExportTask[] tasks, RunSummary[] runs, string expected)
    {
        var found = NoticeDecider.Decide(tasks, runs, Make.Now, Make.Policy(), Freshness);
        Assert.Equal((situation, expected), (situation, string.Join(", ", found.Select(n => $"{n.Event} {n.RunTime}"))));
    }

    [Fact]
    public void The_words_say_how_long_and_what_is_usual()
    {
        var stuck = Assert.Single(NoticeDecider.Decide([Task(At(1, 16), ExportState.Starting), Started(At(0, 17), 15)], [], Make.Now, Make.Policy(), Freshness));
        Assert.Equal("Its export has been starting for 1 h 5 min; 15 min is usual.", stuck.Detail);
        var stale = Assert.Single(NoticeDecider.Decide([], [Published(At(0, 15))], Make.Now, Make.Policy(), Freshness));
        Assert.Equal(
            "The newest data that is published are of 2026-03-31 14:00 UTC, 27 h 5 min old when this was noticed; FRESHNESS is 26 h. No newer export is known of.", stale.Detail);
        var failed = NoticeDecider.Decide([Task(At(1, 3), ExportState.Failed) with { FailureCause = "KMS key check failed." }], [], Make.Now, Make.Policy(), Freshness);
        Assert.Equal("KMS key check failed.", Assert.Single(failed).Detail);
    }

    private static RunTime At(int day, int hour) => RunTime.At(new DateTimeOffset(2026, 4, 1, hour, 0, 0, TimeSpan.Zero).AddDays(day - 1));

    private static ExportTask Task(RunTime run, ExportState state = ExportState.Complete) => Make.Task($"e-{run.Instant:yyyyMMdd-HHmm}", "s", state);

    private static ExportTask Started(RunTime run, int minutes) => Task(run) with { StartedAt = run.Instant.AddMinutes(minutes) };

    private static RunSummary Run(RunTime run) => new(run, true, false) { SnapshotTime = run.Instant.AddHours(-1) };

    private static RunSummary Published(RunTime run, params LedgerEvent[] events) =>
        new(run, true, true, run.Instant.AddHours(1)) { SnapshotTime = run.Instant.AddHours(-1), Events = events.ToHashSet() };

    private static RunSummary Told(RunTime run, params LedgerEvent[] events) => new(run, false, false) { Events = events.ToHashSet() };
}
