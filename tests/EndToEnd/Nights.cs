using System.Text;
using RdsBq.Local;
using RdsBq.Local.Sources;

namespace RdsBq.EndToEnd.Tests;

/// <summary>
/// A small shop that is another one every night: <c>orders</c> has a row more, <c>old</c> is only there in the first, <c>fresh</c> from the second on.
/// </summary>
internal sealed class NightlySource : Source
{
    private static readonly SourceColumn[] Columns = [new("id", "bigint", false, Precision: 64), new("name", "text")];

    public override Engine Engine => Engine.PostgreSql;

    public override string Database => "shop";

    public override IReadOnlyList<string> SystemDatabases => [];

    public static int OrdersIn(int night) => 2 + night;

    public override Task<SourceSnapshot> OpenAsync(int number, CancellationToken token) => Task.FromResult<SourceSnapshot>(new Night(number));

    private sealed class Night(int number) : SourceSnapshot
    {
        public override IReadOnlyList<SourceTable> Tables { get; } =
            [.. ((string[])["items", number == 1 ? "old" : "fresh", "orders"]).Select(name => new SourceTable("public", name, Columns) { EstimatedRows = Rows(name, number) })];

        public override Task ReadAsync(SourceTable table, string partition, IReadOnlyList<SourceColumn> columns, IRowSink rows, CancellationToken token)
        {
            for (var i = 0; i < Rows(table.Name, number); i++)
            {
                rows.Int(i);
                rows.Bytes(Encoding.UTF8.GetBytes($"{table.Name} {i}"));
                rows.EndRow();
            }
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static int Rows(string table, int number) => table == "orders" ? OrdersIn(number) : 3;
    }
}

/// <summary>Nights in a local cloud whose clock this moves: each takes a snapshot, exports, lands, proves and publishes it with the shipped job.</summary>
internal sealed class Nights : IAsyncDisposable
{
    private readonly List<string> runs = [];

    private Nights(CloudRun run) => Run = run;

    public CloudRun Run { get; }

    /// <summary>Run times, oldest first.</summary>
    public IReadOnlyList<string> Runs => runs;

    public static async Task<Nights> StartAsync() => new(await CloudRun.StartAsync(new LocalOptions(Speed: 0) { Sample = new NightlySource() }));

    public async Task ExportAsync()
    {
        if (runs.Count > 0)
        {
            Run.Cloud.Clock.Advance(TimeSpan.FromHours(20));
            Assert.True(Run.Cloud.TrySnapshot(null, out _));
            Run.Cloud.Clock.Advance(TimeSpan.FromHours(1));
        }
        runs.Add((await Run.MustAsync("export")).Output.Split("run time ")[1].Split(' ')[0]);
    }

    public async Task LandAsync()
    {
        await Run.ExportsEndAsync();
        await Run.MustAsync("load");
    }

    /// <summary>The transfers end, and past the function's turn <c>load</c> judges them: no function runs here.</summary>
    public async Task<Ended> JudgeAsync()
    {
        await Run.TransfersEndAsync();
        Run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        return await Run.CallAsync("load");
    }

    public async Task PublishedAsync(int nights = 1)
    {
        for (var night = 0; night < nights; night++)
        {
            await ExportAsync();
            await LandAsync();
            var judged = await JudgeAsync();
            Assert.True(judged.ExitCode == 0 && judged.Output.Contains($"run {runs[^1]} is published", StringComparison.Ordinal), judged.ToString());
        }
    }

    /// <summary>What readers of the view count; null where there is no view, or nothing under it.</summary>
    public async Task<string?> RowsAsync(string view)
    {
        try
        {
            return (await Run.QueryAsync($"SELECT COUNT(*) FROM `{Estate.Project}.{Run.Dataset}.{view}`"))[0][0];
        }
        catch (InvalidOperationException e) when (e.Message.StartsWith("Not found", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>Runs a verb of which the journal must show reads only.</summary>
    public async Task<Ended> ReadOnlyAsync(params string[] arguments)
    {
        var seen = Run.Cloud.Journal.Entries.Count;
        var ended = await Run.CallAsync(arguments);
        var calls = Run.Cloud.Journal.Entries.Skip(seen).ToList();
        Assert.NotEmpty(calls);
        // STS hands out credentials and changes nothing that anybody else sees.
        Assert.DoesNotContain(calls, c => c.Mutates && !c.Operation.StartsWith("sts.", StringComparison.Ordinal));
        return ended;
    }

    public ValueTask DisposeAsync() => Run.DisposeAsync();
}
