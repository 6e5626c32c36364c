using RdsBq.Core.Runs;
using RdsBq.Core.Views;

namespace RdsBq.Core.Tests.Views;

public sealed class LandingLifeTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 8, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Theory]
    [InlineData(3, false)]
    [InlineData(3.5, false)]
    [InlineData(3.6, true)]
    [InlineData(30, true)]
    public void A_run_is_worth_a_look_from_half_of_the_retention_on(double days, bool isWorth) =>
        Assert.Equal(isWorth, LandingLife.IsWorthALook(RunTime.At(Now.AddDays(-days)), Now, Week));

    [Fact]
    public void Only_tables_under_a_view_that_would_be_gone_within_half_of_the_retention_get_time()
    {
        ListedTable[] tables =
        [
            new("soon", Now.AddDays(3)), new("later", Now.AddDays(3.5)), new("never", null), new("due", Now), new("not_shown", Now.AddDays(1)),
        ];
        Assert.Equal(["soon", "due"], LandingLife.ToExtend(new HashSet<string> { "soon", "later", "never", "due", "gone" }, tables, Now, Week));
    }
}
