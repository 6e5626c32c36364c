using RdsBq.Core.Ledger;
using RdsBq.Core.Ready;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Tests.Ready;

public sealed class ReadyDeciderTests
{
    private static readonly DateTimeOffset Day = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("no run", null)]
    [InlineData("planned", null)]
    [InlineData("published", 2)]
    [InlineData("told", null)]
    [InlineData("told in the same instant", null)]
    [InlineData("told before a person chose it again", 1)]
    [InlineData("another was told and chosen since", 1)]
    [InlineData("the one before it was never told", null)]
    public void What_is_shown_and_was_not_told_since_is_due(string world, int? due)
    {
        RunSummary[] runs = world switch
        {
            "no run" => [],
            "planned" => [new RunSummary(At(2), true, false)],
            "published" => [Shown(2, 20), Shown(1, 10, told: 10)],
            "told" => [Shown(2, 20, told: 21)],
            "told in the same instant" => [Shown(2, 20, told: 20)],
            "told before a person chose it again" => [Shown(2, 20, told: 20), Shown(1, 22, told: 10)],
            "another was told and chosen since" => [Shown(2, 20, told: 23), Shown(1, 22)],
            "the one before it was never told" => [Shown(2, 20, told: 20), Shown(1, 10)],
            _ => throw new ArgumentOutOfRangeException(nameof(world)),
        };
        Assert.Equal(due is { } hour ? At(hour) : null, ReadyDecider.Due(runs, Day.AddHours(24))?.RunTime);
    }

    [Theory]
    [InlineData(-60, true)]
    [InlineData(0, true)]
    [InlineData(24 * 60 - 1, true)]
    [InlineData(24 * 60, false)]
    [InlineData(30 * 24 * 60, false)]
    public void What_was_published_a_day_ago_is_no_news(int minutes, bool isDue) =>
        Assert.Equal(isDue, ReadyDecider.Due([Shown(2, 20)], Day.AddHours(20).AddMinutes(minutes)) is not null);

    private static RunTime At(int hour) => RunTime.At(Day.AddHours(hour));

    private static RunSummary Shown(int run, int hour, int? told = null) =>
        new(At(run), true, true, Day.AddHours(hour)) { AnnouncedAt = told is { } at ? Day.AddHours(at) : null };
}
