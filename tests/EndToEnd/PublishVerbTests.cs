using RdsBq.Core;
using RdsBq.Local;
using RdsBq.Local.Hosting;

namespace RdsBq.EndToEnd.Tests;

/// <summary><c>publish</c>: back to an earlier run and forward again, and what it refuses.</summary>
public sealed class PublishVerbTests
{
    [Fact]
    public async Task Views_go_back_to_an_earlier_run_stay_there_and_follow_the_next_night_again()
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync(2);
        var (first, second) = (nights.Runs[0], nights.Runs[1]);
        Assert.Equal(("4", "3"), (await nights.RowsAsync("orders"), await nights.RowsAsync("fresh")));

        var back = await nights.Run.MustAsync("publish", "--run", first);
        Assert.Contains($"run {first} is shown, snapshot ", back.Output, StringComparison.Ordinal);
        Assert.Contains(": 3 views, 2 repointed", back.Output, StringComparison.Ordinal);
        Assert.Contains($"stay as they are, since this run does not have them: fresh ({second})", back.Output, StringComparison.Ordinal);
        Assert.Equal(("3", "3", "3"), (await nights.RowsAsync("orders"), await nights.RowsAsync("fresh"), await nights.RowsAsync("old")));

        var tick = await nights.Run.MustAsync("load");
        Assert.StartsWith($"run {first} is shown, since a person chose it; run {second} stays back", tick.Output, StringComparison.Ordinal);
        Assert.Equal("3", await nights.RowsAsync("orders"));
        var status = await nights.ReadOnlyAsync("status");
        Assert.Contains($"chosen by a person instead of {second}", status.Output, StringComparison.Ordinal);
        Assert.Contains($"rdsbq publish --run {second} goes back to the newest", status.Output, StringComparison.Ordinal);

        Assert.Contains(": 3 views, 2 repointed", (await nights.Run.MustAsync("publish", "--run", Stamp(second))).Output, StringComparison.Ordinal);
        Assert.Equal("4", await nights.RowsAsync("orders"));
        Assert.Contains("nothing to do", (await nights.Run.MustAsync("publish", "--run", Id(second))).Output, StringComparison.Ordinal);

        await nights.Run.MustAsync("publish", "--run", first);
        await nights.PublishedAsync();
        Assert.Equal("5", await nights.RowsAsync("orders"));
        Assert.DoesNotContain("chosen by a person", (await nights.ReadOnlyAsync("status")).Output, StringComparison.Ordinal);
    }

    /// <summary>So it is for those who had tables there before.</summary>
    [Fact]
    public async Task A_table_in_a_views_way_is_named_and_the_next_load_publishes_when_it_is_gone()
    {
        await using var nights = await Nights.StartAsync();
        await nights.ExportAsync();
        await nights.LandAsync();
        await nights.Run.QueryAsync($"CREATE TABLE `{Estate.Project}.{nights.Run.Dataset}.orders` (id INT64)");
        var judged = await nights.JudgeAsync();
        Assert.Equal(1, judged.ExitCode);
        Assert.Contains($"View {nights.Run.Dataset}.orders can't be made: a table has its name.", judged.Error, StringComparison.Ordinal);
        Assert.Equal("0", await nights.RowsAsync("orders"));

        await nights.Run.DropViewAsync("orders");
        Assert.Contains("is published", (await nights.Run.MustAsync("load")).Output, StringComparison.Ordinal);
        Assert.Equal("3", await nights.RowsAsync("orders"));
    }

    [Fact]
    public async Task A_table_that_was_dropped_since_has_its_view_back()
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync(2);
        await nights.Run.DropViewAsync("old");
        Assert.Null(await nights.RowsAsync("old"));
        Assert.Contains(": 3 views, 3 repointed", (await nights.Run.MustAsync("publish", "--run", nights.Runs[0])).Output, StringComparison.Ordinal);
        Assert.Equal("3", await nights.RowsAsync("old"));
    }

    [Fact]
    public async Task A_run_that_was_on_its_way_when_a_person_chose_another_publishes_itself()
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync(2);
        await nights.ExportAsync();
        await nights.LandAsync();
        await nights.Run.MustAsync("publish", "--run", nights.Runs[0]);
        Assert.Contains($"run {nights.Runs[2]} is published", (await nights.JudgeAsync()).Output, StringComparison.Ordinal);
        Assert.Equal("5", await nights.RowsAsync("orders"));
    }

    [Fact]
    public async Task A_run_that_was_proven_but_could_not_publish_itself_stays_back_once_a_person_has_chosen()
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync();
        await nights.ExportAsync();
        await nights.LandAsync();
        // All views but one.
        nights.Run.Cloud.Faults.Add(new Fault("bigquery.jobs.query", "error", $"{nights.Run.Dataset}.orders", Times: 1, Status: 400, Code: "invalidQuery"));
        Assert.Equal(1, (await nights.JudgeAsync()).ExitCode);
        Assert.Contains("repointed", (await nights.Run.MustAsync("publish", "--run", nights.Runs[0])).Output, StringComparison.Ordinal);

        var tick = await nights.Run.MustAsync("load");
        Assert.Contains($"run {nights.Runs[0]} is shown, since a person chose it; run {nights.Runs[1]} stays back", tick.Output, StringComparison.Ordinal);
        Assert.Equal("3", await nights.RowsAsync("orders"));
        Assert.Contains("held back", (await nights.ReadOnlyAsync("status")).Output, StringComparison.Ordinal);
        await nights.Run.MustAsync("publish", "--run", nights.Runs[1]);
        Assert.Equal("4", await nights.RowsAsync("orders"));
        Assert.Contains($"run {nights.Runs[1]} is published", (await nights.Run.MustAsync("load")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_not_be_shown_is_refused_with_the_reason_and_the_views_stay()
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync();
        nights.Run.Cloud.Faults.Add(new Fault("dts.run", "fail", "orders_", Code: "PERMISSION_DENIED", Message: "no"));
        await nights.ExportAsync();
        await nights.LandAsync();
        await nights.JudgeAsync();
        var seen = nights.Run.Cloud.Journal.Entries.Count;

        await RefusedAsync(nights, "yesterday", StopException.BadSettings, "--run 'yesterday': expected a run time");
        await RefusedAsync(nights, "2001-01-01T00:00Z", 1, "The ledger has no run 2001-01-01T00:00Z");
        await RefusedAsync(nights, nights.Runs[1], 1, "is not wholly proven: shop.public.orders (failed) of 3 tables");
        nights.Run.Cloud.Clock.Advance(TimeSpan.FromDays(8));
        await RefusedAsync(nights, nights.Runs[0], 1, "are gone from shop_local_rds_data_landing, since about 20");
        Assert.DoesNotContain(nights.Run.Cloud.Journal.Entries.Skip(seen), c => c.Mutates);
    }

    [Fact]
    public async Task The_list_says_which_runs_can_be_shown()
    {
        await using var nights = await Nights.StartAsync();
        Assert.Contains("there is no run yet", (await nights.ReadOnlyAsync("publish", "--list")).Output, StringComparison.Ordinal);
        await nights.PublishedAsync(2);
        await nights.ExportAsync();
        await nights.LandAsync();
        var lines = (await nights.ReadOnlyAsync("publish", "--list")).Output.Split('\n').Where(l => l.Contains("export-id", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, lines.Count);
        Assert.All(lines.Zip(nights.Runs.Reverse()), l => Assert.Contains(l.Second, l.First, StringComparison.Ordinal));
        Assert.EndsWith("not proven: 0 of 3 tables are, 0 failed", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("shown", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("can be shown", lines[2], StringComparison.Ordinal);
    }

    /// <summary>Before and after every call that changes anything; the same world each time, since going back and forth leaves it as it was.</summary>
    [Fact]
    public async Task Killed_in_the_middle_and_run_again_it_ends_right()
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync(2);
        var seen = nights.Run.Cloud.Journal.Entries.Count;
        await nights.Run.MustAsync("publish", "--run", nights.Runs[0]);
        var points = KillWalk.Points("publish", nights.Run.Cloud.Journal.Entries.Skip(seen)).ToList();
        var changing = nights.Run.Cloud.Journal.Entries.Skip(seen).Where(c => c.Mutates).Select(c => c.Operation).ToHashSet();
        points = [.. points.Where(p => p.Changes && changing.Contains(p.Operation))];
        Assert.True(points.Count >= 6, $"only {points.Count} kill points: the walk has lost its way");
        foreach (var point in points)
        {
            await nights.Run.MustAsync("publish", "--run", nights.Runs[1]);
            Assert.Equal("4", await nights.RowsAsync("orders"));
            var hung = KillWalk.Arm(nights.Run, point);
            await KillWalk.KillAsync(nights.Run, hung, nights.Run.StartJob("publish", "--run", nights.Runs[0]));
            await nights.Run.MustAsync("publish", "--run", nights.Runs[0]);
            Assert.True((await nights.RowsAsync("orders"), await nights.RowsAsync("items")) == ("3", "3"), point.ToString());
            var events = await nights.Run.LedgerAsync("run_time, event", "WHERE event IN ('published', 'repointed') ORDER BY recorded_at DESC LIMIT 1");
            Assert.Equal("repointed", events[0][1]);
            var told = nights.Run.Cloud.Topics.Published(Estate.ReadyTopic)[^1].Attributes;
            Assert.True(told["event"] == "repointed" && told["runTime"].StartsWith(nights.Runs[0][..16], StringComparison.Ordinal), point.ToString());
            Assert.Contains("nothing to do", (await nights.Run.MustAsync("publish", "--run", nights.Runs[0])).Output, StringComparison.Ordinal);
        }
    }

    private static async Task RefusedAsync(Nights nights, string run, int exitCode, string reason)
    {
        var ended = await nights.Run.CallAsync("publish", "--run", run);
        Assert.True(ended.ExitCode == exitCode && ended.Error.Contains(reason, StringComparison.Ordinal), ended.ToString());
        Assert.Contains("publish --list", ended.ErrorLines[^1], StringComparison.Ordinal);
    }

    private static string Stamp(string run) => string.Concat(run.Where(char.IsAsciiDigit));

    private static string Id(string run) => $"export-id-local-{Stamp(run)[..8]}-{Stamp(run)[8..]}";
}
