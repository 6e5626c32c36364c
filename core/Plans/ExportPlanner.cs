using RdsBq.Core.Exports;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Plans;

internal static class ExportPlanner
{
    public static PlannedExport Make(ExportObservation seen, PlanSettings settings) => ExportDecider.Decide(seen, settings.Policy) switch
    {
        ExportDecision.Start start => Start(start, ExportScope.Of(settings.Targets, start.Snapshot.Engine)),
        ExportDecision.Adopt adopt => Without(
            "follow", $"export task {adopt.Task.Id} is under way ({adopt.Task.PercentProgress} %)", adopt.RunTime, adopt.Task, seen),
        ExportDecision.Done done => Without("nothing", "the newest snapshot is exported", done.RunTime, done.Task, seen),
        ExportDecision.Wait wait => Without("wait", $"{wait.Reason}; {wait.Mend}", null, null, seen),
        ExportDecision.Refuse refuse => Without("refuse", $"{refuse.Reason}; {refuse.Mend}", null, null, seen),
        var other => throw new InvalidOperationException($"No such decision: {other}"),
    };

    private static PlannedExport Start(ExportDecision.Start start, ExportScope scope) => new(
        "start", true, "the newest snapshot is not exported", start.ExportTaskId, start.RunTime.ToString(), Of(start.Snapshot), scope.Only, scope.Reason);

    private static PlannedExport Without(string action, string reason, RunTime? runTime, ExportTask? task, ExportObservation seen)
    {
        var snapshot = seen.Snapshots.FirstOrDefault(s => string.Equals(s.Arn, task?.SourceArn, StringComparison.OrdinalIgnoreCase));
        return new PlannedExport(action, false, reason, task?.Id, runTime?.ToString(), snapshot is null ? null : Of(snapshot), [], "");
    }

    // Aurora's storage grows by itself: AllocatedStorage is 0 or 1 there and says nothing (facts of DescribeDBClusterSnapshots).
    private static PlannedSnapshot Of(Snapshot snapshot) => snapshot is { AllocatedGigabytes: { } allocated } && !snapshot.Engine.StartsWith("aurora", StringComparison.OrdinalIgnoreCase)
        ? new PlannedSnapshot(snapshot.Id, snapshot.CreatedAt, allocated, "allocated storage; the snapshot itself may be smaller")
        : new PlannedSnapshot(snapshot.Id, snapshot.CreatedAt, null, "RDS does not tell the size of an Aurora snapshot");
}
