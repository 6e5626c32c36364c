using RdsBq.Core.Exports;
using RdsBq.Core.Reports;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Ledger;

/// <summary>Something that people should hear of, and that no event tells: it is what did not happen.</summary>
/// <param name="Event">What is written to the ledger, once a run.</param>
/// <param name="Task">Null where RDS no longer lists it.</param>
public sealed record Notice(RunTime RunTime, LedgerEvent Event, string Detail, ExportTask? Task);

/// <summary>What <c>load</c> notices each time that it looks. Pure.</summary>
public static class NoticeDecider
{
    /// <summary>STARTING takes 12 to 15 minutes even for a small database, and hours for a large one: without a past to compare with, this is long.</summary>
    private static readonly TimeSpan LongStart = TimeSpan.FromHours(2);

    private static readonly TimeSpan ShortestLongStart = TimeSpan.FromHours(1);

    /// <summary>So many times the usual is longer than usual.</summary>
    private const int Unusual = 3;

    /// <param name="tasks">All of the account.</param>
    /// <param name="runs">Newest first.</param>
    /// <param name="freshness">FRESHNESS: counted from the snapshot of the newest published run.</param>
    public static IReadOnlyList<Notice> Decide(
        IReadOnlyList<ExportTask> tasks, IReadOnlyList<RunSummary> runs, DateTimeOffset now, ExportPolicy policy, TimeSpan freshness)
    {
        var ours = policy.Ours(tasks);
        var published = runs.Where(r => r.Published).MaxBy(r => r.RunTime);
        // What a newer export or run makes up for is no news.
        var newest = ours.FirstOrDefault(o => published is null || o.RunTime > published.RunTime);
        Notice?[] found = [Failed(newest, now), Starting(newest, ours, now), Stale(published, newest, runs, now, freshness)];
        return [.. found.OfType<Notice>().Where(n => runs.FirstOrDefault(r => r.RunTime == n.RunTime)?.Events.Contains(n.Event) != true)];
    }

    private static Notice? Failed((RunTime RunTime, ExportTask Task) newest, DateTimeOffset now) => newest.Task switch
    {
        { State: ExportState.Failed or ExportState.Canceled } task when now - newest.RunTime.Instant < LoadDecider.Tended =>
            new(newest.RunTime, LedgerEvent.ExportFailed, Cause(task), task),
        _ => null,
    };

    private static string Cause(ExportTask task) =>
        task.State == ExportState.Canceled ? "The export task was cancelled by somebody." : task.FailureCause is { Length: > 0 } cause ? cause : "RDS gives no cause.";

    private static Notice? Starting((RunTime RunTime, ExportTask Task) newest, IReadOnlyList<(RunTime RunTime, ExportTask Task)> ours, DateTimeOffset now)
    {
        if (newest.Task is not { State: ExportState.Starting } task) return null;
        // RDS sets the start time when a task leaves STARTING.
        var usual = Expectations.Median(ours.Where(o => o.Task.State == ExportState.Complete).Select(o => o.Task.StartedAt - o.RunTime.Instant));
        var most = usual * Unusual is { } unusual ? (unusual > ShortestLongStart ? unusual : ShortestLongStart) : LongStart;
        var since = now - newest.RunTime.Instant;
        return since <= most ? null : new Notice(
            newest.RunTime, LedgerEvent.Stuck,
            $"Its export has been starting for {Words.Age(since)}{(usual is { } u ? $"; {Words.Age(u)} is usual" : "")}.", task);
    }

    /// <summary>The dead man's switch: it needs no event, only somebody who looks.</summary>
    private static Notice? Stale(
        RunSummary? published, (RunTime RunTime, ExportTask Task) newest, IReadOnlyList<RunSummary> runs, DateTimeOffset now, TimeSpan freshness)
    {
        // Before the first run is published its deadline speaks.
        if (published is null) return null;
        var snapshot = published.SnapshotTime ?? published.RunTime.Instant;
        if (now - snapshot <= freshness) return null;
        // Told of one run, it is told, whichever run readers wait for since.
        if (runs.Any(r => r.RunTime >= published.RunTime && r.Events.Contains(LedgerEvent.Stale))) return null;
        var waiting = runs.Where(r => r.Planned && r.RunTime > published.RunTime && !RunSummary.IsHeldBack(r.RunTime, runs)).Select(r => (RunTime?)r.RunTime).Max();
        var awaited = newest.Task is null ? waiting : waiting is null || newest.RunTime > waiting ? newest.RunTime : waiting;
        return new Notice(
            awaited ?? published.RunTime, LedgerEvent.Stale,
            $"The newest data that is published are of {Words.Time(snapshot)} UTC, {Words.Age(now - snapshot)} old when this was noticed; FRESHNESS is {Words.Age(freshness)}."
            + (awaited is null ? " No newer export is known of." : ""), newest.Task);
    }
}
