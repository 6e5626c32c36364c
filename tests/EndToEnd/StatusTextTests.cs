using System.Text.RegularExpressions;
using RdsBq.Local.Hosting;

namespace RdsBq.EndToEnd.Tests;

/// <summary>The status as a person reads it.</summary>
public sealed partial class StatusTextTests
{
    private const string Page = "docs/plan-and-status.md";

    [Fact]
    public async Task The_page_shows_what_status_says()
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync(2);
        Recorded.AssertShown(Page, "status of a published run", WithMinutes((await nights.ReadOnlyAsync("status")).Output));
        Recorded.AssertShown(Page, "the list of runs", (await nights.ReadOnlyAsync("publish", "--list")).Output);
        nights.Run.Cloud.Faults.Add(new Fault("dts.run", "fail", "orders_", Code: "PERMISSION_DENIED", Message: "Access denied on the bucket."));
        await nights.ExportAsync();
        await nights.LandAsync();
        await nights.JudgeAsync();
        Recorded.AssertShown(Page, "status of a run that failed", WithMinutes((await nights.ReadOnlyAsync("status")).Output));
    }

    // An age of whole hours has no minutes: once in sixty runs that would be another text.
    private static string WithMinutes(string output) => WholeHours().Replace(output, "$0 0 min");

    [GeneratedRegex(@"\b[0-9]+ h\b(?! [0-9])")]
    private static partial Regex WholeHours();
}
