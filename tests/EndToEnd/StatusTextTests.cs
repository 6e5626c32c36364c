using RdsBq.Local.Hosting;

namespace RdsBq.EndToEnd.Tests;

/// <summary>The status as a person reads it.</summary>
public sealed class StatusTextTests
{
    private const string Page = "docs/plan-and-status.md";

    [Fact]
    public async Task The_page_shows_what_status_says()
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync(2);
        Recorded.AssertShown(Page, "status of a published run", (await nights.ReadOnlyAsync("status")).Output);
        Recorded.AssertShown(Page, "the list of runs", (await nights.ReadOnlyAsync("publish", "--list")).Output);
        nights.Run.Cloud.Faults.Add(new Fault("dts.run", "fail", "orders_", Code: "PERMISSION_DENIED", Message: "Access denied on the bucket."));
        await nights.ExportAsync();
        await nights.LandAsync();
        await nights.JudgeAsync();
        Recorded.AssertShown(Page, "status of a run that failed", (await nights.ReadOnlyAsync("status")).Output);
    }
}
