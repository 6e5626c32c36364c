using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.WellKnownTypes;
using Severity = Google.Cloud.BigQuery.DataTransfer.V1.TransferMessage.Types.MessageSeverity;

namespace RdsBq.Local.Transfers;

/// <summary>
/// The configs and runs of the transfer service, and what moves runs on: PENDING, RUNNING, then SUCCEEDED, FAILED or CANCELLED, each at
/// its time on
/// the local clock. Scripted faults are <c>dts.run</c> (subject: destination table; <c>fail</c>, <c>cancel</c>, <c>short</c>,
/// <c>nothing</c>) and
/// <c>dts.notify</c> (subject: run name; <c>lose</c>, <c>duplicate</c>, <c>delay</c>).
/// </summary>
public sealed class TransferEngine : IAsyncDisposable
{
    internal const long UserId = -4_410_022_905_113_871_206;

    private readonly List<ConfigEntry> configs = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Random random;
    private readonly RunWork work;
    private readonly Notifications notifications;

    public TransferEngine(TransferNeeds needs, Random random, TransferOptions? options = null)
    {
        Needs = needs;
        this.random = random;
        Options = options ?? new TransferOptions();
        work = new RunWork(needs, Options);
        notifications = new Notifications(needs.Topics, needs.Faults, stop.Token);
    }

    public TransferOptions Options { get; }

    internal TransferNeeds Needs { get; }

    /// <summary>Held by whoever reads or changes an entry.</summary>
    internal Lock Gate { get; } = new();

    internal DateTimeOffset Now => Needs.Clock.GetUtcNow();

    /// <summary>Moves runs on until cancelled.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (await timer.WaitForNextTickAsync(token)) Step();
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // How it is told to end.
        }
    }

    /// <summary>Forgets every config and run; work under way goes nowhere.</summary>
    public void Clear()
    {
        lock (Gate) configs.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        List<Task> working;
        lock (Gate) working = [.. configs.SelectMany(c => c.Runs).Select(r => r.Work).OfType<Task>()];
        await Task.WhenAll(working).ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    /// <summary>One look at the clock: starts and ends what is due.</summary>
    public void Step()
    {
        List<TransferRun> over = [];
        lock (Gate)
        {
            var now = Now;
            foreach (var config in configs) StartScheduled(config, now);
            var runs = configs.SelectMany(c => c.Runs).Where(r => !r.IsOver).OrderBy(r => r.Run.ScheduleTime.ToDateTimeOffset()).ToList();
            foreach (var run in runs)
            {
                if (run.Run.State == TransferState.Pending) Begin(run, runs, now);
                else if (run.Work!.IsCompleted && now >= run.Run.StartTime.ToDateTimeOffset()
                    + Options.RunningFor) over.Add(Finish(run, now));
            }
        }
        foreach (var run in over) notifications.Send(run);
    }

    internal IReadOnlyList<ConfigEntry> In(string location) => [.. configs.Where(c => c.Location == location)];

    internal ConfigEntry Add(string location, TransferConfig config)
    {
        var entry = new ConfigEntry(location, NewId(), config);
        Reschedule(entry);
        configs.Add(entry);
        return entry;
    }

    internal void Remove(ConfigEntry config) => configs.Remove(config);

    /// <summary>After its schedule was set or changed: the first run comes at the schedule's start, else at once or at the next fixed
    /// time.</summary>
    internal void Reschedule(ConfigEntry entry)
    {
        if (entry.ScheduleText is not { } text)
        {
            entry.NextRun = null;
            return;
        }
        var start = (entry.Config.ScheduleOptionsV2?.TimeBasedSchedule?.StartTime
            ?? entry.Config.ScheduleOptions?.StartTime)?.ToDateTimeOffset();
        var from = start > Now ? start.Value : Now;
        var schedule = Schedule.Parse(text);
        entry.NextRun = schedule.IsInterval ? from : schedule.Next(from);
    }

    /// <param name="schedule">Empty for runs started by hand.</param>
    internal RunEntry AddRun(ConfigEntry config, DateTimeOffset runTime, DateTimeOffset scheduleTime, string schedule)
    {
        var c = config.Config;
        var id = NewId();
        var run = new TransferRun
        {
            Name = $"{Shapes.NameOf(config)}/runs/{id}",
            ScheduleTime = scheduleTime.ToTimestamp(),
            RunTime = runTime.ToTimestamp(),
            UpdateTime = Now.ToTimestamp(),
            DataSourceId = c.DataSourceId,
            DestinationDatasetId = c.DestinationDatasetId,
            State = TransferState.Pending,
            Params = c.Params.Clone(),
            UserId = UserId,
            Schedule = schedule,
            ErrorStatus = new global::Google.Rpc.Status(),
            NotificationPubsubTopic = c.NotificationPubsubTopic,
            EmailPreferences = c.EmailPreferences?.Clone() ?? new EmailPreferences(),
        };
        var entry = new RunEntry(config, id, run);
        config.Runs.Add(entry);
        return entry;
    }

    private void StartScheduled(ConfigEntry config, DateTimeOffset now)
    {
        if (config.NextRun is not { } due || due > now || config.Config.Disabled) return;
        var end = config.Config.ScheduleOptionsV2?.TimeBasedSchedule?.EndTime ?? config.Config.ScheduleOptions?.EndTime;
        // A clock that runs fast would pile runs up: a due one waits for the one before it.
        if (config.Runs.Exists(r => !r.IsOver)) return;
        if (end is null || due < end.ToDateTimeOffset()) AddRun(config, due, due, config.ScheduleText!);
        config.NextRun = Schedule.Parse(config.ScheduleText!).Next(due > now.AddDays(-1) ? due : now);
    }

    private void Begin(RunEntry entry, List<RunEntry> unfinished, DateTimeOffset now)
    {
        var running = unfinished.Where(r => r.Run.State == TransferState.Running).ToList();
        if (now < entry.Run.ScheduleTime.ToDateTimeOffset() + Options.PendingFor || running.Count >= Options.RunsAtOnce
            || running.Exists(r => r.Config == entry.Config))
            return;
        entry.Run.State = TransferState.Running;
        entry.Run.StartTime = entry.Run.UpdateTime = now.ToTimestamp();
        entry.Say(now, Severity.Info,
            $"Dispatched run to data source with id {random.NextInt64(100_000_000_000_000, 999_999_999_999_999)}");
        var (name, runTime, watermark) = (entry.Run.Name, entry.Run.RunTime.ToDateTimeOffset(), entry.Config.LastSuccess);
        var config = new TransferConfig { DestinationDatasetId = entry.Run.DestinationDatasetId, Params = entry.Run.Params.Clone() };
        entry.Work = Task.Run(() => work.ExecuteAsync(name, config, runTime, watermark, stop.Token), stop.Token);
    }

    private TransferRun Finish(RunEntry entry, DateTimeOffset now)
    {
        var outcome = entry.Work!.IsCompletedSuccessfully
            ? entry.Work.Result
            : RunOutcome.Failed(Grpc.Core.StatusCode.Internal,
                (true, $"INTERNAL: {entry.Work.Exception?.InnerException?.Message ?? "cancelled"}"));
        foreach (var (isError, text) in outcome.Lines) entry.Say(now, isError ? Severity.Error : Severity.Info, text);
        entry.Run.State = outcome.State;
        entry.Run.EndTime = entry.Run.UpdateTime = now.ToTimestamp();
        entry.Run.ErrorStatus = outcome.Code == Grpc.Core.StatusCode.OK
            ? new global::Google.Rpc.Status()
            : new global::Google.Rpc.Status { Code = (int)outcome.Code, Message = outcome.StatusMessage };
        if (outcome.State == TransferState.Succeeded) entry.Config.LastSuccess = entry.Run.StartTime.ToDateTimeOffset();
        return Shapes.Show(entry.Run, Options);
    }

    /// <summary>Hex groups like a UUID's, which it is not.</summary>
    private string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        bytes[4] = bytes[5] = 0;
        var hex = Convert.ToHexStringLower(bytes);
        return $"{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..]}";
    }
}
