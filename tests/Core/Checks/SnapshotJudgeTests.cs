using RdsBq.Core.Checks;
using RdsBq.Core.Exports;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Tests.Checks;

public sealed class SnapshotJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("automated", 3, "available", CheckVerdict.Ok, "3 h old")]
    [InlineData("any", 3, "available", CheckVerdict.Ok, "3 h old")]
    [InlineData("automated", 30, "available", CheckVerdict.NotOk, "older than 26 h")]
    [InlineData("automated", 0, "creating", CheckVerdict.NotChecked, "still being created")]
    [InlineData("manual", 3, "available", CheckVerdict.NotOk, "no available manual snapshot")]
    public void The_newest_snapshot_of_the_kind_is_there_and_young_enough_or_not(string type, int hours, string status, CheckVerdict verdict, string words)
    {
        var snapshot = new Snapshot("rds:shop-1", "arn", status == "creating" ? null : Now.AddHours(-hours), status, "automated", "aurora-postgresql", 1);
        var answer = SnapshotJudge.Of([snapshot], Policy(type), Now, TimeSpan.FromHours(26));
        Assert.True(answer.Verdict == verdict && answer.What.Contains(words, StringComparison.Ordinal), answer.ToString());
        if (verdict == CheckVerdict.NotOk) Assert.NotNull(answer.Mend);
    }

    [Fact]
    public void Without_any_it_says_what_to_switch_on()
    {
        var answer = SnapshotJudge.Of([], Policy("automated"), Now, TimeSpan.FromHours(26));
        Assert.Equal(CheckVerdict.NotOk, answer.Verdict);
        Assert.Contains("turn on automated backups", answer.Mend, StringComparison.Ordinal);
    }

    private static ExportPolicy Policy(string type) => new(RunTimeTemplate.Parse("export-{run_time|\"%Y%m%d\"}"), new ExportPlace("exp-bucket", "rds"), type, "shop");
}
