using RdsBq.Local;

namespace RdsBq.EndToEnd.Tests;

/// <summary>
/// The job, killed (SIGKILL) before and after every outgoing call of its three kinds of invocation, and run again: <c>export</c>;
/// <c>load</c> that lands and starts the transfers; <c>load</c> that judges and publishes what nobody else has. STS, metadata server and
/// Secret Manager included; every call, none left out. Until the first call that changes anything victims follow each other in one world;
/// from there on each has a world of its own. The victims are processes; the reruns are the same program in this process.
/// </summary>
public sealed class KillJobTests
{
    private static readonly SmallSource Source = new();

    [Fact]
    public async Task Killed_at_any_call_and_run_again_the_job_ends_in_the_same_one_run()
    {
        var points = await PointsAsync();
        Assert.True(points.Count > 60, $"only {points.Count} kill points: the walk has lost its way");

        await KillWalk.AllAsync(KillWalk.Chains(points), StartAsync, WalkAsync);
    }

    private static Task<CloudRun> StartAsync() => CloudRun.StartAsync(new LocalOptions(Speed: 0) { Sample = Source });

    /// <summary>The undisturbed way; its journal is the list of places to kill at.</summary>
    private static async Task<List<KillPoint>> PointsAsync()
    {
        await using var run = await StartAsync();
        var points = new List<KillPoint>();
        var seen = 0;
        await PhaseAsync("export", "export");
        await run.ExportsEndAsync();
        await PhaseAsync("land", "load");
        await AllTransferredAsync(run);
        await PhaseAsync("publish", "load");
        await Promise.AssertKeptAsync(run, Source);
        Assert.Contains("no newer export is complete", (await run.MustAsync("load")).Output, StringComparison.Ordinal);
        return points;

        async Task PhaseAsync(string name, string verb)
        {
            seen = run.Cloud.Journal.Entries.Count;
            await run.MustAsync(verb);
            points.AddRange(KillWalk.Points(name, run.Cloud.Journal.Entries.Skip(seen)));
        }
    }

    private static async Task WalkAsync(CloudRun run, KillPoint[] chain)
    {
        if (chain[0].Phase == "export") await VerbAsync(run, "export", "export", chain);
        else run.Exported();
        await run.ExportsEndAsync();
        await VerbAsync(run, "land", "load", chain);
        await AllTransferredAsync(run);
        await VerbAsync(run, "publish", "load", chain);
        await Promise.AssertKeptAsync(run, Source);
    }

    /// <summary>Runs the verb to its end; in the phase of the kill points first as processes that are killed there.</summary>
    private static async Task VerbAsync(CloudRun run, string phase, string verb, KillPoint[] chain)
    {
        foreach (var point in chain.Where(p => p.Phase == phase))
        {
            var hung = KillWalk.Arm(run, point);
            await KillWalk.KillAsync(run, hung, run.StartJob(verb));
            // Beyond the minute for which BigQuery drops repeated insert ids: what is written twice must do no harm by itself.
            run.Cloud.Clock.Advance(TimeSpan.FromMinutes(2));
        }
        await run.MustAsync(verb);
    }

    /// <summary>Until the transfers are over, and past the function's turn: no function runs here.</summary>
    private static async Task AllTransferredAsync(CloudRun run)
    {
        await run.TransfersEndAsync();
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
    }
}
