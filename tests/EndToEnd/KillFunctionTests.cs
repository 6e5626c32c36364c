using RdsBq.Local;

namespace RdsBq.EndToEnd.Tests;

/// <summary>
/// The function, killed (SIGKILL) before and after every outgoing call while it handles the last table's success; Pub/Sub delivers it
/// again, to a function that has been started anew.
/// </summary>
public sealed class KillFunctionTests
{
    private static readonly SmallSource Source = new(batches: false);

    [Fact]
    public async Task Killed_at_any_call_and_told_again_the_function_publishes_once()
    {
        var points = await PointsAsync();
        Assert.True(points.Count > 16, $"only {points.Count} kill points: the walk has lost its way");

        await KillWalk.AllAsync([.. points.Select(p => new[] { p })], StartAsync, WalkAsync);
    }

    private static Task<CloudRun> StartAsync() => CloudRun.StartAsync(new LocalOptions(Speed: 0) { Sample = Source });

    private static async Task<List<KillPoint>> PointsAsync()
    {
        await using var run = await StartAsync();
        await LandedAsync(run);
        await using var function = await run.FunctionAsync();
        var seen = run.Cloud.Journal.Entries.Count;
        await run.TransfersEndAsync();
        await AcknowledgedAsync(run);
        var points = KillWalk.Points("function", run.Cloud.Journal.Entries.Skip(seen)).ToList();
        await Promise.AssertKeptAsync(run, Source);
        return points;
    }

    private static async Task WalkAsync(CloudRun run, KillPoint[] chain)
    {
        await LandedAsync(run);
        await using (var victim = await run.FunctionAsync())
        {
            var hung = KillWalk.Arm(run, chain[0]);
            await run.TransfersEndAsync();
            await KillWalk.KillAsync(run, hung, victim);
        }
        await using var again = await run.FunctionAsync();
        await AcknowledgedAsync(run);
        Assert.True(run.Cloud.Topics.Attempts.Count > 1, "the event was delivered only once");
        await Promise.AssertKeptAsync(run, Source);
    }

    /// <summary>Transfer runs are started, and stand until the clock moves.</summary>
    private static async Task LandedAsync(CloudRun run)
    {
        run.Exported();
        await run.ExportsEndAsync();
        await run.MustAsync("load");
    }

    private static Task AcknowledgedAsync(CloudRun run) =>
        run.EventuallyAsync(() => run.Cloud.Topics.Attempts.Any(a => a.Acknowledged), "the function acknowledges the event");
}
