namespace RdsBq.EndToEnd.Tests;

/// <summary>The plan as a person reads it.</summary>
public sealed class PlanTextTests
{
    private const string Page = "docs/plan-and-status.md";

    [Fact]
    public async Task The_page_shows_what_plan_says()
    {
        await using var run = await CloudRun.StartAsync();
        Recorded.AssertShown(Page, "plan before the first run", (await run.MustAsync("plan")).Output);
        run.Exported();
        await run.ExportsEndAsync();
        Recorded.AssertShown(Page, "plan of a landing", (await run.MustAsync("plan")).Output);
    }
}
