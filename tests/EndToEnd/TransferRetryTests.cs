using RdsBq.Local;
using RdsBq.Local.Hosting;

namespace RdsBq.EndToEnd.Tests;

/// <summary>What fails for a cause that passes is started again, three times at growing gaps; what fails for another waits for a person. No tick knows of another.</summary>
public sealed class TransferRetryTests
{
    private static readonly TimeSpan FunctionsTurn = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_cause_that_passes_is_tried_again_until_it_has_passed()
    {
        await using var run = await LandedAsync(new Fault("dts.run", "fail", "orders_", Times: 2, Code: "RESOURCE_EXHAUSTED", Message: "Quota Exceeded."));
        foreach (var gap in new[] { 5, 10 })
        {
            await TickAsync(run);
            var runs = Runs(run, "orders");
            // Where the machine is slow the clock is past that minute already.
            if (Reach(run, TimeSpan.FromMinutes(gap - 1)))
            {
                await TickAsync(run);
                Assert.Equal(runs, Runs(run, "orders"));
            }
            // The job reads the clouds' time from a header of whole seconds.
            Reach(run, TimeSpan.FromMinutes(gap) + TimeSpan.FromSeconds(5));
            // As processes: nothing but the clouds can have counted.
            Assert.Equal(0, (await run.JobAsync("load")).ExitCode);
            Assert.Equal(runs + 1, Runs(run, "orders"));
            await EndedAsync(run);
        }
        Assert.Contains("is published", await TickAsync(run), StringComparison.Ordinal);
        Assert.Equal((3, 1), (Runs(run, "orders"), Runs(run, "items")));
    }

    [Fact]
    public async Task Three_more_runs_are_enough_and_a_cause_that_does_not_pass_gets_none()
    {
        await using var run = await LandedAsync(
            new Fault("dts.run", "fail", "orders_", Times: 9, Code: "INTERNAL", Message: "Oops."),
            new Fault("dts.run", "fail", "items_", Times: 9, Code: "INVALID_ARGUMENT", Message: "Provided Schema does not match."));
        for (var i = 0; i < 8; i++)
        {
            await TickAsync(run);
            run.Cloud.Clock.Advance(TimeSpan.FromMinutes(21));
            await TickAsync(run);
            await EndedAsync(run);
        }
        var stuck = await run.CallAsync("load");
        Assert.Equal(1, stuck.ExitCode);
        Assert.Contains("4 transfer runs failed, the last with INTERNAL", stuck.Output, StringComparison.Ordinal);
        Assert.Contains("the transfer run failed with INVALID_ARGUMENT", stuck.Output, StringComparison.Ordinal);
        Assert.Equal((4, 1), (Runs(run, "orders"), Runs(run, "items")));
        Assert.Equal("0", (await run.LedgerAsync("COUNT(*)", "WHERE event = 'published'"))[0][0]);
    }

    private static async Task<CloudRun> LandedAsync(params Fault[] faults)
    {
        var run = await CloudRun.StartAsync(new LocalOptions(Speed: 0) { Sample = new SmallSource() });
        foreach (var fault in faults) run.Cloud.Faults.Add(fault);
        run.Exported();
        await run.ExportsEndAsync();
        await run.MustAsync("load");
        await EndedAsync(run);
        return run;
    }

    private static async Task EndedAsync(CloudRun run)
    {
        await run.TransfersEndAsync();
        run.Cloud.Clock.Advance(FunctionsTurn);
    }

    /// <summary>Moves the clock to so long after the end of the newest run of orders; false where it is later already.</summary>
    private static bool Reach(CloudRun run, TimeSpan afterTheEnd)
    {
        DateTimeOffset due;
        lock (run.Cloud.Transfers.Gate)
        {
            var runs = run.Cloud.Transfers.In(Estate.Location).Single(c => c.Config.DisplayName == "shop-orders-transfer").Runs;
            due = runs.Max(r => r.Run.EndTime.ToDateTimeOffset()) + afterTheEnd;
        }
        var wait = due - run.Cloud.Clock.GetUtcNow();
        if (wait <= TimeSpan.Zero) return false;
        run.Cloud.Clock.Advance(wait);
        return true;
    }

    private static async Task<string> TickAsync(CloudRun run) => (await run.CallAsync("load")).Output;

    private static int Runs(CloudRun run, string view) => run.Transfers().Count(t => t.Config == $"shop-{view}-transfer");
}
