using RdsBq.Core.Exports;
using RdsBq.Core.Reports;

namespace RdsBq.Core.Checks;

/// <summary>Whether there is a snapshot that <c>export</c> would take, and how old it is.</summary>
public static class SnapshotJudge
{
    /// <param name="freshness">FRESHNESS: what is older counts as stale once it is published.</param>
    public static Answer Of(IReadOnlyList<Snapshot> snapshots, ExportPolicy policy, DateTimeOffset now, TimeSpan freshness)
    {
        if (ExportDecider.Newest(snapshots, policy) is not { } newest)
        {
            return ExportDecider.Decide(new ExportObservation(snapshots, [], now, Again: false), policy) switch
            {
                ExportDecision.Refuse no => Answer.NotOk(no.Reason, no.Mend),
                ExportDecision.Wait wait => Answer.NotChecked(wait.Reason, wait.Mend),
                var other => throw new InvalidOperationException($"Without a snapshot the decision is {other}."),
            };
        }
        var age = now - newest.CreatedAt!.Value;
        var what = $"the newest available one is {newest.Id} ({newest.Type}), {Words.Age(age)} old";
        return age <= freshness ? Answer.Ok(what) : Answer.NotOk(
            $"{what}, and what is older than {Words.Age(freshness)} counts as stale",
            "Find out why there is none that is newer, or set FRESHNESS to what suits the schedule of these snapshots.");
    }
}
