using System.Text;
using RdsBq.Local;
using RdsBq.Local.Rds;

namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>A night's calls: the scheduler's, and those of a person who mends what the alerts say.</summary>
internal sealed class Night(CloudRun run, Shelf shelf, StringBuilder diary)
{
    private const int MostCalls = 8;
    private const int MostTicks = 12;
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    // Events whose next delivery is long in coming, because the function was down for some.
    private readonly HashSet<string> late = [];

    /// <summary>Calls <c>export</c> until its task is complete; null where it came to no good and nobody was there.</summary>
    public async Task<ExportTask?> ExportAsync(bool attended)
    {
        for (var calls = 0; calls < MostCalls; calls++)
        {
            var ended = await CallAsync("export");
            if (ended.ExitCode == 0)
            {
                var task = await EndAsync();
                if (task.Status == ExportTask.Complete) return task;
                diary.AppendLine($"export task {task.Id} is {task.Status}");
                if (!attended) return null;
                await CancelWhatHangsAsync();
            }
            run.Cloud.Clock.Advance(Tick);
        }
        throw new InvalidOperationException($"{MostCalls} calls of export have come to nothing");
    }

    /// <summary>A person ends a task that does not move.</summary>
    public async Task CancelWhatHangsAsync()
    {
        foreach (var task in run.Cloud.Aws.Rds.Tasks.Where(t => !t.IsFinal)) run.Cloud.Aws.Rds.CancelExport(task.Id);
        await run.EventuallyAsync(() => run.Cloud.Aws.Rds.Tasks.All(t => t.IsFinal), "the task is cancelled", TimeSpan.FromMinutes(1));
    }

    /// <summary>The ticks of <c>load</c>, until the run is published or nothing more will come of it.</summary>
    public async Task LoadAsync(bool attended, bool functionUp, string stamp)
    {
        // Younger files than five minutes may be missed.
        run.Cloud.Clock.Advance(Tick + TimeSpan.FromMinutes(1));
        var retry = false;
        for (var ticks = 0; ticks < MostTicks; ticks++)
        {
            var ended = await CallAsync(retry ? ["load", "--retry"] : ["load"]);
            if (IsPublished()) return;
            await run.TransfersEndAsync();
            if (functionUp) await FunctionEndsAsync();
            if (IsPublished()) return;
            retry = attended && ended.ExitCode == 1;
            // The person has mended the cause before.
            if (retry) run.Cloud.Faults.Clear();
            run.Cloud.Clock.Advance(Tick);
        }

        bool IsPublished() => shelf.Facts().Contains((stamp, "published"));
    }

    /// <summary>The newest task, when it is over or has not begun for an hour.</summary>
    private async Task<ExportTask> EndAsync()
    {
        var until = run.Cloud.Clock.GetUtcNow() + Patience;
        await run.EventuallyAsync(() => Newest().IsFinal || IsStuck(), "the export ends", TimeSpan.FromMinutes(4));
        return Newest();

        // One that writes is waited for: it does so in real time.
        bool IsStuck() => Newest().Status == ExportTask.Starting && run.Cloud.Clock.GetUtcNow() > until;
        ExportTask Newest() => run.Cloud.Aws.Rds.Tasks[^1];
    }

    /// <summary>For what the function gets it has a moment of real time; <c>load</c> judges the rest.</summary>
    private async Task FunctionEndsAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        var published = run.Cloud.Topics.Published(Estate.NotificationTopic).Select(m => m.Id).ToHashSet();
        while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(3))
        {
            var done = run.Cloud.Topics.Attempts.Where(a => a.Acknowledged).Select(a => a.MessageId).ToHashSet();
            if (published.All(m => done.Contains(m) || late.Contains(m))) return;
            await Task.Delay(10);
        }
        late.UnionWith(published);
    }

    private async Task<Ended> CallAsync(params string[] arguments)
    {
        var (seen, facts) = (run.Cloud.Journal.Entries.Count, shelf.Facts());
        var ended = await run.CallAsync(arguments);
        shelf.NotePlans(facts);
        diary.AppendLine($"{string.Join(' ', arguments)}: {ended}");
        foreach (var call in run.Cloud.Journal.Entries.Skip(seen).Where(e => e.Fault is not null))
            diary.AppendLine($"met: {call.Operation} {call.Subject}: {call.Fault}");
        return ended;
    }
}
