using System.Diagnostics;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Local.PubSub;
using RdsBq.Local.Sources;
using RdsBq.Tests.Kit;

namespace RdsBq.Bench;

/// <summary>What reading an export cost.</summary>
/// <param name="ExportBytes">Of all objects of the export.</param>
/// <param name="ReadBytes">That S3 sent.</param>
public sealed record LoadFigures(Measured Process, int Files, long ExportBytes, long ReadBytes)
{
    /// <summary>1 % of the data, or 64 KB a file where that is more.</summary>
    public long ReadLimit => Math.Max(ExportBytes / 100, Files * 65_536L);
}

/// <summary>A local cloud with one complete export, and processes measured on it.</summary>
public sealed class LoadBench : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly LocalCloud cloud;
    private readonly Dictionary<string, string?> environment;
    private Child? function;

    private LoadBench(LocalCloud cloud)
    {
        this.cloud = cloud;
        environment = Exports.Settings(cloud).ToDictionary(s => s.Key, s => (string?)s.Value);
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
        environment["BENCH_KEY_ID"] = cloud.Estate.AdminKeyId;
        environment["BENCH_SECRET"] = cloud.Estate.AdminSecret;
    }

    /// <param name="speed">Of the clouds' clock while the load runs: slow, so that transfers take little of the machine.</param>
    public static async Task<LoadBench> StartAsync(Source source, double speed = 10)
    {
        var cloud = await LocalCloud.StartAsync(new LocalOptions(speed) { Sample = source }, TimeProvider.System);
        var bench = new LoadBench(cloud);
        try
        {
            await bench.ExportAsync();
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    public string Export => cloud.Aws.Rds.Tasks.Single().Id;

    /// <summary>The shipped <c>load</c>, from looking for exports to the last started transfer.</summary>
    public Task<LoadFigures> LoadAsync() => MeasureAsync(Tools.Built("jobs/Export", "rdsbq.dll"), "load");

    /// <summary>The same sums by reading every file whole, as many at a time.</summary>
    public Task<LoadFigures> WholeObjectsAsync() => MeasureAsync(typeof(LoadBench).Assembly.Location, WholeObjects.Verb, Export);

    /// <summary>The function judges every finished transfer and publishes: from its start to the published views, and its memory.</summary>
    public async Task<Measured> FunctionAsync()
    {
        var assembly = Tools.Built("functions/TransferNotify", "RdsBq.TransferNotify.dll");
        function = Child.Start("dotnet", [assembly], environment, AppContext.BaseDirectory);
        cloud.Clock.Speed = 600;
        var started = Stopwatch.GetTimestamp();
        await function.SeesAsync(" is published: ", Limit);
        return new Measured(0, function.Output, Measured.PeakOf(function.Id), Stopwatch.GetElapsedTime(started));
    }

    /// <summary>
    /// The events of a run, one after the other: first each as it comes first, then each once more, as Pub/Sub may deliver it. The cloud does not
    /// push: it would deliver them all at once.
    /// </summary>
    /// <returns>Milliseconds from request to answer: the medians of the first and of the second time.</returns>
    public async Task<(double First, double Again)> EventsAsync()
    {
        var port = Tools.FreePort();
        function = Child.Start(
            "dotnet", [Tools.Built("functions/TransferNotify", "RdsBq.TransferNotify.dll")],
            new Dictionary<string, string?>(environment) { ["PORT"] = $"{port}" }, AppContext.BaseDirectory);
        var bodies = await EndedAsync(200);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        // The first one also pays for the start, which is measured by itself.
        await Starts.PostAsync(http, bodies[0], function, Stopwatch.GetTimestamp());
        var first = await MedianAsync(http, bodies.Skip(1));
        if (!function.Output.Contains(" is published: ", StringComparison.Ordinal)) throw new InvalidOperationException(function.Output);
        return (first, await MedianAsync(http, bodies));
    }

    /// <summary>Each build in turn starts and handles twenty events that nobody has judged before; the last ones of the run stay away, so that none has to publish.</summary>
    /// <param name="times">Of each; the median by time to the first answer is kept.</param>
    public async Task<IReadOnlyDictionary<FunctionBuild, Start>> StartsAsync(IReadOnlyList<FunctionBuild> builds, int times)
    {
        var events = new Queue<string[]>((await EndedAsync(200)).Chunk(20));
        var own = new Dictionary<string, string?>(environment) { ["SLACK_TOKEN"] = cloud.Estate.SlackToken };
        var all = builds.ToDictionary(b => b, _ => new List<Start>());
        // Taken in turns: what else the machine does meets all of them.
        for (var i = 0; i < times; i++)
        {
            foreach (var build in builds) all[build].Add(await Starts.MeasureAsync(build, own, events.Dequeue()));
        }
        return all.ToDictionary(a => a.Key, a => a.Value.OrderBy(s => s.First).ElementAt(times / 2));
    }

    /// <summary>A tick of <c>load</c> that finds nothing to do, by each build in turn.</summary>
    public async Task<IReadOnlyDictionary<FunctionBuild, Measured>> TicksAsync(IReadOnlyList<FunctionBuild> builds, int times)
    {
        var all = builds.ToDictionary(b => b, _ => new List<Measured>());
        for (var i = 0; i < times; i++)
        {
            foreach (var build in builds) all[build].Add(await Measured.RunAsync(build.Program, [.. build.Arguments, "load"], environment, Limit));
        }
        return all.ToDictionary(a => a.Key, a => a.Value.OrderBy(m => m.Took).ElementAt(times / 2));
    }

    private async Task<double> MedianAsync(HttpClient http, IEnumerable<string> bodies)
    {
        var took = new List<double>();
        foreach (var body in bodies) took.Add(await Starts.PostAsync(http, body, function!, Stopwatch.GetTimestamp()));
        return took.Order().ElementAt(took.Count / 2);
    }

    /// <summary>The pushes of all transfer runs, once they have ended.</summary>
    private async Task<IReadOnlyList<string>> EndedAsync(int count)
    {
        cloud.Clock.Speed = 600;
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var messages = cloud.Topics.Published(Estate.NotificationTopic).ToList();
            if (messages.Count == count)
            {
                cloud.Clock.Speed = 1;
                return [.. messages.Select(m => Push.Body(m, "projects/p/subscriptions/s").ToJsonString())];
            }
            if (Stopwatch.GetElapsedTime(since) > Limit) throw new TimeoutException($"{messages.Count} of {count} transfers have ended.");
            await Task.Delay(100);
        }
    }

    /// <summary>Every transfer fails: from the function's start to the one message that says so, and its memory.</summary>
    public async Task<Measured> FunctionOnABadNightAsync()
    {
        cloud.Faults.Add(new Fault("dts.run", "fail", Times: 100_000, Code: "PERMISSION_DENIED", Message: "Access Denied"));
        function = Child.Start("dotnet", [Tools.Built("functions/TransferNotify", "RdsBq.TransferNotify.dll")], environment, AppContext.BaseDirectory);
        cloud.Clock.Speed = 600;
        var started = Stopwatch.GetTimestamp();
        while (!cloud.SlackTexts.Any(t => t.Contains("] 200 of 200 tables failed", StringComparison.Ordinal)))
        {
            if (Stopwatch.GetElapsedTime(started) > Limit) throw new TimeoutException(function.Output);
            await Task.Delay(100);
        }
        return new Measured(0, function.Output, Measured.PeakOf(function.Id), Stopwatch.GetElapsedTime(started));
    }

    public async ValueTask DisposeAsync()
    {
        if (function is not null) await function.DisposeAsync();
        await cloud.DisposeAsync();
    }

    private async Task ExportAsync()
    {
        var started = await Measured.RunAsync("dotnet", [Tools.Built("jobs/Export", "rdsbq.dll"), "export"], environment, Limit);
        if (started.ExitCode != 0) throw new InvalidOperationException(started.Output);
        var since = Stopwatch.GetTimestamp();
        while (!cloud.Aws.Rds.Tasks.All(t => t.IsFinal))
        {
            if (Stopwatch.GetElapsedTime(since) > Limit) throw new TimeoutException("The export does not end.");
            cloud.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(20);
        }
        cloud.Clock.Advance(TimeSpan.FromMinutes(6));
    }

    private async Task<LoadFigures> MeasureAsync(string assembly, params string[] arguments)
    {
        var seen = cloud.Journal.Entries.Count;
        var process = await Measured.RunAsync("dotnet", [assembly, .. arguments], environment, Limit);
        if (process.ExitCode != 0) throw new InvalidOperationException(process.Output);
        var read = cloud.Journal.Entries.Skip(seen).Where(e => e.Operation == "s3.GetObject").ToList();
        var objects = cloud.ObjectsOf(Estate.Bucket, $"{Estate.Prefix}/{Export}/");
        var files = objects.Count(o => o.Key.EndsWith(".parquet", StringComparison.Ordinal));
        return new LoadFigures(process, files, objects.Sum(o => o.Size), read.Sum(e => e.ResponseBytes));
    }
}
