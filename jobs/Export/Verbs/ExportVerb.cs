using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Aws;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Runs;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Verbs;

/// <summary>The export task that a call of <c>export</c> ended with.</summary>
/// <param name="How"><c>started</c>, <c>adopted</c> or <c>nothing to do</c>.</param>
internal sealed record ExportedRun(RunTime RunTime, ExportTask Task, string How)
{
    public override string ToString() => $"export task {Task.Id}  run time {RunTime}  snapshot {SnapshotId}  {How}";

    // arn:partition:rds:region:account:kind:id, and the id of an automated snapshot has a colon of its own.
    private string SnapshotId => Task.SourceArn.Split(':', 7)[^1];
}

/// <summary>Looks at snapshots and export tasks, lets <see cref="ExportDecider"/> decide, and does what it says.</summary>
internal sealed class ExportVerb(RdsExports rds, ExportLook look, TimeProvider clock, JobSettings settings, ILogger log)
{
    // A start without an answer is looked after and tried again under the same id: it can't become two tasks.
    private const int Attempts = 3;

    /// <summary>What the verb saw before it decided; null where it could not look.</summary>
    public ExportObservation? Seen { get; private set; }

    /// <exception cref="StopException">There is nothing to export (exit 1), or not now (exit 75).</exception>
    public async Task<ExportedRun> RunAsync(bool again, CancellationToken token)
    {
        Seen = await look.LookAsync(again, token);
        var decision = ExportDecider.Decide(Seen, settings.Policy);
        return decision switch
        {
            ExportDecision.Start start => await StartAsync(start, token),
            ExportDecision.Adopt adopt => new ExportedRun(adopt.RunTime, Compared(adopt.Task), "adopted"),
            ExportDecision.Done done => new ExportedRun(done.RunTime, Compared(done.Task), "nothing to do"),
            ExportDecision.Wait wait => throw StopException.Passing(wait.Reason, wait.Mend),
            ExportDecision.Refuse refuse => throw StopException.ForPerson(refuse.Reason, refuse.Mend),
            _ => throw new InvalidOperationException($"No such decision: {decision}"),
        };
    }

    /// <summary>An export that is there already may be narrower than the list has become since.</summary>
    private ExportTask Compared(ExportTask task)
    {
        if (!ExportScope.Covers(task.Only, settings.Targets))
        {
            log.LogWarning(
                "Export task {ExportTask} is limited to {Only}, and the list of target tables wants more: rdsbq export --again takes it in.",
                task.Id, ExportScope.Words(task.Only));
        }
        return task;
    }

    private async Task<ExportedRun> StartAsync(ExportDecision.Start start, CancellationToken token)
    {
        var scope = ExportScope.Of(settings.Targets, start.Snapshot.Engine);
        log.LogInformation("Exporting {Scope}", scope.Reason);
        var request = new StartExport(start.ExportTaskId, start.Snapshot.Arn, settings.Place, settings.ExportRoleArn, settings.KmsKeyId, scope.Only);
        var why = "";
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var outcome = await rds.StartAsync(request, token);
            if (outcome is StartOutcome.Started started) return new ExportedRun(start.RunTime, started.Task, "started");
            why = ((StartOutcome.LookAgain)outcome).Why;
            log.LogInformation("{Why}; looking again", why);
            if (await FindAsync(start, token) is { } found) return found;
        }
        throw StopException.Passing(
            $"{why}, and no export task of this snapshot is there.", "Nothing to do: the next run looks again. If it lasts, look at the snapshot in the RDS console.");
    }

    /// <summary>A task that exports the wanted snapshot: ours by id, or one of ours that another call started a moment ago.</summary>
    private async Task<ExportedRun?> FindAsync(ExportDecision.Start start, CancellationToken token)
    {
        var arn = start.Snapshot.Arn;
        if (await rds.ExportTaskAsync(start.ExportTaskId, token) is { } task)
        {
            if (string.Equals(task.SourceArn, arn, StringComparison.OrdinalIgnoreCase)) return new ExportedRun(start.RunTime, task, "adopted");
            throw StopException.Passing($"The export task id {task.Id} is taken by an export of {task.SourceArn}.", "Nothing to do: the next run takes another id.");
        }
        var observed = new ExportObservation([start.Snapshot], await rds.ExportTasksAsync(token), clock.GetUtcNow(), Again: false);
        return ExportDecider.Decide(observed, settings.Policy) is ExportDecision.Adopt other ? new ExportedRun(other.RunTime, other.Task, "adopted") : null;
    }
}
