using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Local.Sources;
using RdsBq.Local.Transfers;

namespace RdsBq.EndToEnd.Tests;

/// <summary>A local cloud, and the shipped job in this process with a list of target tables and settings of the test's own.</summary>
internal sealed class SyncRig : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rdsbq-sync-").FullName;

    private SyncRig(CloudRun run) => Run = run;

    public CloudRun Run { get; }

    public LocalCloud Cloud => Run.Cloud;

    public Dictionary<string, string> Changed { get; } = [];

    public static async Task<SyncRig> StartAsync(Source? source = null) =>
        new(await CloudRun.StartAsync(new LocalOptions(Speed: 0, Scale: 0.002) { Sample = source ?? new PlainSource("shop", "public.orders", "public.items", "audit.log") }));

    /// <summary>The lines of <c>target_tables.txt</c> from now on.</summary>
    public void List(params IEnumerable<string> lines)
    {
        var path = Path.Combine(folder, "target_tables.txt");
        File.WriteAllLines(path, lines);
        Changed["TARGET_TABLES"] = path;
    }

    public async Task<Ended> JobAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var settings = Run.Environment.Where(e => e.Value is not null).ToDictionary(e => e.Key, e => e.Value!);
        foreach (var (name, value) in Changed) settings[name] = value;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var code = await Export.Job.RunAsync(
            arguments, settings, TextWriter.Synchronized(output), TextWriter.Synchronized(error), TimeProvider.System, false, limit.Token);
        var ended = new Ended(code, output.ToString(), error.ToString());
        Assert.Empty(SecretsCheck.Find(ended.ToString(), Cloud.Confidential));
        return ended;
    }

    /// <summary>The output's lines of a job that must end well.</summary>
    public async Task<IReadOnlyList<string>> MustAsync(params string[] arguments)
    {
        var ended = await JobAsync(arguments);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        return ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>What reached the Data Transfer Service while <paramref name="act"/> ran.</summary>
    public async Task<IReadOnlyList<JournalEntry>> DuringAsync(Func<Task> act)
    {
        var seen = Cloud.Journal.Entries.Count;
        await act();
        return [.. Cloud.Journal.Entries.Skip(seen)];
    }

    /// <summary>Display name and path of every config.</summary>
    public IReadOnlyList<(string Name, string Path, string Secret, bool Disabled)> Configs()
    {
        lock (Cloud.Transfers.Gate)
        {
            return
            [
                .. Cloud.Transfers.In(Estate.Location).Select(c => c.Config).OrderBy(c => c.DisplayName, StringComparer.Ordinal).Select(c => (
                    c.DisplayName, c.Params.Fields["data_path"].StringValue, c.Params.Fields["secret_access_key"].StringValue, c.Disabled)),
            ];
        }
    }

    public IEnumerable<string> Names() => Configs().Select(c => c.Name);

    /// <summary>Changes a config behind the job's back, as a person does.</summary>
    public void Alter(string name, Action<ConfigEntry> change)
    {
        lock (Cloud.Transfers.Gate) change(Cloud.Transfers.In(Estate.Location).Single(c => c.Config.DisplayName == name));
    }

    /// <summary>Somebody else's config, in our landing dataset even, made after one of ours.</summary>
    public void AddForeign(string name = "their nightly copy")
    {
        lock (Cloud.Transfers.Gate)
        {
            var config = Cloud.Transfers.In(Estate.Location)[0].Config.Clone();
            config.DisplayName = name;
            config.Params.Fields["data_path"].StringValue = "s3://theirs/a.parquet";
            Cloud.Transfers.Add(Estate.Location, config);
        }
    }

    /// <summary>An export of what the job asks for, complete and old enough to be loaded.</summary>
    public async Task ExportedAsync()
    {
        await MustAsync("export");
        await Run.ExportsEndAsync();
    }

    /// <summary>Until the transfers are over, and past the function's turn: no function runs here.</summary>
    public async Task TransferredAsync()
    {
        await Run.TransfersEndAsync();
        Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
    }

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
