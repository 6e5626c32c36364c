namespace RdsBq.EndToEnd.Tests;

/// <summary>A config's path can't be updated: what happens when the settings ask for another one.</summary>
public sealed class SyncPathTests
{
    // The same ids and so the same exports, in another spelling and so another path.
    private const string Respelled = "export-id-local-{run_time|\"%Y%m%d\"}-{run_time|\"%H%M\"}";

    [Fact]
    public async Task Load_sends_to_sync_which_makes_the_new_config_before_the_old_one_goes()
    {
        await using var rig = await SyncRig.StartAsync();
        await rig.ExportedAsync();
        await rig.MustAsync("sync");
        rig.Changed["EXPORT_ID_TEMPLATE"] = Respelled;
        var load = await rig.JobAsync("load");
        Assert.Equal(1, load.ExitCode);
        Assert.Contains("A config's path and table can't be changed.", load.ErrorLines[^2], StringComparison.Ordinal);
        Assert.Contains("Run rdsbq sync", load.ErrorLines[^1], StringComparison.Ordinal);

        IReadOnlyList<string> lines = [];
        var calls = await rig.DuringAsync(async () => lines = await rig.MustAsync("sync"));
        Assert.Equal("sync: 3 recreated", lines[^1]);
        Assert.Contains("reads s3://", lines[0], StringComparison.Ordinal);
        var writes = calls.Select(c => c.Operation).Where(o => o is "dts.CreateTransferConfig" or "dts.DeleteTransferConfig").ToList();
        Assert.Equal((3, 3), (writes.Count(w => w == "dts.CreateTransferConfig"), writes.Count(w => w == "dts.DeleteTransferConfig")));
        Assert.Equal("dts.CreateTransferConfig", writes[0]);
        Assert.Equal(3, rig.Names().Count());
        await rig.MustAsync("load");
        Assert.Equal(3, rig.Run.Transfers().Count);
    }

    [Fact]
    public async Task A_config_that_a_run_still_needs_stays_until_the_run_is_published()
    {
        await using var rig = await SyncRig.StartAsync();
        await rig.ExportedAsync();
        await rig.MustAsync("load");
        rig.Changed["EXPORT_ID_TEMPLATE"] = Respelled;
        var lines = await rig.MustAsync("sync");
        Assert.Equal("sync: 3 created, 3 left for the next sync", lines[^1]);
        Assert.Contains("a run that is not published yet uses it", lines[1], StringComparison.Ordinal);
        Assert.Equal(6, rig.Names().Count());
        Assert.Equal(3, rig.Run.Transfers().Count);

        await rig.TransferredAsync();
        Assert.Contains("is published", (await rig.MustAsync("load"))[^1], StringComparison.Ordinal);
        Assert.Equal("sync: 3 retired, 3 right as they are", (await rig.MustAsync("sync"))[^1]);
        Assert.Equal(3, rig.Names().Count());
    }
}
