using Microsoft.Extensions.Logging.Abstractions;
using RdsBq.Cloud.Runs;
using RdsBq.Core.Ledger;
using RdsBq.Local.Hosting;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.Runs;

/// <summary>What a person has chosen to show is not undone by what comes late, and does not keep the next run from publishing itself.</summary>
public sealed class ChosenRunTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_event_of_the_run_that_was_turned_away_from_comes_again_and_changes_nothing(bool publishAll)
    {
        await using var court = await Court.OpenAsync(publishAll);
        var older = await court.PlanAsync(26, ("orders", 3));
        var newer = await court.PlanAsync(2, ("orders", 4));
        await court.TransferAndJudgeAsync(older, "orders");
        var late = await newer.TransferAsync("orders");
        await court.Judge.JudgeAsync(late, default);
        await ChooseAsync(court, older, publishAll);
        Assert.Equal("3", await court.SeenAsync("orders"));
        await court.Judge.JudgeAsync(late, default);
        Assert.Equal("3", await court.SeenAsync("orders"));

        Assert.Equal(Judgement.Published, await court.TransferAndJudgeAsync(await court.PlanAsync(1, ("orders", 5)), "orders"));
        Assert.Equal("5", await court.SeenAsync("orders"));
    }

    [Fact]
    public async Task A_run_that_died_among_its_views_is_not_finished_by_a_late_event_once_a_person_has_chosen()
    {
        await using var court = await Court.OpenAsync();
        var older = await court.PlanAsync(26, ("items", 3), ("orders", 3));
        var newer = await court.PlanAsync(2, ("items", 4), ("orders", 4));
        foreach (var view in (string[])["items", "orders"]) await court.TransferAndJudgeAsync(older, view);
        await court.TransferAndJudgeAsync(newer, "items");
        court.Google.Faults.Add(new Fault("bigquery.jobs.query", "error", $"{GoogleSide.Dataset}.orders", Status: 400, Code: "invalidQuery"));
        var late = await newer.TransferAsync("orders");
        await Assert.ThrowsAnyAsync<Exception>(() => court.Judge.JudgeAsync(late, default));
        await ChooseAsync(court, older);
        Assert.Equal(("3", "3"), (await court.SeenAsync("items"), await court.SeenAsync("orders")));
        Assert.Equal(Judgement.Proven, await court.Judge.JudgeAsync(late, default));
        Assert.Equal(("3", "3"), (await court.SeenAsync("items"), await court.SeenAsync("orders")));

        await ChooseAsync(court, newer);
        Assert.Equal(("4", "4"), (await court.SeenAsync("items"), await court.SeenAsync("orders")));
        Assert.Equal(Judgement.Published, await court.Judge.JudgeAsync(late, default));
    }

    [Fact]
    public async Task The_rest_of_a_run_that_was_shown_in_part_stays_back_when_it_is_proven_later()
    {
        await using var court = await Court.OpenAsync(publishAll: false);
        var older = await court.PlanAsync(26, ("items", 3), ("orders", 3));
        var newer = await court.PlanAsync(2, ("items", 4), ("orders", 4));
        foreach (var view in (string[])["items", "orders"]) await court.TransferAndJudgeAsync(older, view);
        await court.TransferAndJudgeAsync(newer, "items");
        Assert.Equal(("4", "3"), (await court.SeenAsync("items"), await court.SeenAsync("orders")));
        await ChooseAsync(court, older, publishAll: false);
        Assert.Equal(Judgement.Proven, await court.TransferAndJudgeAsync(newer, "orders"));
        Assert.Equal(("3", "3"), (await court.SeenAsync("items"), await court.SeenAsync("orders")));
    }

    [Fact]
    public async Task Only_views_that_show_something_else_are_repointed_and_each_choice_is_a_fact_of_its_own()
    {
        await using var court = await Court.OpenAsync();
        var older = await court.PlanAsync(26, ("orders", 3));
        var newer = await court.PlanAsync(2, ("orders", 4));
        foreach (var run in (PlannedRun[])[older, newer]) await court.TransferAndJudgeAsync(run, "orders");
        foreach (var run in (PlannedRun[])[older, newer, older]) Assert.Equal(1, await ChooseAsync(court, run));
        Assert.Equal(0, await ChooseAsync(court, older));
        Assert.Equal((3, 1), (await older.CountAsync(LedgerEvent.Repointed), await newer.CountAsync(LedgerEvent.Repointed)));
        Assert.Equal(older.RunTime, RunSummary.Shown(await court.Google.Ledger.SummariesAsync(TimeSpan.FromDays(30), default))!.RunTime);
    }

    /// <returns>How many views were repointed.</returns>
    private static async Task<int> ChooseAsync(Court court, PlannedRun chosen, bool publishAll = true)
    {
        var google = court.Google;
        var publisher = new ViewPublisher(google.Client, google.Ledger, GoogleSide.Settings(publishAll), google.Clock, NullLogger.Instance);
        google.Clock.Advance(TimeSpan.FromSeconds(1));
        var run = RunReceipts.From(chosen.RunTime, await chosen.LedgerAsync());
        var elsewhere = await publisher.ElsewhereAsync(run, default);
        await publisher.RepointAsync(run, elsewhere, default);
        google.Clock.Advance(TimeSpan.FromSeconds(1));
        return elsewhere.Count;
    }
}
