using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using static RdsBq.Core.Tests.Exports.Make;

namespace RdsBq.Core.Tests.Exports;

public class LoadDeciderTests
{
    private static readonly DateTimeOffset LongAgo = Now.AddHours(-1);

    public static TheoryData<string, ExportTask[], RunSummary[], DateTimeOffset?, string> Situations => new()
    {
        { "no task at all", [], [], null, "Nothing no export of this job is complete" },
        { "complete and settled", [Complete("1600", LongAgo)], [], null, "Land 2026-04-01T16:00Z" },
        { "complete for exactly five minutes", [Complete("1600", Now.AddMinutes(-5))], [], null, "Land 2026-04-01T16:00Z" },
        { "complete for less", [Complete("1600", Now.AddMinutes(-5).AddSeconds(1))], [], null, "Wait 17:05:31 export task e-20260401-1600 is complete since" },
        { "the clock is behind AWS's", [Complete("1600", Now.AddMinutes(2))], [], null, "Wait 17:12:30" },
        { "no end time, files not looked at", [Complete("1600", null)], [], null, "Wait 17:05:30 export task e-20260401-1600 is complete, but does not say since when" },
        { "no end time, old files", [Complete("1600", null)], [], LongAgo, "Land 2026-04-01T16:00Z" },
        { "no end time, a young file", [Complete("1600", null)], [], Now.AddMinutes(-1), "Wait 17:09:30" },
        { "a file younger than the end", [Complete("1600", LongAgo)], [], Now.AddMinutes(-1), "Wait 17:09:30" },
        { "the newest of two", [Complete("1500", LongAgo), Complete("1600", LongAgo)], [], null, "Land 2026-04-01T16:00Z" },
        { "another's task", [Task("theirs", "a", ExportState.Complete, ended: LongAgo)], [], null, "Nothing" },
        { "ours by name, in another bucket", [Task("e-20260401-1600", "a", ExportState.Complete, bucket: "x", ended: LongAgo)], [], null, "Nothing" },
        { "planned already", [Complete("1600", LongAgo)], [Run("16:00", planned: true)], null, "Nothing no newer export is complete" },
        { "published already", [Complete("1600", LongAgo)], [Run("16:00", published: true)], null, "Nothing no newer export is complete" },
        { "expected in part only: the plan broke off", [Complete("1600", LongAgo)], [Run("16:00")], null, "Land 2026-04-01T16:00Z" },
        { "a newer run is published", [Complete("1600", LongAgo)], [Run("16:30", published: true)], null, "Nothing run 2026-04-01T16:00Z is older" },
        { "a newer run is planned", [Complete("1600", LongAgo)], [Run("16:30", planned: true)], null, "Nothing run 2026-04-01T16:00Z is older" },
        { "an older run is published", [Complete("1600", LongAgo)], [Run("15:00", planned: true, published: true)], null, "Land 2026-04-01T16:00Z" },
        { "under way", [Task("e-20260401-1600", "a", ExportState.InProgress)], [], null, "Wait 17:06:30 export task e-20260401-1600 is under way (37 %)" },
        { "a newer one under way, the older planned", [Complete("1500", LongAgo), Task("e-20260401-1600", "a", ExportState.Starting)], [Run("15:00", planned: true)], null, "Wait 17:06:30 export task e-20260401-1600" },
        { "a newer one under way, the older not loaded", [Complete("1500", LongAgo), Task("e-20260401-1600", "a", ExportState.Starting)], [], null, "Land 2026-04-01T15:00Z" },
        { "failed", [Task("e-20260401-1600", "a", ExportState.Failed, ended: LongAgo)], [], null, "Nothing no export" },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public void Load_does_what_the_situation_asks_for(string situation, ExportTask[] tasks, RunSummary[] runs, DateTimeOffset? newestFile, string expected)
    {
        var decision = LoadDecider.Decide(tasks, runs, Now, Policy(), newestFile) switch
        {
            LoadDecision.Land l => $"Land {l.RunTime}",
            LoadDecision.Wait w => $"Wait {w.Until:HH:mm:ss} {w.Reason}",
            LoadDecision.Nothing n => $"Nothing {n.Reason}",
            var other => other.ToString(),
        };
        Assert.True(decision.StartsWith(expected, StringComparison.Ordinal), $"{situation}: {decision}");
    }

    private static ExportTask Complete(string time, DateTimeOffset? ended) => Task($"e-20260401-{time}", "a", ExportState.Complete, ended: ended);

    private static RunSummary Run(string time, bool planned = false, bool published = false)
    {
        Assert.True(RunTime.TryParse($"2026-04-01T{time}Z", out var runTime));
        return new RunSummary(runTime, planned, published);
    }
}
