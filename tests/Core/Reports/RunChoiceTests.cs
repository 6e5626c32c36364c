using RdsBq.Core.Reports;
using static RdsBq.Core.Tests.Reports.Worlds;

namespace RdsBq.Core.Tests.Reports;

public sealed class RunChoiceTests
{
    [Fact]
    public void Only_a_proven_run_whose_landing_tables_are_there_can_be_shown()
    {
        var unplanned = Figures(5, false) with { Run = Figures(5, false).Run with { Planned = false } };
        var choices = RunChoice.Of(
            [unplanned, Figures(4, false, tables: 2, failed: 1), Figures(3, true, tables: 2), Figures(2, true, tables: 2), Figures(1, true, tables: 2)],
            ["rdsbq_ledger", "a_202604010300", "a_202604020300", "b_b_202604020300", "a_202604030300", "b_202604030300"]);
        Assert.Equal(
            [
                (5, false, "not planned yet"), (4, false, "not proven: 0 of 2 tables are, 1 failed"), (3, true, "shown"), (2, true, "can be shown"),
                (1, false, "1 of 2 landing tables are gone"),
            ],
            choices.Select(c => (c.Run.Run.RunTime.Instant.Day, c.CanBeShown, c.Verdict)));
    }
}
