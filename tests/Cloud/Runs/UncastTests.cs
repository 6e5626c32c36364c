using Microsoft.Extensions.Time.Testing;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Runs;
using RdsBq.Core.Ledger;
using RdsBq.Core.Tables;
using RdsBq.Local.Hosting;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.Runs;

public sealed class UncastTests
{
    private static readonly IReadOnlyList<Column> Columns =
        [new("id", "INTEGER", "NULLABLE", "integer"), new("due", "STRING", "NULLABLE", "date"), new("born", "STRING", "NULLABLE", "date")];

    private static readonly RunShape Clean = Shape("'2024-02-29'");
    private static readonly RunShape Infinite = Shape("CASE range WHEN 0 THEN 'infinity' WHEN 1 THEN '0044-03-15 BC' WHEN 2 THEN NULL ELSE '2024-02-29' END");
    private static readonly RunShape Both = Shape("CASE range WHEN 0 THEN 'infinity' END", "'-infinity'");
    private static readonly Fault CountRefused = new("bigquery.jobs.query", "error", $"{GoogleSide.Dataset}_landing.orders", Status: 400, Code: "resourcesExceeded");

    [Fact]
    public async Task Values_that_casts_can_not_read_are_counted_and_told_with_a_query_that_shows_them()
    {
        await using var court = await Court.OpenAsync();
        var run = await PlanAsync(court, 2, Infinite);
        Assert.Equal(Judgement.Published, await court.TransferAndJudgeAsync(run, "orders"));
        Assert.Equal("""{"due":2}""", (await ProvenAsync(run)).Uncast);
        Assert.Equal(["2"], await court.Google.RowsAsync($"SELECT COUNT(due) AS n FROM `{GoogleSide.Dataset}.orders`"));
        Assert.Contains("shop.public.orders: 2 values are NULL in the view", Assert.Single(court.Posts).Text, StringComparison.Ordinal);
        var detail = Assert.Single(court.Replies).Text;
        Assert.Contains("due (date): 2", detail, StringComparison.Ordinal);
        var example = detail.Trim('`').Split('\n').Single(l => l.StartsWith("SELECT", StringComparison.Ordinal));
        Assert.Equal(["0044-03-15 BC|1", "infinity|1"], (await court.Google.RowsAsync(example)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_next_night_is_silent_about_the_same_column_and_tells_the_one_that_begins()
    {
        await using var court = await Court.OpenAsync();
        foreach (var (hoursAgo, shape) in new[] { (80, Infinite), (56, Infinite), (32, Both) })
            await court.TransferAndJudgeAsync(await PlanAsync(court, hoursAgo, shape), "orders");
        Assert.Equal(2, court.Posts.Count);
        Assert.Contains("born (date): 5", court.Replies[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("due (date)", court.Replies[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_that_was_clean_in_between_is_told_again()
    {
        await using var court = await Court.OpenAsync();
        foreach (var (hoursAgo, shape) in new[] { (80, Infinite), (56, Clean), (32, Infinite) })
            await court.TransferAndJudgeAsync(await PlanAsync(court, hoursAgo, shape), "orders");
        Assert.Equal(2, court.Posts.Count);
    }

    [Fact]
    public async Task A_count_that_is_refused_costs_the_count_and_neither_the_proof_nor_the_nights_peace()
    {
        await using var court = await Court.OpenAsync();
        await court.TransferAndJudgeAsync(await PlanAsync(court, 80, Infinite), "orders");
        var run = await PlanAsync(court, 56, Infinite);
        court.Google.Faults.Add(CountRefused);
        Assert.Equal(Judgement.Published, await court.TransferAndJudgeAsync(run, "orders"));
        var proven = await ProvenAsync(run);
        Assert.Null(proven.Uncast);
        Assert.StartsWith("values that casts can't read were not counted: ", proven.Detail, StringComparison.Ordinal);
        await court.TransferAndJudgeAsync(await PlanAsync(court, 32, Infinite), "orders");
        Assert.Single(court.Posts);
    }

    [Fact]
    public async Task A_count_without_an_answer_is_given_up_after_three_minutes()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var court = await Court.OpenAsync(time: time);
        var run = await PlanAsync(court, 2, Infinite);
        court.Google.Faults.Add(CountRefused with { Action = "hang" });
        var judged = court.TransferAndJudgeAsync(run, "orders");
        for (var i = 0; i < 1000 && !judged.IsCompleted; i++)
        {
            await Task.Delay(10);
            // Only once it waits: before that there is no limit to pass.
            if (court.Google.Faults.Remaining.Count == 0) time.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(Judgement.Published, await judged.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Contains("no answer within 3 minutes", (await ProvenAsync(run)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_Slack_fails_right_rows_are_published_all_the_same()
    {
        await using var court = await Court.OpenAsync();
        var run = await PlanAsync(court, 2, Infinite);
        court.Google.Faults.Add(new Fault("slack.chat.postMessage", "error", Status: 503));
        Assert.Equal(Judgement.Published, await court.TransferAndJudgeAsync(run, "orders"));
        Assert.Equal(("""{"due":2}""", 1), ((await ProvenAsync(run)).Uncast, court.Posts.Count));
    }

    [Fact]
    public async Task A_count_that_finds_nothing_says_so_and_asks_once()
    {
        await using var court = await Court.OpenAsync();
        var run = await PlanAsync(court, 2, Clean);
        await court.TransferAndJudgeAsync(run, "orders");
        Assert.Equal("{}", (await ProvenAsync(run)).Uncast);
        Assert.Equal((1, 0), (Counts(court), court.Posts.Count));
    }

    [Fact]
    public async Task Where_types_are_raw_or_nothing_is_cast_nothing_is_asked()
    {
        await using var raw = await Court.OpenAsync(castTypes: false);
        var run = await PlanAsync(raw, 2, Infinite);
        Assert.Equal(Judgement.Published, await raw.TransferAndJudgeAsync(run, "orders"));
        Assert.Null((await ProvenAsync(run)).Uncast);
        await using var plain = await Court.OpenAsync();
        Assert.Equal(Judgement.Published, await plain.TransferAndJudgeAsync(await plain.PlanAsync(2, ("orders", 5)), "orders"));
        Assert.Equal((0, 0), (Counts(raw), Counts(plain)));
    }

    private static Task<PlannedRun> PlanAsync(Court court, int hoursAgo, RunShape shape) =>
        PlannedRun.CreateAsync(court.Google, court.Google.Clock.GetUtcNow().AddHours(-hoursAgo), shape, ("orders", 5));

    private static async Task<LedgerRow> ProvenAsync(PlannedRun run) => Assert.Single(await run.LedgerAsync(), r => r.Event == LedgerEvent.Proven);

    private static int Counts(Court court) => court.Google.Calls("bigquery.jobs.query", "_landing.orders");

    private static RunShape Shape(string due, string born = "'1990-01-01'") => new(Columns, $"range::INTEGER AS id, {due} AS due, {born} AS born");
}
