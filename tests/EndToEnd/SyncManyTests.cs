using System.Diagnostics;
using RdsBq.Local.Hosting;
using Xunit.Abstractions;

namespace RdsBq.EndToEnd.Tests;

/// <summary><c>sync</c> over many tables, on services that are slow, out of quota, or lose answers.</summary>
public sealed class SyncManyTests(ITestOutputHelper said)
{
    private const int Many = 1_000;

    [Fact]
    public async Task A_thousand_tables_take_one_listing_and_a_call_each_with_sixteen_at_once()
    {
        await using var rig = await SyncRig.StartAsync();
        rig.List(Enumerable.Range(0, Many).Select(i => $"shop.public.t{i:d4}"));
        rig.Cloud.Faults.Add(new Fault("dts.*", "delay", Times: 10 * Many, DelayMs: 50));
        var clock = Stopwatch.StartNew();
        IReadOnlyList<string> lines = [];
        var calls = await rig.DuringAsync(async () => lines = await rig.MustAsync("sync"));
        said.WriteLine($"{Many} configs created in {clock.Elapsed.TotalSeconds:0.0} s at 50 ms a call");

        Assert.Equal($"sync: {Many} created", lines[^1]);
        var dts = calls.Where(c => c.Operation.StartsWith("dts.", StringComparison.Ordinal)).ToList();
        Assert.Equal(["dts.ListTransferConfigs", .. Enumerable.Repeat("dts.CreateTransferConfig", Many)], dts.Select(c => c.Operation));
        Assert.Equal(Many, dts.Skip(1).Select(c => c.Subject).Distinct().Count());
        Assert.InRange(dts.Max(c => c.AtOnce), 2, 16);
        // Sixteen at once need 3.2 s, one after the other 50 s and more.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(45), $"{clock.Elapsed}");

        // A thousand and one are two pages.
        rig.AddForeign();
        calls = await rig.DuringAsync(async () => lines = await rig.MustAsync("sync"));
        Assert.Equal([$"sync: {Many} right as they are"], lines);
        dts = [.. calls.Where(c => c.Operation.StartsWith("dts.", StringComparison.Ordinal))];
        Assert.Equal(["dts.ListTransferConfigs", "dts.ListTransferConfigs"], dts.Select(c => c.Operation));
        Assert.DoesNotContain(calls, c => c is { Mutates: true, Operation: not "sts.AssumeRoleWithWebIdentity" });
    }

    [Fact]
    public async Task Out_of_quota_it_waits_and_finishes()
    {
        await using var rig = await SyncRig.StartAsync();
        rig.List(Enumerable.Range(0, 40).Select(i => $"shop.public.t{i}"));
        rig.Cloud.Faults.Add(new Fault("dts.ListTransferConfigs", "error", Status: 429, Code: "RESOURCE_EXHAUSTED", Message: "Quota exceeded."));
        rig.Cloud.Faults.Add(new Fault(
            "dts.CreateTransferConfig", "error", Skip: 5, Times: 12, Status: 429, Code: "RESOURCE_EXHAUSTED", Message: "Quota exceeded."));
        var ended = new Ended(-1, "", "");
        var calls = await rig.DuringAsync(async () => ended = await rig.JobAsync("sync"));
        Assert.True(ended is { ExitCode: 0 }, ended.ToString());
        Assert.Contains("sync: 40 created", ended.Output, StringComparison.Ordinal);
        Assert.Contains("answered ResourceExhausted; trying again in", ended.Error, StringComparison.Ordinal);
        Assert.Equal(40, rig.Names().Distinct().Count());
        Assert.Equal(52, calls.Count(c => c.Operation == "dts.CreateTransferConfig"));
        Assert.Equal(2, calls.Count(c => c.Operation == "dts.ListTransferConfigs"));
    }

    [Fact]
    public async Task A_create_whose_answer_is_lost_is_looked_for_before_it_is_repeated()
    {
        await using var rig = await SyncRig.StartAsync();
        rig.List(Enumerable.Range(0, 10).Select(i => $"shop.public.t{i}"));
        rig.Cloud.Faults.Add(new Fault("dts.CreateTransferConfig", "error", When: "after", Times: 3, Status: 503, Code: "UNAVAILABLE"));
        rig.Cloud.Faults.Add(new Fault("dts.CreateTransferConfig", "error", When: "before", Times: 2, Status: 503, Code: "UNAVAILABLE"));
        Assert.Equal("sync: 10 created", (await rig.MustAsync("sync"))[^1]);
        Assert.Equal(10, rig.Names().Count());
        Assert.Equal(10, rig.Names().Distinct().Count());
    }

    [Fact]
    public async Task What_can_not_be_changed_is_named_and_the_rest_goes_on()
    {
        await using var rig = await SyncRig.StartAsync();
        rig.List(Enumerable.Range(0, 10).Select(i => $"shop.public.t{i}"));
        rig.Cloud.Faults.Add(new Fault(
            "dts.CreateTransferConfig", "error", Subject: "t7", Times: 99, Status: 403, Code: "PERMISSION_DENIED", Message: "No permission."));
        var ended = await rig.JobAsync("sync");
        Assert.Equal(1, ended.ExitCode);
        Assert.Equal(9, rig.Names().Count());
        Assert.Contains(
            "FAILED: create    shop-t7-transfer  shop.public.t7: Creating shop-t7-transfer answered PERMISSION_DENIED: No permission.",
            ended.Output, StringComparison.Ordinal);
        Assert.Contains("sync: 9 created, 1 failed", ended.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 10 changes failed: shop-t7-transfer.", ended.ErrorLines[^2], StringComparison.Ordinal);
        Assert.Contains("bigquery.transfers", ended.ErrorLines[^1], StringComparison.Ordinal);
    }
}
