using RdsBq.Core.Plans;
using RdsBq.Export.Planning;
using Spectre.Console;

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

    [Fact]
    public void A_narrow_terminal_cuts_no_figure_and_no_name()
    {
        var plan = new Plan(
            DateTimeOffset.UnixEpoch, true, new PlannedExport("nothing", false, "done", null, null, null, [], ""), new PlannedLoad("land", true, false, "1 table", "2026-04-01T03:00Z", "e-1"),
            new PlannedSync(false, "", []), [new PlannedTable("r", "shop.public.[odd] name", 1_234_567_890_123, 12_345, 9_876_543_210_987, "land", "", "odd_name", "create")],
            [], [], ["a [note]"], ["a [problem]"]);
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
        console.Profile.Width = 40;
        PlanScreen.Write(plan, console);
        Assert.All(["1,234,567,890,123", "12,345", "9,876.5 GB", "[odd]", "note: a [note]", "problem: a [problem]"], part => Assert.Contains(part, text.ToString(), StringComparison.Ordinal));
    }
}
