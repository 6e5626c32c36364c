using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Local.Slack;

namespace RdsBq.EndToEnd.Tests;

/// <summary>What did not happen is told once, in the run's one message, whatever it is that is missing.</summary>
public sealed class OverdueTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromHours(13);

    [Fact]
    public async Task An_export_that_never_ends_is_told_when_it_is_longer_than_usual_and_at_its_deadline()
    {
        await using var run = await StartAsync();
        run.Cloud.Faults.Add(new Fault("rds.export", "stuck"));
        run.Exported();
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(90));
        Assert.Null(await ToldAsync(run));
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(40));
        var stuck = await ToldAsync(run);
        Assert.Contains("] The export does not begin", stuck, StringComparison.Ordinal);
        Assert.Contains("Its export has been starting for 2 h 1", stuck, StringComparison.Ordinal);

        run.Cloud.Clock.Advance(Deadline);
        Assert.Contains("its export is still starting (0 %)", await ToldAsync(run), StringComparison.Ordinal);
        await ToldAsync(run);
        Assert.Equal(["overdue 1", "stuck 1"], (await run.LedgerAsync("event, COUNT(*)", "GROUP BY event ORDER BY event")).Select(r => $"{r[0]} {r[1]}"));
    }

    [Fact]
    public async Task A_landing_that_fails_is_told_at_once_with_its_reason_and_turns_green_when_it_is_mended()
    {
        await using var run = await StartAsync();
        run.Exported();
        await run.ExportsEndAsync();
        var data = run.Cloud.ObjectsOf(Estate.Bucket, Estate.Prefix).First(o => o.Key.EndsWith(".parquet", StringComparison.Ordinal));
        var content = await File.ReadAllBytesAsync(data.Path);
        run.Cloud.PutObject(Estate.Bucket, data.Key, []);
        for (var i = 0; i < 2; i++)
        {
            var told = await ToldAsync(run, exit: 1);
            Assert.Contains("] The export can't be landed", told, StringComparison.Ordinal);
            Assert.Contains(data.Key, told, StringComparison.Ordinal);
        }
        run.Cloud.Clock.Advance(Deadline);
        Assert.Contains("its export is complete, but not landed", await ToldAsync(run, exit: 1), StringComparison.Ordinal);
        Assert.Equal("1", (await run.LedgerAsync("COUNT(*)", "WHERE event = 'stopped'"))[0][0]);

        run.Cloud.PutObject(Estate.Bucket, data.Key, content);
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(6));
        await ToldAsync(run);
        await run.TransfersEndAsync();
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Contains("] Mended: run ", await ToldAsync(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_that_are_missing_are_named_and_mended_tables_make_it_green()
    {
        await using var run = await StartAsync();
        run.Cloud.Faults.Add(new Fault("dts.run", "fail", "orders_", Code: "PERMISSION_DENIED", Message: "Access Denied"));
        run.Exported();
        await run.ExportsEndAsync();
        await run.MustAsync("load");
        await run.TransfersEndAsync();
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Contains("shop.public.orders: transfer failed", await ToldAsync(run), StringComparison.Ordinal);

        run.Cloud.Clock.Advance(Deadline);
        var late = await ToldAsync(run, exit: 1);
        Assert.Contains("1 of 2 tables are proven", late, StringComparison.Ordinal);
        Assert.Contains("rdsbq load --retry", late, StringComparison.Ordinal);
        await ToldAsync(run, exit: 1);
        Assert.Equal("1", (await run.LedgerAsync("COUNT(*)", "WHERE event = 'overdue'"))[0][0]);

        await run.CallAsync("load", "--retry");
        await run.TransfersEndAsync();
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Contains("is published", (await run.MustAsync("load")).Output, StringComparison.Ordinal);
        Assert.Contains("] Mended: run ", await ToldAsync(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_export_is_told_with_its_cause_and_the_next_one_makes_up_for_it()
    {
        await using var run = await StartAsync();
        run.Cloud.Faults.Add(new Fault("rds.export", "fail", Message: "KMS key check failed. Check the credentials on your KMS key and try again."));
        run.Exported();
        await run.EventuallyAsync(() => run.Cloud.Aws.Rds.Tasks.All(t => t.IsFinal), "the export fails", TimeSpan.FromMinutes(4));
        var told = await ToldAsync(run);
        Assert.Contains("] The export failed", told, StringComparison.Ordinal);
        Assert.Contains("rdsbq export", told, StringComparison.Ordinal);
        Assert.Equal(told, await ToldAsync(run));

        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(5));
        await run.MustAsync("export");
        await run.ExportsEndAsync();
        await run.MustAsync("load");
        await run.TransfersEndAsync();
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        await run.MustAsync("load");
        Assert.Contains("made up for it", await ToldAsync(run), StringComparison.Ordinal);
    }

    /// <summary>The dead man's switch: exports have stopped, and nobody sends an event.</summary>
    [Fact]
    public async Task When_nothing_new_is_published_for_FRESHNESS_it_is_told_once_and_the_next_run_turns_it_green()
    {
        await using var run = await StartAsync();
        await NightAsync(run);
        run.Cloud.Clock.Advance(TimeSpan.FromHours(20));
        Assert.Null(await ToldAsync(run));
        run.Cloud.Clock.Advance(TimeSpan.FromHours(7));
        var told = await ToldAsync(run);
        Assert.Contains("] Nothing new is published", told, StringComparison.Ordinal);
        Assert.Contains("No newer export is known of.", told, StringComparison.Ordinal);
        Assert.Equal(told, await ToldAsync(run));

        Assert.True(run.Cloud.TrySnapshot(null, out _));
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        await NightAsync(run);
        Assert.Contains("made up for it", await ToldAsync(run), StringComparison.Ordinal);
        Assert.Equal("1", (await run.LedgerAsync("COUNT(*)", "WHERE event = 'stale'"))[0][0]);
    }

    /// <summary>It must not hang on what it watches.</summary>
    [Fact]
    public async Task That_nothing_new_is_published_is_told_also_while_AWS_can_not_be_asked()
    {
        await using var run = await StartAsync();
        await NightAsync(run);
        run.Cloud.Clock.Advance(TimeSpan.FromHours(27));
        run.Cloud.Faults.Add(new Fault("rds.DescribeExportTasks", "error", Times: 1000, Status: 403, Code: "AccessDenied", Message: "Not authorized"));
        var told = await ToldAsync(run, exit: 1);
        Assert.Contains("] Nothing new is published", told, StringComparison.Ordinal);
        Assert.Equal(told, await ToldAsync(run, exit: 1));
        var reply = Assert.Single(run.Cloud.Slack.Messages, m => m.ThreadTs is not null);
        Assert.Contains("The last load stopped: AWS denied access", SlackMessage.Render(reply), StringComparison.Ordinal);
    }

    private static async Task NightAsync(CloudRun run)
    {
        await run.MustAsync("export");
        await run.ExportsEndAsync();
        await run.MustAsync("load");
        await run.TransfersEndAsync();
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Contains("is published", (await run.MustAsync("load")).Output, StringComparison.Ordinal);
    }

    private static Task<CloudRun> StartAsync() => CloudRun.StartAsync(new LocalOptions(Speed: 0) { Sample = new SmallSource(batches: false) });

    /// <summary>One tick of load; then the one message that there is, as people see it; null for none.</summary>
    private static async Task<string?> ToldAsync(CloudRun run, int exit = 0)
    {
        var ended = await run.CallAsync("load");
        Assert.True(ended.ExitCode == exit, ended.ToString());
        var posts = run.Cloud.Slack.Messages.Where(m => m.ThreadTs is null).ToList();
        return posts.Count == 0 ? null : SlackMessage.Render(Assert.Single(posts));
    }
}
