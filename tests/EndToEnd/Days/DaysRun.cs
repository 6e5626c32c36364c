using System.Text;
using RdsBq.Local;
using RdsBq.Local.Slack;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>
/// A source that drifts, clouds that fail, the shipped job and function; a day at a time, with everything checked at its end.
/// </summary>
internal sealed class DaysRun : IAsyncDisposable
{
    // As DROPPED_TABLE_GRACE says where it is not set.
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    private readonly PostgresCluster cluster;
    private readonly CopiedSource source;
    private readonly Developer developer;
    private readonly Random chance;
    private readonly Shelf shelf;
    private readonly Reader reader;
    private readonly Night night;
    private readonly StringBuilder diary = new();
    private Child? function;
    private int day;

    private DaysRun(int seed, PostgresCluster cluster, CopiedSource source, CloudRun run)
    {
        (this.cluster, this.source, Run) = (cluster, source, run);
        developer = new Developer(new Random(seed));
        chance = new Random(seed + 1);
        shelf = new Shelf(run, run.Environment.GetValueOrDefault("PUBLISH") != "each", Grace);
        reader = new Reader(run);
        night = new Night(run, shelf, diary);
    }

    public CloudRun Run { get; }

    /// <summary>What happened, for a failure's message.</summary>
    public string Diary => diary.ToString();

    public int Published => shelf.Facts().Count(f => f.Event == "published");

    /// <summary>Calls that were answered by a fault; what befalls exports, transfers and notifications is not among them.</summary>
    public int FaultsMet { get; private set; }

    public static async Task<DaysRun> StartAsync(int seed, IReadOnlyDictionary<string, string?> settings)
    {
        var cluster = await PostgresCluster.StartAsync();
        var source = new CopiedSource(cluster);
        await cluster.ExecuteAsync($"create database {source.Database}");
        var days = new DaysRun(
            seed, cluster, source, await CloudRun.StartAsync(new LocalOptions(Speed: 0) { Sample = source }, settings));
        foreach (var sql in days.developer.Begin()) await cluster.ExecuteAsync(sql, source.Database);
        // The snapshot that the cluster was born with.
        await source.TakeAsync(1);
        days.function = await days.Run.FunctionAsync();
        return days;
    }

    /// <param name="fine">Nothing goes wrong today.</param>
    public async Task DayAsync(bool fine)
    {
        var morning = Run.Cloud.Clock.GetUtcNow();
        diary.AppendLine($"--- day {++day}, {morning:yyyy-MM-dd HH:mm}");
        foreach (var sql in developer.Day())
        {
            diary.AppendLine($"sql: {(sql.Length > 200 ? sql[..200] + "…" : sql)}");
            await cluster.ExecuteAsync(sql, source.Database);
        }
        await night.CancelWhatHangsAsync();
        var truth = await SnapshotAsync();
        var weather = fine ? Weather.Fine : Weather.Of(chance, truth);
        diary.AppendLine(weather.ToString());
        var told = Run.Cloud.Slack.Messages.Count;
        await NightAsync(weather, truth);

        await shelf.LookAsync();
        diary.AppendLine(shelf.ToString());
        if (weather is { Attended: true, Loads: true })
            Assert.True(shelf.Newest is { IsPublished: true } newest && newest.Truth == truth, "an attended night was not published");
        await reader.CheckAsync(shelf.Expected());
        var tonight = shelf.Newest?.Truth == truth ? shelf.Newest : null;
        Told.Check(tonight, shelf.Before, [.. Run.Cloud.Slack.Messages.Skip(told).Select(SlackMessage.Render)]);
        Run.Cloud.Clock.Advance(morning + TimeSpan.FromDays(1) - Run.Cloud.Clock.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        reader.Dispose();
        await Run.DisposeAsync();
        await cluster.DisposeAsync();
    }

    private async Task NightAsync(Weather weather, Truth truth)
    {
        var met = FaultsInJournal();
        foreach (var fault in weather.Faults) Run.Cloud.Faults.Add(fault);
        if (!weather.FunctionUp && function is { } up)
        {
            function = null;
            await up.DisposeAsync();
        }
        if (await night.ExportAsync(weather.Attended) is { } task)
        {
            var run = RunTruth.Of(task.Id, truth, weather);
            shelf.Add(run);
            if (weather.Loads) await night.LoadAsync(weather.Attended, weather.FunctionUp, run.Stamp);
        }
        FaultsMet += FaultsInJournal() - met;
        Run.Cloud.Faults.Clear();
        function ??= await Run.FunctionAsync();
    }

    private async Task<Truth> SnapshotAsync()
    {
        var snapshot = Run.Cloud.Aws.Rds.CreateSnapshot(Run.Cloud.Source.Id, automated: true);
        await source.TakeAsync(snapshot.Number);
        await source.ForgetAsync(snapshot.Number - 3);
        Run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        return await Truth.ReadAsync(snapshot.Number, source.Copy(snapshot.Number));
    }

    private int FaultsInJournal() => Run.Cloud.Journal.Entries.Count(e => e.Fault is not null);
}
