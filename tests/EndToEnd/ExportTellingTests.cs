using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Local.Slack;

namespace RdsBq.EndToEnd.Tests;

/// <summary>What keeps <c>export</c> from starting an export has no run, and a message of its own that the next export turns green.</summary>
public sealed class ExportTellingTests
{
    [Fact]
    public async Task Without_a_snapshot_people_are_told_once_until_there_is_one()
    {
        await using var run = await StartAsync(("SNAPSHOT_TYPE", "manual"));
        for (var i = 0; i < 2; i++) Assert.Contains("] No export can be started", await ToldAsync(run, exit: 1), StringComparison.Ordinal);
        Assert.Contains("set SNAPSHOT_TYPE to take them", await ToldAsync(run, exit: 1), StringComparison.Ordinal);
        run.Cloud.Aws.Rds.CreateSnapshot(run.Cloud.Source.Id, automated: false);
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Contains("] Mended: exports can be started again", await ToldAsync(run), StringComparison.Ordinal);
        // Green for good, and nothing is said of exports that start.
        Assert.Contains("] Mended", await ToldAsync(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taken_slots_are_no_news_until_the_newest_snapshot_is_late()
    {
        await using var run = await StartAsync();
        run.Cloud.Faults.Add(new Fault("rds.StartExportTask", "error", Status: 400, Code: "ExportTaskLimitReachedFault", Times: 3));
        Assert.Null(await ToldAsync(run, exit: 75));
        run.Cloud.Clock.Advance(TimeSpan.FromHours(13));
        for (var i = 0; i < 2; i++) Assert.Contains("] The newest snapshot is still not exported", await ToldAsync(run, exit: 75), StringComparison.Ordinal);
        Assert.Contains("] Mended", await ToldAsync(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_backups_stop_people_hear_of_it_and_when_they_go_on_too()
    {
        await using var run = await StartAsync();
        Assert.Null(await ToldAsync(run));
        await run.ExportsEndAsync();
        run.Cloud.Clock.Advance(TimeSpan.FromHours(30));
        Assert.Contains("] There is no new snapshot", await ToldAsync(run), StringComparison.Ordinal);
        Assert.True(run.Cloud.TrySnapshot(null, out _));
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Contains("] Mended", await ToldAsync(run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("never", 0)]
    [InlineData("always", 1)]
    public async Task NOTIFY_says_whether_a_night_that_went_well_is_told(string notify, int lines)
    {
        await using var run = await StartAsync(("NOTIFY", notify));
        await run.MustAsync("export");
        await run.ExportsEndAsync();
        await run.MustAsync("load");
        await run.TransfersEndAsync();
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        for (var i = 0; i < 2; i++) Assert.Contains("is published", (await run.MustAsync("load")).Output, StringComparison.Ordinal);
        Assert.Equal(lines, run.Cloud.Slack.Messages.Count);
        Assert.All(run.Cloud.Slack.Messages, m => Assert.Matches(@"^:large_green_circle: \[.*\] Run .* is published: 2 tables, 6 rows\.", m.Text));
    }

    private static Task<CloudRun> StartAsync(params (string Name, string Value)[] settings) => CloudRun.StartAsync(
        new LocalOptions(Speed: 0) { Sample = new SmallSource(batches: false) }, settings.ToDictionary(s => s.Name, s => (string?)s.Value));

    /// <summary>One call of export; then the one message that there is; null for none.</summary>
    private static async Task<string?> ToldAsync(CloudRun run, int exit = 0)
    {
        var ended = await run.CallAsync("export");
        Assert.True(ended.ExitCode == exit, ended.ToString());
        return run.Cloud.Slack.Messages.Count == 0 ? null : SlackMessage.Render(Assert.Single(run.Cloud.Slack.Messages));
    }
}
