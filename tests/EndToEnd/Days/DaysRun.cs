using System.Text;
using RdsBq.Local;
using RdsBq.Local.Rds;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>A source that drifts, clouds that fail, the shipped job and function; a day at a time, with everything checked at its end.</summary>
internal sealed class DaysRun : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(5);
    // As DROPPED_TABLE_GRACE says where it is not set.
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);
    private const int MostTicks = 12;

    private readonly PostgresCluster cluster;
    private readonly CopiedSource source;
    private readonly CloudRun run;
    private readonly Developer developer;
    private readonly Random chance;
    private readonly Shelf shelf;
    private readonly Reader reader;
    private readonly StringBuilder diary = new();
    // Events whose next delivery is long in coming, because the function was down for some.
    private readonly HashSet<string> late = [];
    private Child? function;
    private int day;

    private DaysRun(int seed, PostgresCluster cluster, CopiedSource source, CloudRun run)
    {
        (this.cluster, this.source, this.run) = (cluster, source, run);
        developer = new Developer(new Random(seed));
        chance = new Random(seed + 1);
        shelf = new Shelf(run, run.Environment.GetValueOrDefault("PUBLISH") != "each", Grace);
        reader = new Reader(run, run.Environment.GetValueOrDefault("TYPES") != "raw");
    }

    /// <summary>What happened, for a failure's message.</summary>
    public string Diary => diary.ToString() + string.Join("\n", spent.Select(x => $"SPENT {x.Key} {x.Value.TotalSeconds:f1}"));

    public CloudRun Run => run;

    public int Published => shelf.Facts().Count(f => f.Event == "published");

    public int FaultsMet { get; private set; }

    public static async Task<DaysRun> StartAsync(int seed, IReadOnlyDictionary<string, string?> settings)
    {
        var cluster = await PostgresCluster.StartAsync();
        var source = new CopiedSource(cluster);
        await cluster.ExecuteAsync($"create database {source.Database}");
        var days = new DaysRun(seed, cluster, source, await CloudRun.StartAsync(new LocalOptions(Speed: 0) { Sample = source }, settings));
        foreach (var sql in days.developer.Begin()) await cluster.ExecuteAsync(sql, source.Database);
        // The snapshot that the cluster was born with.
        await source.TakeAsync(1);
        days.function = await days.run.FunctionAsync();
        return days;
    }

    /// <param name="fine">Nothing goes wrong today.</param>
    public async Task DayAsync(bool fine)
    {
        var morning = run.Cloud.Clock.GetUtcNow();
        Say($"--- day {++day}, {morning:yyyy-MM-dd HH:mm}");
        foreach (var sql in developer.Day())
        {
            Say($"sql: {(sql.Length > 200 ? sql[..200] + "…" : sql)}");
            await TimedAsync("sql", cluster.ExecuteAsync(sql, source.Database));
        }
        await CancelWhatHangsAsync();
        var truth = await TimedAsync("snapshot", SnapshotAsync());
        var weather = fine ? Weather.Fine : Weather.Of(chance, truth);
        Say(weather.ToString());
        await NightAsync(weather, truth);
        await TimedAsync("look", shelf.LookAsync());
        Say(shelf.ToString());
        if (weather is { Attended: true, Loads: true }) Assert.True(shelf.Newest is { IsPublished: true } newest && newest.Truth == truth, "the night was attended, but its run is not published");
        await TimedAsync("check", reader.CheckAsync(shelf.Expected()));
        run.Cloud.Clock.Advance(morning + TimeSpan.FromDays(1) - run.Cloud.Clock.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        reader.Dispose();
        await run.DisposeAsync();
        await cluster.DisposeAsync();
    }

    private async Task NightAsync(Weather weather, Truth truth)
    {
        var met = run.Cloud.Journal.Entries.Count(e => e.Fault is not null);
        foreach (var fault in weather.Faults) run.Cloud.Faults.Add(fault);
        if (!weather.FunctionUp && function is { } up)
        {
            function = null;
            await up.DisposeAsync();
        }
        if (await ExportAsync(weather) is { } task)
        {
            var stamp = task.Id["export-id-local-".Length..].Replace("-", "", StringComparison.Ordinal);
            shelf.Add(RunOf(stamp, truth, weather));
            run.Cloud.Clock.Advance(Tick + TimeSpan.FromMinutes(1));
            if (weather.Loads) await LoadAsync(weather, stamp);
        }
        FaultsMet += run.Cloud.Journal.Entries.Count(e => e.Fault is not null) - met;
        run.Cloud.Faults.Clear();
        function ??= await run.FunctionAsync();
    }

    private static RunTruth RunOf(string stamp, Truth truth, Weather weather)
    {
        var there = truth.Tables.Where(t => !weather.Lost.Contains(t.Source)).ToLookup(t => t.LeftOut || weather.Skipped.Contains(t.Source));
        return new RunTruth(stamp, truth, [.. there[false]], there[true].Select(t => t.Source).ToHashSet());
    }

    private async Task<Truth> SnapshotAsync()
    {
        var snapshot = run.Cloud.Aws.Rds.CreateSnapshot(run.Cloud.Source.Id, automated: true);
        await source.TakeAsync(snapshot.Number);
        await source.ForgetAsync(snapshot.Number - 3);
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        return await Truth.ReadAsync(snapshot.Number, source.Copy(snapshot.Number));
    }

    /// <summary>Calls <c>export</c> until its task is complete; null where it came to no good and nobody was there.</summary>
    private async Task<ExportTask?> ExportAsync(Weather weather)
    {
        for (var calls = 0; calls < 8; calls++)
        {
            var ended = await CallAsync("export");
            if (ended.ExitCode == 0)
            {
                var task = await TimedAsync("export", EndAsync());
                if (task.Status == ExportTask.Complete) return task;
                Say($"export task {task.Id} is {task.Status}");
                if (!weather.Attended) return null;
                await CancelWhatHangsAsync();
            }
            run.Cloud.Clock.Advance(Tick);
        }
        throw new InvalidOperationException("eight calls of export have come to nothing");
    }

    /// <summary>The newest task, when it is over or has not begun for an hour.</summary>
    private async Task<ExportTask> EndAsync()
    {
        var until = run.Cloud.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        await run.EventuallyAsync(() => Newest().IsFinal || IsStuck(), "the export ends", TimeSpan.FromMinutes(4));
        return Newest();

        // One that writes is waited for: it does so in real time.
        bool IsStuck() => Newest().Status == ExportTask.Starting && run.Cloud.Clock.GetUtcNow() > until;
    }

    private ExportTask Newest() => run.Cloud.Aws.Rds.Tasks[^1];

    /// <summary>A person ends a task that does not move.</summary>
    private async Task CancelWhatHangsAsync()
    {
        foreach (var task in run.Cloud.Aws.Rds.Tasks.Where(t => !t.IsFinal)) run.Cloud.Aws.Rds.CancelExport(task.Id);
        await run.EventuallyAsync(() => run.Cloud.Aws.Rds.Tasks.All(t => t.IsFinal), "the task is cancelled", TimeSpan.FromMinutes(1));
    }

    /// <summary>The scheduler's ticks, until the run is published or nothing more will come of it.</summary>
    private async Task LoadAsync(Weather weather, string stamp)
    {
        var retry = false;
        for (var ticks = 0; ticks < MostTicks; ticks++)
        {
            var ended = await CallAsync(retry ? ["load", "--retry"] : ["load"]);
            if (shelf.Facts().Contains((stamp, "published"))) return;
            await TimedAsync("transfers", run.TransfersEndAsync());
            await TimedAsync("function", FunctionEndsAsync());
            if (shelf.Facts().Contains((stamp, "published"))) return;
            retry = weather.Attended && ended.ExitCode == 1;
            // The person has mended the cause before.
            if (retry) run.Cloud.Faults.Clear();
            run.Cloud.Clock.Advance(Tick);
        }
    }

    /// <summary>What the function gets it has a moment of real time for; <c>load</c> judges the rest.</summary>
    private async Task FunctionEndsAsync()
    {
        if (function is null) return;
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(3))
        {
            var done = run.Cloud.Topics.Attempts.Where(a => a.Acknowledged).Select(a => a.MessageId).ToHashSet();
            if (run.Cloud.Topics.Published(Estate.NotificationTopic).All(m => done.Contains(m.Id) || late.Contains(m.Id))) return;
            await Task.Delay(10);
        }
        late.UnionWith(run.Cloud.Topics.Published(Estate.NotificationTopic).Select(m => m.Id));
    }

    private async Task<Ended> CallAsync(params string[] arguments)
    {
        var (seen, facts) = (run.Cloud.Journal.Entries.Count, shelf.Facts());
        var ended = await TimedAsync(arguments[0], run.CallAsync(arguments));
        Say($"{string.Join(' ', arguments)}: {ended}");
        shelf.NotePlans(facts);
        foreach (var call in run.Cloud.Journal.Entries.Skip(seen).Where(e => e.Fault is not null)) Say($"met: {call.Operation} {call.Subject}: {call.Fault}");
        return ended;
    }

    private readonly Dictionary<string, TimeSpan> spent = [];

    private async Task<T> TimedAsync<T>(string what, Task<T> task)
    {
        var started = TimeProvider.System.GetTimestamp();
        var result = await task;
        spent[what] = spent.GetValueOrDefault(what) + TimeProvider.System.GetElapsedTime(started);
        return result;
    }

    private async Task TimedAsync(string what, Task task)
    {
        var started = TimeProvider.System.GetTimestamp();
        await task;
        spent[what] = spent.GetValueOrDefault(what) + TimeProvider.System.GetElapsedTime(started);
    }

    private void Say(string line) => diary.Append(line).Append('\n');
}
