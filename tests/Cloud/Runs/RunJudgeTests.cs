using RdsBq.Cloud.Runs;
using RdsBq.Core.Ledger;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.Runs;

public sealed class RunJudgeTests
{
    [Fact]
    public async Task A_run_that_nothing_expects_is_not_ours()
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 3));
        var ended = await run.TransferAsync("orders");
        Assert.Equal(
            Judgement.NotOurs,
            await court.Judge.JudgeAsync(ended with { Name = "projects/1/locations/eu/transferConfigs/other/runs/r" }, default));
        Assert.Equal(
            Judgement.NotOurs,
            await court.Judge.JudgeAsync(ended with { RunTime = Core.Runs.RunTime.At(ended.RunTime.Instant.AddMinutes(1)) }, default));
        Assert.Equal((0, 0), (await run.CountAsync(LedgerEvent.Proven), court.Posts.Count));
    }

    [Fact]
    public async Task The_last_proven_table_publishes_all_of_them()
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 1500), ("items", 7), ("empty", 0));
        Assert.Equal(Judgement.Proven, await court.TransferAndJudgeAsync(run, "orders"));
        Assert.Equal((null, null), (await court.SeenAsync("orders"), await court.SeenAsync("empty")));
        Assert.Equal(Judgement.Published, await court.TransferAndJudgeAsync(run, "items"));
        Assert.Equal(("1500", "7", "0"), (await court.SeenAsync("orders"), await court.SeenAsync("items"), await court.SeenAsync("empty")));
        var rows = await run.LedgerAsync();
        Assert.Equal(
            [1500, 7], rows.Where(r => r.Event == LedgerEvent.Proven && r.TransferRun is not null).Select(r => r.LandedRows ?? -1));
        Assert.Equal(3, Assert.Single(rows, r => r.Event == LedgerEvent.Published).Tables);
        Assert.Empty(court.Posts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_success_three_times_is_one_verdict_and_one_publish(bool atOnce)
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 3));
        var ended = await run.TransferAsync("orders");
        Assert.Equal([Judgement.Published, Judgement.Published, Judgement.Published], await ThriceAsync(court, ended, atOnce));
        Assert.Equal(
            (1, 1, 1), (await run.CountAsync(LedgerEvent.Proven), await run.CountAsync(LedgerEvent.Published), court.Repointed("orders")));
    }

    [Fact]
    public async Task What_comes_again_for_a_published_run_asks_the_ledger_once_and_nobody_else()
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 3));
        var ended = await run.TransferAsync("orders");
        Assert.Equal(Judgement.Published, await court.Judge.JudgeAsync(ended, default));
        var seen = court.Google.Journal.Entries.Count;
        Assert.Equal(Judgement.Published, await court.Judge.JudgeAsync(ended, default));
        Assert.Equal(["bigquery.jobs.query"], court.Google.Journal.Entries.Skip(seen).Select(e => e.Operation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_failure_three_times_is_one_post(bool atOnce)
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 3));
        court.Google.Faults.Add(new Fault("dts.run", "fail", "orders", Code: "INTERNAL"));
        var ended = await run.TransferAsync("orders");
        Assert.Equal(
            [Judgement.KnownAlready, Judgement.KnownAlready, Judgement.Alerted], (await ThriceAsync(court, ended, atOnce)).Order());
        Assert.Equal((1, 1), (await run.CountAsync(LedgerEvent.Failed), court.Posts.Count));
    }

    [Fact]
    public async Task A_run_that_succeeded_with_too_few_rows_is_told_in_both_numbers_and_publishes_nothing()
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 2000));
        run.Put("orders", 1234);
        Assert.Equal(Judgement.Alerted, await court.TransferAndJudgeAsync(run, "orders"));
        Assert.Contains("succeeded but loaded 1,234 of 2,000 rows", Assert.Single(court.Posts).Text, StringComparison.Ordinal);
        Assert.Equal(1234, Assert.Single(await run.LedgerAsync(), r => r.Event == LedgerEvent.Short).LandedRows);
        Assert.Null(await court.SeenAsync("orders"));
    }

    [Fact]
    public async Task A_run_that_found_no_files_loaded_0_rows()
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 9));
        court.Google.Faults.Add(new Fault("dts.run", "nothing", "orders"));
        Assert.Equal(Judgement.Alerted, await court.TransferAndJudgeAsync(run, "orders"));
        Assert.Contains("shop.public.orders: 0 of 9 rows", Assert.Single(court.Posts).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_rows_prove_nothing_either()
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 9));
        run.Put("orders", 10);
        Assert.Equal(Judgement.Alerted, await court.TransferAndJudgeAsync(run, "orders"));
        Assert.Contains("loaded 10 of 9 rows", Assert.Single(court.Posts).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_carries_the_runs_own_log_escaped_and_no_key()
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 3));
        court.Google.Faults.Add(
            new Fault("dts.run", "fail", "orders", Code: "INVALID_ARGUMENT", Message: "Field id: <!channel> & REQUIRED to NULLABLE"));
        Assert.Equal(Judgement.Alerted, await court.TransferAndJudgeAsync(run, "orders"));
        var post = Assert.Single(court.Posts).Text + Assert.Single(court.Replies).Text;
        Assert.Contains("orders: transfer failed", post, StringComparison.Ordinal);
        Assert.Contains("Field id: &lt;!channel&gt; &amp; REQUIRED to NULLABLE", post, StringComparison.Ordinal);
        var failed = Assert.Single(await run.LedgerAsync(), r => r.Event == LedgerEvent.Failed);
        Assert.Equal("INVALID_ARGUMENT Field id: <!channel> & REQUIRED to NULLABLE", failed.Detail);
        var said = post + failed + court.Google.Slack.Messages[0].Blocks!.ToJsonString();
        Assert.DoesNotContain(court.Google.Estate.ReaderKeyId, said, StringComparison.Ordinal);
        Assert.DoesNotContain(court.Google.Estate.ReaderSecret, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_log_a_failure_carries_the_runs_own_sentence()
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 3));
        court.Google.Faults.Add(new Fault("dts.run", "fail", "orders", Code: "RESOURCE_EXHAUSTED", Message: "only in the log"));
        court.Google.Faults.Add(new Fault("dts.ListTransferLogs", "error", Status: 403, Code: "PERMISSION_DENIED"));
        Assert.Equal(Judgement.Alerted, await court.TransferAndJudgeAsync(run, "orders"));
        Assert.Contains("Quota Exceeded.", Assert.Single(court.Replies).Text, StringComparison.Ordinal);
        Assert.Equal(
            "RESOURCE_EXHAUSTED Quota Exceeded.", Assert.Single(await run.LedgerAsync(), r => r.Event == LedgerEvent.Failed).Detail);
    }

    [Fact]
    public async Task A_cancelled_run_is_told_as_such()
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 3));
        court.Google.Faults.Add(new Fault("dts.run", "cancel", "orders"));
        var ended = await run.TransferAsync("orders");
        Assert.Equal(TransferState.Cancelled, ended.State);
        Assert.Equal(Judgement.Alerted, await court.Judge.JudgeAsync(ended, default));
        Assert.Contains("orders: transfer was cancelled", Assert.Single(court.Posts).Text, StringComparison.Ordinal);
        Assert.Equal(1, await run.CountAsync(LedgerEvent.Failed));
    }

    [Fact]
    public async Task While_Slack_fails_now_and_then_one_message_comes_of_it()
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 3));
        court.Google.Faults.Add(new Fault("dts.run", "fail", "orders", Code: "INTERNAL"));
        foreach (var method in new[] { "chat.postMessage", "conversations.history", "conversations.replies" })
            court.Google.Faults.Add(new Fault($"slack.{method}", "error", Status: 503));
        Assert.Equal(Judgement.Alerted, await court.TransferAndJudgeAsync(run, "orders"));
        Assert.Equal((1, 1, 1), (await run.CountAsync(LedgerEvent.Failed), court.Posts.Count, court.Replies.Count));
    }

    /// <summary>Anybody who may publish to the topic could say so.</summary>
    [Theory]
    [InlineData(TransferState.Failed)]
    [InlineData(TransferState.Cancelled)]
    public async Task A_failure_that_the_service_knows_nothing_of_is_not_believed(TransferState claimed)
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 3));
        var ended = await run.TransferAsync("orders");
        var name = ended.Name[..(ended.Name.LastIndexOf('/') + 1)];
        Assert.Equal(Judgement.NotOver, await court.Judge.JudgeAsync(ended with { Name = name + "forged", State = claimed, ErrorMessage = "<!channel> pay here" }, default));
        Assert.Equal((0, 0), (await run.CountAsync(LedgerEvent.Failed), court.Google.Slack.Messages.Count));
        // Of a run that went well: the rows speak, and publish.
        Assert.Equal(Judgement.Published, await court.Judge.JudgeAsync(ended with { State = claimed }, default));
        Assert.Empty(court.Posts);
    }

    [Fact]
    public async Task Where_the_service_may_not_be_asked_a_failure_is_told_as_the_event_has_it()
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 3));
        court.Google.Faults.Add(new Fault("dts.run", "fail", "orders", Code: "INTERNAL"));
        court.Google.Faults.Add(new Fault("dts.GetTransferRun", "error", Status: 403, Code: "PERMISSION_DENIED"));
        Assert.Equal(Judgement.Alerted, await court.TransferAndJudgeAsync(run, "orders"));
        Assert.Single(court.Posts);
    }

    [Fact]
    public async Task The_rerun_of_what_failed_is_judged_by_itself_and_publishes()
    {
        await using var court = await Court.OpenAsync();
        var run = await court.PlanAsync(2, ("orders", 3));
        court.Google.Faults.Add(new Fault("dts.run", "fail", "orders", Code: "INTERNAL"));
        var failed = await run.TransferAsync("orders");
        Assert.Equal(Judgement.Alerted, await court.Judge.JudgeAsync(failed, default));
        Assert.Equal(Judgement.Published, await court.TransferAndJudgeAsync(run, "orders"));
        Assert.Equal(Judgement.KnownAlready, await court.Judge.JudgeAsync(failed, default));
        Assert.Equal("3", await court.SeenAsync("orders"));
        var post = Assert.Single(court.Posts);
        Assert.StartsWith($":large_green_circle: [{GoogleSide.Dataset}] Mended: run ", post.Text, StringComparison.Ordinal);
        Assert.Contains("to mend.", post.Text, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<Judgement>> ThriceAsync(Court court, TransferRunInfo ended, bool atOnce)
    {
        if (atOnce) return await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => court.Judge.JudgeAsync(ended, default))));
        var judgements = new List<Judgement>();
        for (var i = 0; i < 3; i++) judgements.Add(await court.Judge.JudgeAsync(ended, default));
        return judgements;
    }
}
