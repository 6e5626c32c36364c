using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using RdsBq.Local;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>
/// A local cloud in this process, and the shipped job and function against it. At speed 0 (the default here) its clock moves only when the
/// test says so.
/// Everything that is said on the way is kept for <see cref="SecretsCheck"/>.
/// </summary>
internal sealed class CloudRun : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private readonly HttpClient http;
    private readonly ConcurrentBag<Child> children = [];
    private readonly ConcurrentBag<string> said = [];

    private CloudRun(LocalCloud cloud, IReadOnlyDictionary<string, string?>? settings)
    {
        Cloud = cloud;
        http = new HttpClient { BaseAddress = new Uri(cloud.Google.Rest, $"/bigquery/v2/projects/{Estate.Project}/") };
        var all = ExportVerbProcess.Settings();
        foreach (var (name, value) in Exports.Settings(cloud)) all[name] = value;
        // These processes live for a second: profiling themselves to run faster later is time lost.
        all["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>()) all[name] = value;
        Environment = all;
    }

    public LocalCloud Cloud { get; }

    /// <summary>Settings of job and function; a null takes one of the machine's own away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; }

    /// <summary>Where the published views are.</summary>
    public string Dataset => Environment["BIGQUERY_DATASET"]!;

    /// <summary>Output and error output of everything that has run here.</summary>
    public IEnumerable<string> Said => said.Concat(children.SelectMany(c => new[] { c.Output, c.Error }));

    /// <param name="settings">Of job and function, over those that the local cloud gives.</param>
    public static async Task<CloudRun> StartAsync(LocalOptions? options = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var run = new CloudRun(await LocalCloud.StartAsync(options ?? new LocalOptions(Speed: 0, Scale: 0.002), TimeProvider.System), settings);
        // On a clock that stands still a fresh table would be deaf for good.
        if (run.Cloud.Clock.Speed == 0) run.Cloud.Warehouse.StreamingWarmup = TimeSpan.Zero;
        return run;
    }

    /// <summary>The job as a process of its own.</summary>
    public Child StartJob(params string[] arguments) => Start("jobs/Export", "rdsbq.dll", arguments);

    public async Task<Ended> JobAsync(params string[] arguments)
    {
        var child = StartJob(arguments);
        return new Ended(await child.WaitAsync(Limit), child.Output, child.Error);
    }

    /// <summary>The same program in this process, which must end well: saves the start where nobody is going to kill it.</summary>
    public async Task<Ended> MustAsync(params string[] arguments)
    {
        var ended = await CallAsync(arguments);
        return ended.ExitCode == 0 ? ended : throw new InvalidOperationException($"{string.Join(' ', arguments)}: {ended}");
    }

    /// <summary>The same program in this process, however it ends.</summary>
    public async Task<Ended> CallAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var settings = Environment.Where(e => e.Value is not null).ToDictionary(e => e.Key, e => e.Value!);
        using var limit = new CancellationTokenSource(Limit);
        var code = await Export.Job.RunAsync(
            arguments, settings, TextWriter.Synchronized(output), TextWriter.Synchronized(error), TimeProvider.System, false, limit.Token);
        var ended = new Ended(code, output.ToString(), error.ToString());
        said.Add(ended.ToString());
        return ended;
    }

    /// <summary>The function as a process of its own, listening.</summary>
    public async Task<Child> FunctionAsync()
    {
        var child = Start("functions/TransferNotify", "RdsBq.TransferNotify.dll", []);
        await EventuallyAsync(async () =>
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync("127.0.0.1", Cloud.FunctionPort);
                return true;
            }
            catch (SocketException) when (!child.HasExited)
            {
                return false;
            }
        }, "the function listens");
        return child;
    }

    /// <summary>What an undisturbed <c>export</c> leaves behind, without the process: the task, under the id that it would have.</summary>
    public void Exported()
    {
        var snapshot = Cloud.Aws.Rds.Snapshots.Single(s => s.Source.Id == Cloud.Source.Id);
        var id = $"export-id-local-{Cloud.Clock.GetUtcNow():yyyyMMdd-HHmm}";
        Cloud.Aws.Rds.StartExport(new(
            id, snapshot.Arn, Estate.Bucket, Estate.Prefix, Estate.ExportRoleArn, Estate.KmsKeyArn, [Cloud.Source.Databases[0]]));
    }

    /// <summary>Moves the clock until every export task is over, and five minutes on, so that DTS sees the files.</summary>
    public async Task ExportsEndAsync()
    {
        await EventuallyAsync(() => Cloud.Aws.Rds.Tasks.All(t => t.IsFinal), "the export ends", TimeSpan.FromMinutes(4));
        Cloud.Clock.Advance(TimeSpan.FromMinutes(6));
    }

    /// <summary>Moves the clock until no transfer run is under way.</summary>
    public Task TransfersEndAsync() =>
        EventuallyAsync(() => Transfers().All(t => t.IsOver), "the transfer runs end", TimeSpan.FromSeconds(20));

    /// <summary>Every transfer run, with its config's display name.</summary>
    public IReadOnlyList<TransferSeen> Transfers()
    {
        lock (Cloud.Transfers.Gate)
        {
            var runs = Cloud.Transfers.In(Estate.Location).SelectMany(c => c.Runs);
            return
            [
                .. runs.Select(r => new TransferSeen(
                    r.Config.Config.DisplayName, r.Run.RunTime.ToDateTimeOffset(), r.Run.State.ToString(), r.IsOver)),
            ];
        }
    }

    public IReadOnlyList<string> TransferConfigs()
    {
        lock (Cloud.Transfers.Gate) return [.. Cloud.Transfers.In(Estate.Location).Select(c => c.Config.DisplayName)];
    }

    /// <summary>Asks the local BigQuery as any client would; the first 10,000 rows as text.</summary>
    public async Task<List<string?[]>> QueryAsync(string sql)
    {
        var query = new JsonObject { ["query"] = sql, ["useLegacySql"] = false, ["location"] = Estate.Location, ["maxResults"] = 10_000 };
        using var request = new HttpRequestMessage(HttpMethod.Post, "queries") { Content = JsonContent.Create(query) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Cloud.Aws.Metadata.Identity.AccessToken().Token);
        using var response = await http.SendAsync(request);
        var answer = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        if (answer["error"] is { } error) throw new InvalidOperationException($"{error["message"]} ({sql})");
        return [.. (answer["rows"]?.AsArray() ?? []).Select(r => r!["f"]!.AsArray().Select(f => f!["v"]?.GetValue<string>()).ToArray())];
    }

    /// <summary>As a person would who tidies up.</summary>
    public async Task DropViewAsync(string view)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"datasets/{Dataset}/tables/{view}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Cloud.Aws.Metadata.Identity.AccessToken().Token);
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary><c>SELECT … FROM ledger …</c></summary>
    public Task<List<string?[]>> LedgerAsync(string select, string rest = "") =>
        QueryAsync($"SELECT {select} FROM `{Estate.Project}.{Dataset}_landing.rdsbq_ledger` {rest}");

    /// <summary>Looks every 10 ms, moving the clock between looks by <paramref name="advance"/>.</summary>
    public Task EventuallyAsync(Func<bool> holds, string what, TimeSpan advance = default) =>
        EventuallyAsync(() => Task.FromResult(holds()), what, advance);

    public async Task EventuallyAsync(Func<Task<bool>> holds, string what, TimeSpan advance = default)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Limit)
                throw new TimeoutException($"Not within {Limit}: {what}.\n{string.Join('\n', Said)}");
            if (advance > TimeSpan.Zero) Cloud.Clock.Advance(advance);
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in children) await child.DisposeAsync();
        http.Dispose();
        await Cloud.DisposeAsync();
    }

    // Not the checkout's root: a target_tables.txt there would be taken for the test's.
    private Child Start(string project, string assembly, string[] arguments)
    {
        var child = Child.Start("dotnet", [Tools.Built(project, assembly), .. arguments], Environment, AppContext.BaseDirectory);
        children.Add(child);
        return child;
    }
}

/// <summary>A transfer run as the service knows it.</summary>
internal sealed record TransferSeen(string Config, DateTimeOffset RunTime, string State, bool IsOver);
