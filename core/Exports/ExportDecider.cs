namespace RdsBq.Core.Exports;

/// <summary>
/// What <c>export</c> does next, from what exists alone: run twice or after a kill, it converges on one export of the newest snapshot.
/// </summary>
public static class ExportDecider
{
    public static ExportDecision Decide(ExportObservation seen, ExportPolicy policy)
    {
        var ours = policy.Ours(seen.Tasks);
        foreach (var (runTime, task) in ours.Where(o => o.Task.IsUnderWay && o.Task.State != ExportState.Canceling))
            return new ExportDecision.Adopt(runTime, task);

        if (Newest(seen.Snapshots, policy) is not { } newest) return WithoutSnapshot(seen, policy);

        if (!seen.Again)
        {
            foreach (var (runTime, task) in ours.Where(o => o.Task.State == ExportState.Complete && IsOf(o.Task, newest)))
                return new ExportDecision.Done(runTime, task);
        }
        return (ExportDecision?)Busy(seen, newest) ?? Start(seen, policy, newest);
    }

    /// <summary>The snapshot that an export would take; null where there is none.</summary>
    public static Snapshot? Newest(IReadOnlyList<Snapshot> snapshots, ExportPolicy policy) => snapshots
        .Where(s => policy.Wants(s) && s.CreatedAt is not null && IsStatus(s, "available"))
        .OrderByDescending(s => s.CreatedAt)
        .ThenByDescending(s => s.Id, StringComparer.Ordinal)
        .FirstOrDefault();

    private static ExportDecision WithoutSnapshot(ExportObservation seen, ExportPolicy policy)
    {
        var kind = policy.SnapshotType == "any" ? "" : policy.SnapshotType + " ";
        if (seen.Snapshots.Any(s => policy.Wants(s) && IsStatus(s, "creating")))
            return new ExportDecision.Wait(
                $"the only {kind}snapshot of {policy.SourceName} is still being created", "run export again when it is available");
        var others = seen.Snapshots.Where(s => !policy.Wants(s) && IsStatus(s, "available"))
            .Select(s => s.Type).Distinct().Order(StringComparer.Ordinal);
        return new ExportDecision.Refuse(
            $"{policy.SourceName} has no available {kind}snapshot",
            others.ToList() is { Count: > 0 } types
                ? $"there are snapshots of type {string.Join(", ", types)}: set SNAPSHOT_TYPE to take them, or take a snapshot"
                : "check the identifier and the region, turn on automated backups or take a snapshot, then run export again");
    }

    // RDS exports a snapshot at most once at a time.
    private static ExportDecision.Wait? Busy(ExportObservation seen, Snapshot newest) =>
        seen.Tasks.FirstOrDefault(t => t.IsUnderWay && IsOf(t, newest)) switch
        {
            null => null,
            { State: ExportState.Canceling } task =>
                new($"export task {task.Id} of snapshot {newest.Id} is being cancelled", "run export again when it is cancelled"),
            var task => new(
                $"snapshot {newest.Id} is being exported by task {task.Id}, which is not this job's",
                "run export again when that task has ended"),
        };

    private static ExportDecision Start(ExportObservation seen, ExportPolicy policy, Snapshot newest)
    {
        var runTime = policy.Ids.Truncate(seen.Now);
        var id = policy.Ids.Format(runTime);
        var taken = seen.Tasks.FirstOrDefault(t => string.Equals(t.Id, id, StringComparison.OrdinalIgnoreCase));
        if (taken is null) return new ExportDecision.Start(runTime, id, newest);

        var reason = $"the id {id} is taken by a task that is {taken.State}, and AWS never lets an id be used again";
        var next = policy.Ids.Next(runTime);
        return policy.Ids.FixedStep == TimeSpan.FromMinutes(1)
            ? new ExportDecision.Wait(reason, $"run export again: from {next} on the id is another")
            : new ExportDecision.Refuse(
                reason,
                $"wait until {next}, or give EXPORT_ID_TEMPLATE a finer run time, e.g. {{run_time|\"%Y%m%d-%H%M\"}}; transfer configs with the old path are then named by load");
    }

    private static bool IsStatus(Snapshot snapshot, string status) =>
        string.Equals(snapshot.Status, status, StringComparison.OrdinalIgnoreCase);

    private static bool IsOf(ExportTask task, Snapshot snapshot) =>
        string.Equals(task.SourceArn, snapshot.Arn, StringComparison.OrdinalIgnoreCase);
}
