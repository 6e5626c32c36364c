using RdsBq.Core.Exports;
using static RdsBq.Core.Tests.Exports.Make;

namespace RdsBq.Core.Tests.Exports;

public class ExportDeciderTests
{
    private const string DayTemplate = "e-{run_time|\"%Y%m%d\"}";

    public static TheoryData<string, ExportObservation, ExportPolicy, string> Situations => new()
    {
        { "nothing exported yet", See([Snapshot("a", 3)]), Policy(), "Start 2026-04-01T17:05Z e-20260401-1705 a" },
        { "the newest by creation, whatever the order", See([Snapshot("a", 3), Snapshot("c", 9), Snapshot("b", 5)]), Policy(), "Start 2026-04-01T17:05Z e-20260401-1705 c" },
        { "a newer one that is being created is not yet there", See([Snapshot("a", 3), Snapshot("b", 9, "creating")]), Policy(), "Start 2026-04-01T17:05Z e-20260401-1705 a" },
        { "a newer one without a creation time is passed over", See([Snapshot("a", 3), Snapshot("b", 9) with { CreatedAt = null }]), Policy(), "Start 2026-04-01T17:05Z e-20260401-1705 a" },
        { "a newer manual one is not wanted", See([Snapshot("a", 3), Snapshot("m", 9, type: "manual")]), Policy(), "Start 2026-04-01T17:05Z e-20260401-1705 a" },
        { "any type is wanted", See([Snapshot("a", 3), Snapshot("m", 9, type: "manual")]), Policy(type: "any"), "Start 2026-04-01T17:05Z e-20260401-1705 m" },
        { "status and type in another case", See([Snapshot("a", 3, "Available", "Automated")]), Policy(), "Start 2026-04-01T17:05Z e-20260401-1705 a" },
        { "a day template gives the day's first minute", See([Snapshot("a", 3)]), Policy(DayTemplate), "Start 2026-04-01T00:00Z e-20260401 a" },

        { "ours is starting", See([Snapshot("a", 3)], Task("e-20260401-1600", "a", ExportState.Starting)), Policy(), "Adopt 2026-04-01T16:00Z" },
        { "ours is in progress", See([Snapshot("a", 3)], Task("e-20260401-1600", "a", ExportState.InProgress)), Policy(), "Adopt 2026-04-01T16:00Z" },
        { "ours is in a state that is not known", See([Snapshot("a", 3)], Task("e-20260401-1600", "a", ExportState.Unknown)), Policy(), "Adopt 2026-04-01T16:00Z" },
        { "ours of an older snapshot", See([Snapshot("a", 3), Snapshot("b", 9)], Task("e-20260401-1600", "a", ExportState.InProgress)), Policy(), "Adopt 2026-04-01T16:00Z" },
        { "two of ours: the newer run time", See([Snapshot("b", 9)], Task("e-20260401-1500", "a", ExportState.InProgress), Task("e-20260401-1600", "b", ExportState.Starting)), Policy(), "Adopt 2026-04-01T16:00Z" },
        { "under way, and asked for again", See([Snapshot("a", 3)], again: true, Task("e-20260401-1600", "a", ExportState.Starting)), Policy(), "Adopt 2026-04-01T16:00Z" },
        { "under way, while no snapshot is there", See([], Task("e-20260401-1600", "a", ExportState.Starting)), Policy(), "Adopt 2026-04-01T16:00Z" },
        { "the prefix comes back with slashes", See([Snapshot("a", 3)], Task("e-20260401-1600", "a", ExportState.Starting, "/rds/")), Policy(), "Adopt 2026-04-01T16:00Z" },

        { "the newest is exported", See([Snapshot("a", 3)], Task("e-20260401-0400", "a", ExportState.Complete)), Policy(), "Done 2026-04-01T04:00Z" },
        { "exported twice: the newer run time", See([Snapshot("a", 3)], Task("e-20260401-0400", "a", ExportState.Complete), Task("e-20260401-0500", "a", ExportState.Complete)), Policy(), "Done 2026-04-01T05:00Z" },
        { "exported, the source's name in another case", See([Snapshot("a", 3)], Task("e-20260401-0400", "A", ExportState.Complete)), Policy(), "Done 2026-04-01T04:00Z" },
        { "exported, and asked for again", See([Snapshot("a", 3)], again: true, Task("e-20260401-0400", "a", ExportState.Complete)), Policy(), "Start 2026-04-01T17:05Z e-20260401-1705 a" },
        { "only an older one is exported", See([Snapshot("a", 3), Snapshot("b", 9)], Task("e-20260401-0400", "a", ExportState.Complete)), Policy(), "Start 2026-04-01T17:05Z e-20260401-1705 b" },
        { "exported to another bucket", See([Snapshot("a", 3)], Task("e-20260401-0400", "a", ExportState.Complete, bucket: "theirs")), Policy(), "Start 2026-04-01T17:05Z e-20260401-1705 a" },
        { "exported to another prefix", See([Snapshot("a", 3)], Task("e-20260401-0400", "a", ExportState.Complete, "rds2")), Policy(), "Start 2026-04-01T17:05Z e-20260401-1705 a" },
        { "exported under another id", See([Snapshot("a", 3)], Task("theirs-1", "a", ExportState.Complete)), Policy(), "Start 2026-04-01T17:05Z e-20260401-1705 a" },
        { "the last attempt failed", See([Snapshot("a", 3)], Task("e-20260401-1600", "a", ExportState.Failed)), Policy(), "Start 2026-04-01T17:05Z e-20260401-1705 a" },
        { "the last attempt was cancelled", See([Snapshot("a", 3)], Task("e-20260401-1600", "a", ExportState.Canceled)), Policy(), "Start 2026-04-01T17:05Z e-20260401-1705 a" },

        { "another's task holds the snapshot", See([Snapshot("a", 3)], Task("theirs-1", "a", ExportState.InProgress)), Policy(), "Wait snapshot a is being exported by task theirs-1" },
        { "another's task of another snapshot does not matter", See([Snapshot("a", 3)], Task("theirs-1", "x", ExportState.InProgress)), Policy(), "Start 2026-04-01T17:05Z e-20260401-1705 a" },
        { "ours is being cancelled", See([Snapshot("a", 3)], Task("e-20260401-1600", "a", ExportState.Canceling)), Policy(), "Wait export task e-20260401-1600 of snapshot a is being cancelled" },
        { "the id of this minute is taken", See([Snapshot("a", 3)], Task("e-20260401-1705", "a", ExportState.Failed)), Policy(), "Wait the id e-20260401-1705 is taken by a task that is Failed" },
        { "the id is taken, in another place and case", See([Snapshot("a", 3)], Task("E-20260401-1705", "x", ExportState.Complete, "x", "x")), Policy(), "Wait the id e-20260401-1705 is taken" },
        { "only snapshots that are being created", See([Snapshot("a", 3, "creating")]), Policy(), "Wait the only automated snapshot of prod-db is still being created" },

        { "second attempt of a day template", See([Snapshot("a", 3)], Task("e-20260401", "a", ExportState.Failed)), Policy(DayTemplate), "Refuse the id e-20260401 is taken by a task that is Failed" },
        { "second attempt of a month template", See([Snapshot("a", 3)], Task("e-202604", "a", ExportState.Failed)), Policy("e-{run_time|\"%Y%m\"}"), "Refuse the id e-202604 is taken" },
        { "no snapshot at all", See([]), Policy(), "Refuse prod-db has no available automated snapshot" },
        { "no snapshot of any type", See([]), Policy(type: "any"), "Refuse prod-db has no available snapshot" },
        { "only a snapshot that failed", See([Snapshot("a", 3, "failed")]), Policy(), "Refuse prod-db has no available automated snapshot" },
        { "only snapshots of another type", See([Snapshot("m", 3, type: "manual")]), Policy(), "Refuse prod-db has no available automated snapshot" },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public void Export_does_what_the_situation_asks_for(string situation, ExportObservation seen, ExportPolicy policy, string expected)
    {
        var decision = Words(ExportDecider.Decide(seen, policy));
        Assert.True(decision.StartsWith(expected, StringComparison.Ordinal), $"{situation}: {decision}");
    }

    [Fact]
    public void Whatever_stands_in_the_way_says_what_to_do()
    {
        var day = Assert.IsType<ExportDecision.Refuse>(ExportDecider.Decide(See([Snapshot("a", 3)], Task("e-20260401", "a", ExportState.Failed)), Policy(DayTemplate)));
        Assert.Contains("2026-04-02T00:00Z", day.Mend, StringComparison.Ordinal);
        var minute = Assert.IsType<ExportDecision.Wait>(ExportDecider.Decide(See([Snapshot("a", 3)], Task("e-20260401-1705", "a", ExportState.Failed)), Policy()));
        Assert.Contains("2026-04-01T17:06Z", minute.Mend, StringComparison.Ordinal);
        var other = Assert.IsType<ExportDecision.Refuse>(ExportDecider.Decide(See([Snapshot("m", 3, type: "manual")]), Policy()));
        Assert.Contains("type manual: set SNAPSHOT_TYPE", other.Mend, StringComparison.Ordinal);
    }

    private static ExportObservation See(IReadOnlyList<Snapshot> snapshots, params ExportTask[] tasks) => See(snapshots, false, tasks);

    private static ExportObservation See(IReadOnlyList<Snapshot> snapshots, bool again, params ExportTask[] tasks) => new(snapshots, tasks, Now, again);

    private static string Words(ExportDecision decision) => decision switch
    {
        ExportDecision.Start s => $"Start {s.RunTime} {s.ExportTaskId} {s.Snapshot.Id}",
        ExportDecision.Adopt a => $"Adopt {a.RunTime}",
        ExportDecision.Done d => $"Done {d.RunTime}",
        ExportDecision.Wait w => $"Wait {w.Reason}",
        ExportDecision.Refuse r => $"Refuse {r.Reason}",
        _ => decision.ToString(),
    };
}
