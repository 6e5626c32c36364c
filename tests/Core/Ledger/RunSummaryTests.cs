using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Tests.Ledger;

public sealed class RunSummaryTests
{
    private static readonly DateTimeOffset Day = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_run_that_is_shown_is_the_one_that_the_views_were_last_pointed_at()
    {
        Assert.Null(RunSummary.Shown([Run(1)]));
        Assert.Equal(At(2), RunSummary.Shown([Run(3), Published(2, 20), Published(1, 10)])!.RunTime);
        Assert.Equal(At(1), RunSummary.Shown([Published(2, 20), Repointed(1, 30)])!.RunTime);
    }

    [Theory]
    [InlineData("nobody has chosen", 2, false)]
    [InlineData("the chosen one itself", 1, false)]
    [InlineData("the one that was shown before", 2, true)]
    [InlineData("proven before, never published", 3, true)]
    [InlineData("older than one that was proven before", 3, true)]
    [InlineData("proven afterwards", 3, false)]
    [InlineData("not proven yet", 3, false)]
    [InlineData("shown in part before (PUBLISH=each)", 3, true)]
    [InlineData("chosen back again", 2, false)]
    public void A_run_is_held_back_by_a_persons_choice_unless_it_was_still_on_its_way(string world, int run, bool heldBack)
    {
        RunSummary[] runs = world switch
        {
            "nobody has chosen" => [Published(2, 20), Published(1, 10)],
            "proven before, never published" => [Run(3) with { ProvenAt = Day.AddHours(25) }, Published(2, 20), Repointed(1, 30)],
            "older than one that was proven before" => [Run(4) with { ProvenAt = Day.AddHours(25) }, Run(3), Published(2, 20), Repointed(1, 30)],
            "proven afterwards" => [Run(3) with { ProvenAt = Day.AddHours(31) }, Published(2, 20), Repointed(1, 30)],
            "shown in part before (PUBLISH=each)" => [Run(3) with { FirstShownAt = Day.AddHours(25) }, Published(2, 20), Repointed(1, 30)],
            "chosen back again" => [Repointed(2, 40), Repointed(1, 30)],
            _ => [Run(3), Published(2, 20), Repointed(1, 30)],
        };
        Assert.Equal(heldBack, RunSummary.IsHeldBack(At(run), runs));
    }

    private static RunTime At(int hour) => RunTime.At(Day.AddHours(hour));

    private static RunSummary Run(int hour) => new(At(hour), true, false);

    private static RunSummary Published(int hour, int shown) => new(At(hour), true, true, Day.AddHours(shown))
    {
        ProvenAt = Day.AddHours(shown), FirstShownAt = Day.AddHours(shown),
    };

    private static RunSummary Repointed(int hour, int shown) => Published(hour, 10) with { ShownAt = Day.AddHours(shown), RepointedAt = Day.AddHours(shown) };
}
