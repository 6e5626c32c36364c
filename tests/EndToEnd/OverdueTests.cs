using RdsBq.Local;
using RdsBq.Local.Hosting;

namespace RdsBq.EndToEnd.Tests;

/// <summary>A run that LOAD_DEADLINE has overtaken is told once, whatever it is that is missing.</summary>
public sealed class OverdueTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromHours(13);

    [Fact]
    public async Task An_export_that_never_ends_is_told_once()
    {
        await using var run = await StartAsync();
        run.Cloud.Faults.Add(new Fault("rds.export", "stuck"));
        run.Exported();
        run.Cloud.Clock.Advance(TimeSpan.FromHours(11));
        Assert.Empty(await OverdueAsync(run));
        run.Cloud.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Contains("Its export is still starting", Assert.Single(await OverdueAsync(run)), StringComparison.Ordinal);
        Assert.Single(await OverdueAsync(run));
        Assert.Equal("1", (await run.LedgerAsync("COUNT(*)", "WHERE event = 'overdue'"))[0][0]);
    }

    [Fact]
    public async Task A_landing_that_always_fails_is_told_once_with_its_reason()
    {
        await using var run = await StartAsync();
        run.Exported();
        await run.ExportsEndAsync();
        var data = run.Cloud.ObjectsOf(Estate.Bucket, Estate.Prefix).First(o => o.Key.EndsWith(".parquet", StringComparison.Ordinal));
        run.Cloud.PutObject(Estate.Bucket, data.Key, []);
        Assert.Empty(await OverdueAsync(run, exit: 1));
        run.Cloud.Clock.Advance(Deadline);
        var told = Assert.Single(await OverdueAsync(run, exit: 1));
        Assert.Contains("not landed", told, StringComparison.Ordinal);
        Assert.Contains(data.Key, told, StringComparison.Ordinal);
        Assert.Single(await OverdueAsync(run, exit: 1));
    }

    [Fact]
    public async Task Tables_that_are_missing_are_named_and_a_lost_ledger_row_costs_one_message_more()
    {
        await using var run = await StartAsync();
        run.Cloud.Faults.Add(new Fault("dts.run", "fail", "orders_", Code: "PERMISSION_DENIED", Message: "Access Denied"));
        run.Exported();
        await run.ExportsEndAsync();
        await run.MustAsync("load");
        await run.TransfersEndAsync();
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Empty(await OverdueAsync(run));

        run.Cloud.Clock.Advance(Deadline);
        run.Cloud.Faults.Add(new Fault("bigquery.tabledata.insertAll", "error", Status: 403, Code: "accessDenied", Message: "No."));
        var first = Assert.Single(await OverdueAsync(run, exit: 1));
        Assert.Contains("1 of 2 tables are proven", first, StringComparison.Ordinal);
        Assert.Contains("shop.public.orders: failed: PERMISSION_DENIED Access Denied", first, StringComparison.Ordinal);
        Assert.Contains("rdsbq load --retry", first, StringComparison.Ordinal);
        Assert.Equal(2, (await OverdueAsync(run, exit: 1)).Count);
        Assert.Equal(2, (await OverdueAsync(run, exit: 1)).Count);

        await run.CallAsync("load", "--retry");
        await run.TransfersEndAsync();
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Contains("is published", (await run.MustAsync("load")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await OverdueAsync(run)).Count);
    }

    private static Task<CloudRun> StartAsync() => CloudRun.StartAsync(new LocalOptions(Speed: 0) { Sample = new SmallSource(batches: false) });

    /// <summary>One tick of load; then all that people have been told of overdue runs.</summary>
    private static async Task<IReadOnlyList<string>> OverdueAsync(CloudRun run, int exit = 0)
    {
        var ended = await run.CallAsync("load");
        Assert.True(ended.ExitCode == exit, ended.ToString());
        return [.. run.Cloud.SlackTexts.Where(t => t.Contains("is overdue", StringComparison.Ordinal))];
    }
}
