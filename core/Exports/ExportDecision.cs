using RdsBq.Core.Runs;

namespace RdsBq.Core.Exports;

/// <summary>What an <c>export</c> looked at before it acts.</summary>
/// <param name="Again">A person wants the newest snapshot exported once more.</param>
public sealed record ExportObservation(IReadOnlyList<Snapshot> Snapshots, IReadOnlyList<ExportTask> Tasks, DateTimeOffset Now, bool Again);

/// <param name="SnapshotType"><c>automated</c>, <c>manual</c> or <c>any</c>.</param>
/// <param name="SourceName">The cluster or instance, for messages.</param>
public sealed record ExportPolicy(RunTimeTemplate Ids, ExportPlace Place, string SnapshotType, string SourceName)
{
    /// <summary>The tasks that this job started: right place, and an id that the template reads. Newest run time first.</summary>
    public IReadOnlyList<(RunTime RunTime, ExportTask Task)> Ours(IEnumerable<ExportTask> tasks) =>
        [.. tasks.Where(Place.Holds)
            .Select(task => (Read: Ids.TryRead(task.Id, out var t), RunTime: t, Task: task))
            .Where(o => o.Read)
            .Select(o => (o.RunTime, o.Task))
            .OrderByDescending(o => o.RunTime)
            .ThenBy(o => o.Task.Id, StringComparer.Ordinal)];

    public bool Wants(Snapshot snapshot) =>
        SnapshotType == "any" || string.Equals(snapshot.Type, SnapshotType, StringComparison.OrdinalIgnoreCase);
}

public abstract record ExportDecision
{
    public sealed record Start(RunTime RunTime, string ExportTaskId, Snapshot Snapshot) : ExportDecision;

    /// <summary>A task of ours is under way: follow it.</summary>
    public sealed record Adopt(RunTime RunTime, ExportTask Task) : ExportDecision;

    /// <summary>The newest snapshot is exported already.</summary>
    public sealed record Done(RunTime RunTime, ExportTask Task) : ExportDecision;

    /// <summary>A passing condition: try again later.</summary>
    public sealed record Wait(string Reason, string Mend) : ExportDecision;

    /// <summary>Needs a person.</summary>
    public sealed record Refuse(string Reason, string Mend) : ExportDecision;
}
