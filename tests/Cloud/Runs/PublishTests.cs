using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Runs;
using RdsBq.Core.Ledger;
using RdsBq.Local.Hosting;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.Runs;

public sealed class PublishTests
{
    private static readonly Fault ViewRefused = new(
        "bigquery.jobs.query", "error", $"{GoogleSide.Dataset}.orders", Status: 400, Code: "invalidQuery");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_older_run_never_takes_the_views_back(bool publishAll)
    {
        await using var court = await Court.OpenAsync(publishAll);
        var older = await court.PlanAsync(26, ("orders", 3));
        var newer = await court.PlanAsync(2, ("orders", 4));
        Assert.Equal(Judgement.Published, await court.TransferAndJudgeAsync(newer, "orders"));
        Assert.Equal(Judgement.Proven, await court.TransferAndJudgeAsync(older, "orders"));
        Assert.Equal("4", await court.SeenAsync("orders"));
        Assert.Equal((1, 0), (await older.CountAsync(LedgerEvent.Proven), await older.CountAsync(LedgerEvent.Published)));
    }

    [Fact]
    public async Task A_newer_run_takes_the_views_over()
    {
        await using var court = await Court.OpenAsync();
        Assert.Equal(Judgement.Published, await court.TransferAndJudgeAsync(await court.PlanAsync(26, ("orders", 3)), "orders"));
        Assert.Equal(Judgement.Published, await court.TransferAndJudgeAsync(await court.PlanAsync(2, ("orders", 4)), "orders"));
        Assert.Equal(("4", 2), (await court.SeenAsync("orders"), court.Repointed("orders")));
    }

    [Fact]
    public async Task Each_table_is_published_when_it_is_proven_where_that_is_asked_for()
    {
        await using var court = await Court.OpenAsync(publishAll: false);
        var run = await court.PlanAsync(2, ("orders", 3), ("items", 4), ("empty", 0));
        Assert.Equal(Judgement.Proven, await court.TransferAndJudgeAsync(run, "orders"));
        Assert.Equal(("3", null), (await court.SeenAsync("orders"), await court.SeenAsync("items")));
        Assert.Equal(Judgement.Published, await court.TransferAndJudgeAsync(run, "items"));
        Assert.Equal(("4", "0"), (await court.SeenAsync("items"), await court.SeenAsync("empty")));
        Assert.Equal((1, 1, 1), (court.Repointed("orders"), court.Repointed("items"), court.Repointed("empty")));
        Assert.Equal(
            ["items", "orders", "whole"],
            (await run.LedgerAsync()).Where(r => r.Event == LedgerEvent.Published).Select(r => r.View ?? "whole").Order());
    }

    [Fact]
    public async Task A_view_that_a_newer_run_has_already_stays_when_the_rest_of_the_older_run_is_published()
    {
        await using var court = await Court.OpenAsync(publishAll: false);
        var older = await court.PlanAsync(26, ("orders", 3), ("items", 3));
        var newer = await court.PlanAsync(2, ("orders", 4), ("items", 4));
        Assert.Equal(Judgement.Proven, await court.TransferAndJudgeAsync(newer, "orders"));
        Assert.Equal(Judgement.Proven, await court.TransferAndJudgeAsync(older, "orders"));
        Assert.Equal(Judgement.Published, await court.TransferAndJudgeAsync(older, "items"));
        Assert.Equal(("4", "3"), (await court.SeenAsync("orders"), await court.SeenAsync("items")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_proven_but_could_not_be_published_is_published_by_the_next_delivery(bool publishAll)
    {
        await using var court = await Court.OpenAsync(publishAll);
        var run = publishAll ? await court.PlanAsync(2, ("orders", 3)) : await court.PlanAsync(2, ("orders", 3), ("items", 3));
        court.Google.Faults.Add(ViewRefused);
        var ended = await run.TransferAsync("orders");
        await Assert.ThrowsAsync<BigQueryException>(() => court.Judge.JudgeAsync(ended, default));
        Assert.Equal((1, 0), (await run.CountAsync(LedgerEvent.Proven), await run.CountAsync(LedgerEvent.Published)));
        Assert.Equal(publishAll ? Judgement.Published : Judgement.Proven, await court.Judge.JudgeAsync(ended, default));
        Assert.Equal("3", await court.SeenAsync("orders"));
        Assert.Equal((1, 1), (await run.CountAsync(LedgerEvent.Proven), await run.CountAsync(LedgerEvent.Published)));
    }

    [Fact]
    public async Task A_view_that_failed_leaves_the_run_unpublished_until_all_of_them_point_at_it()
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 3), ("items", 4));
        Assert.Equal(Judgement.Proven, await court.TransferAndJudgeAsync(run, "orders"));
        court.Google.Faults.Add(ViewRefused);
        var ended = await run.TransferAsync("items");
        await Assert.ThrowsAsync<BigQueryException>(() => court.Judge.JudgeAsync(ended, default));
        Assert.Equal(0, await run.CountAsync(LedgerEvent.Published));
        Assert.Equal(Judgement.Published, await court.Judge.JudgeAsync(ended, default));
        Assert.Equal(("3", "4"), (await court.SeenAsync("orders"), await court.SeenAsync("items")));
    }
}
