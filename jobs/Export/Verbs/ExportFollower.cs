using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Aws;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Export.Loading;

namespace RdsBq.Export.Verbs;

/// <summary><c>export --wait</c>: follows the export task to its end, then ticks <c>load</c> until the run is published or needs a person.</summary>
/// <param name="tick">One tick of <c>load</c>.</param>
internal sealed class ExportFollower(RdsExports rds, Func<CancellationToken, Task<LoadResult>> tick, TimeProvider time, TimeSpan poll, ILogger log)
{
    // Throttling and the like pass; what lasts longer than this many looks is left to the next run.
    private const int Patience = 20;

    /// <returns>The exit code.</returns>
    public async Task<LoadResult> FollowAsync(ExportedRun run, Action<string> report, CancellationToken token)
    {
        var task = run.Task;
        report(Describe(task));
        while (task.IsUnderWay)
        {
            await Task.Delay(poll, time, token);
            task = await PatientlyAsync(() => rds.ExportTaskAsync(run.Task.Id, token), token) ?? task;
            report(Describe(task));
        }
        Judge(task);
        while (true)
        {
            var result = await PatientlyAsync(() => tick(token), token);
            report(result.Line);
            if (result.Finished) return result;
            await Task.Delay(poll, time, token);
        }
    }

    private void Judge(ExportTask task)
    {
        if (task.State != ExportState.Complete)
        {
            throw StopException.ForPerson(
                $"The export task {task.Id} ended {Word(task.State)}: {task.FailureCause ?? "RDS gives no cause"}", "Mend the cause, then run export again: it takes a new id.");
        }
        // A completed export may have left tables out; which of them were wanted is for load to say.
        if (task.Warning is { Length: > 0 } warning)
            log.LogWarning("export task {ExportTask} is complete with warnings: {Reasons}", task.Id, string.Join("; ", Core.Tables.ExportWarnings.Reasons(warning)));
    }

    private async Task<T> PatientlyAsync<T>(Func<Task<T>> look, CancellationToken token)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await look();
            }
            catch (StopException e) when (e.ExitCode == StopException.TryAgain && attempt < Patience)
            {
                log.LogWarning("{Reason} Looking again in {Poll}.", e.Message, poll);
                await Task.Delay(poll, time, token);
            }
        }
    }

    private static string Describe(ExportTask task) => task.State == ExportState.InProgress
        ? $"export task {task.Id}  {Word(task.State)} {task.PercentProgress} %"
        : $"export task {task.Id}  {Word(task.State)}";

    private static string Word(ExportState state) => state switch
    {
        ExportState.Starting => "starting",
        ExportState.InProgress => "in progress",
        ExportState.Complete => "complete",
        ExportState.Failed => "failed",
        ExportState.Canceling => "being canceled",
        ExportState.Canceled => "canceled",
        _ => "in a state that is not known",
    };
}
