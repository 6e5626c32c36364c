using RdsBq.Local.Hosting;

namespace RdsBq.Local.Rds;

/// <summary>
/// A task on its way through its states. <see cref="Step"/> moves it by at most what the local clock and the exporter allow; it is called
/// by the pump and before every read, never concurrently.
/// </summary>
internal sealed class ExportRun(ExportTask task, Exporter exporter, Faults faults, LocalClock clock, ExportTimings timings) : IDisposable
{
    private const string Operation = "rds.export";
    private readonly CancellationTokenSource stop = new();
    private Task<ExportOutcome>? writing;
    private DateTimeOffset cancelAsked;
    private string? failure;
    private bool stuck;
    private int reported;

    public ExportTask Task { get; private set; } = task;

    public void Step()
    {
        var now = clock.GetUtcNow();
        switch (Task.Status)
        {
            case ExportTask.Starting when !stuck && now - Task.Requested >= timings.Starting:
                Begin(now);
                break;
            case ExportTask.InProgress:
                Progress(now);
                break;
            case ExportTask.Canceling when now - cancelAsked >= timings.Canceling && writing is not { IsCompleted: false }:
                Task = Task with { Status = ExportTask.Canceled, EndTime = now };
                break;
        }
    }

    public void Cancel()
    {
        cancelAsked = clock.GetUtcNow();
        Task = Task with { Status = ExportTask.Canceling };
        stop.Cancel();
    }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private void Begin(DateTimeOffset now)
    {
        stuck = faults.Take(Operation, Task.Id, "stuck") is not null;
        if (stuck) return;
        failure = faults.Take(Operation, Task.Id, "fail")?.Message;
        Task = Task with { Status = ExportTask.InProgress, StartTime = now };
        if (failure is not null) return;
        var job = new ExportJob(
            Task.Id, Task.Snapshot.Source.Id, Task.Snapshot.Arn, Task.Snapshot.CreateTime, Task.Snapshot.Number, Task.Bucket, Task.Prefix,
            Task.Only,
            Task.IamRoleArn, Task.KmsKeyId, now);
        var token = stop.Token;
        writing = System.Threading.Tasks.Task.Run(() => exporter(job, new Percent(this), token), CancellationToken.None);
    }

    private void Progress(DateTimeOffset now)
    {
        var elapsed = (now - Task.StartTime!.Value) / timings.InProgress;
        if (failure is not null)
        {
            // Half way through: failures surface long after the task was accepted.
            if (elapsed < 0.5) Task = Task with { Percent = (int)(elapsed * 100) };
            else Fail(now, failure);
        }
        else if (writing is { IsFaulted: true, Exception: { } broken })
        {
            Fail(now, broken.GetBaseException().Message);
        }
        else if (writing is { IsCanceled: true })
        {
            Fail(now, "An unknown internal error occurred.");
        }
        else if (elapsed >= 1 && writing is { IsCompletedSuccessfully: true } done)
        {
            var outcome = done.Result;
            Task = Task with
            {
                Status = ExportTask.Complete,
                Percent = 100,
                EndTime = now,
                Gigabytes = outcome.ExportedGigabytes,
                WarningMessage = outcome.WarningMessage,
            };
        }
        else
        {
            var written = writing is { IsCompletedSuccessfully: true } ? 100 : Volatile.Read(ref reported);
            Task = Task with { Percent = Math.Max(Task.Percent, Math.Clamp(Math.Min(written, (int)(elapsed * 100)), 0, 99)) };
        }
    }

    private void Fail(DateTimeOffset now, string cause) =>
        Task = Task with { Status = ExportTask.Failed, EndTime = now, FailureCause = cause };

    /// <summary>Unlike Progress&lt;T&gt; it posts nothing to a pool thread, so that reports can't arrive out of order.</summary>
    private sealed class Percent(ExportRun run) : IProgress<int>
    {
        public void Report(int value) => Volatile.Write(ref run.reported, value);
    }
}
