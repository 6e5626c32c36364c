using RdsBq.Core;
using RdsBq.Local.Hosting;

namespace RdsBq.EndToEnd.Tests;

/// <summary>Landing tables expire, but never under a view.</summary>
public sealed class LandingLifeTests
{
    [Fact]
    public async Task While_no_newer_run_is_published_what_the_views_show_is_kept_and_the_rest_expires()
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync(2);
        await TickAsync(nights, 3, patches: 0);
        await TickAsync(nights, 1, patches: 3);
        await TickAsync(nights, 0, patches: 0);
        await TickAsync(nights, 4, patches: 3);
        await TickAsync(nights, 4, patches: 3);
        Assert.Equal(("4", "3"), (await nights.RowsAsync("orders"), await nights.RowsAsync("fresh")));
        // The first run's are gone with their retention: 3 + 1 + 4 + 4 days have passed.
        var refused = await nights.Run.CallAsync("publish", "--run", nights.Runs[0]);
        Assert.Contains("are gone from", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_a_person_went_back_to_is_kept_from_then_on()
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync(2);
        await nights.Run.MustAsync("publish", "--run", nights.Runs[0]);
        // The third, of a table that is gone from the source, has been given the grace already.
        await TickAsync(nights, 4, patches: 2);
        await TickAsync(nights, 4, patches: 2);
        Assert.Equal(("3", "3"), (await nights.RowsAsync("orders"), await nights.RowsAsync("old")));
    }

    [Fact]
    public async Task That_AWS_does_not_answer_keeps_nothing_from_being_kept()
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync();
        nights.Run.Cloud.Clock.Advance(TimeSpan.FromDays(5));
        nights.Run.Cloud.Faults.Add(new Fault("rds.DescribeExportTasks", "error", Times: 9, Status: 403, Code: "AccessDenied", Message: "no"));
        Assert.Equal(StopException.NeedsPerson, (await nights.Run.CallAsync("load")).ExitCode);
        nights.Run.Cloud.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal("3", await nights.RowsAsync("orders"));
    }

    private static async Task TickAsync(Nights nights, int days, int patches)
    {
        nights.Run.Cloud.Clock.Advance(TimeSpan.FromDays(days));
        var seen = nights.Run.Cloud.Journal.Entries.Count;
        await nights.Run.MustAsync("load");
        Assert.Equal(patches, nights.Run.Cloud.Journal.Entries.Skip(seen).Count(c => c.Operation == "bigquery.tables.patch"));
    }
}
