using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Tests.Exports;

namespace RdsBq.Core.Tests.Ledger;

/// <summary>Which run people should hear of: now is 17:05 on 1 April, the deadline twelve hours.</summary>
public class OverdueDeciderTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromHours(12);
    private static readonly RunTime Early = At(1, 3);
    private static readonly RunTime Yesterday = At(-1, 3);
    private static readonly HashSet<LedgerEvent> Told = [LedgerEvent.Overdue];

    public static TheoryData<string, ExportTask[], RunSummary[], string?> Situations => new()
    {
        { "nothing has run", [], [], null },
        { "within its deadline", [Task(At(1, 6))], [], null },
        { "complete, never landed", [Task(Early)], [], "2026-04-01T03:00Z unplanned" },
        { "an export that never ends", [Task(Early, ExportState.InProgress)], [], "2026-04-01T03:00Z unplanned" },
        { "an export that failed", [Task(Early, ExportState.Failed)], [], "2026-04-01T03:00Z unplanned" },
        { "landed, not published", [Task(Early)], [Run(Early)], "2026-04-01T03:00Z planned" },
        { "told already", [Task(Early)], [Run(Early) with { Events = Told }], null },
        { "told before it was landed", [Task(Early)], [new RunSummary(Early, false, false) { Events = Told }], null },
        { "published", [Task(Early)], [Run(Early) with { Published = true }], null },
        { "a newer one is published", [Task(Yesterday), Task(Early)], [Run(Early) with { Published = true }, Run(Yesterday)], null },
        { "two are late: the newer", [Task(Yesterday), Task(Early)], [Run(Yesterday)], "2026-04-01T03:00Z unplanned" },
        { "two are late, the newer is told: the older is no news", [Task(Yesterday), Task(Early)], [Run(Early) with { Events = Told }, Run(Yesterday)], null },
        { "the newer has time yet: the older", [Task(At(1, 10)), Task(Early)], [Run(Early)], "2026-04-01T03:00Z planned" },
        { "older than a month", [Task(At(-40, 3))], [], null },
        { "RDS forgot the task", [], [Run(Early)], "2026-04-01T03:00Z planned" },
        { "another's task", [Task(Early) with { Bucket = "theirs" }], [], null },
        { "a person chose an older one", [Task(Early)], [Held(Early), Chosen(Yesterday)], null },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public void People_hear_of_the_newest_late_run_once(string situation, ExportTask[] tasks, RunSummary[] runs, string? expected)
    {
        var late = OverdueDecider.Decide(tasks, runs, Make.Now, Make.Policy(), Deadline);
        var found = late is null ? null : $"{late.RunTime} {(late.Planned ? "planned" : "unplanned")}";
        Assert.True(found == expected, $"{situation}: {found ?? "none"}");
        if (late is not null) Assert.Equal(tasks.Length > 0, late.Task is not null);
    }

    private static RunTime At(int day, int hour) => RunTime.At(new DateTimeOffset(2026, 4, 1, hour, 0, 0, TimeSpan.Zero).AddDays(day - 1));

    private static ExportTask Task(RunTime run, ExportState state = ExportState.Complete) => Make.Task($"e-{run.Instant:yyyyMMdd-HHmm}", "s", state);

    private static RunSummary Run(RunTime run) => new(run, true, false);

    private static RunSummary Held(RunTime run) => Run(run) with { ProvenAt = run.Instant.AddHours(1) };

    private static RunSummary Chosen(RunTime run) =>
        new(run, true, true, Early.Instant.AddHours(2)) { RepointedAt = Early.Instant.AddHours(2), FirstShownAt = run.Instant, ProvenAt = run.Instant };
}
