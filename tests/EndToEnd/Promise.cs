using System.Text;
using RdsBq.Local;

namespace RdsBq.EndToEnd.Tests;

/// <summary>What must hold of the world once a run is through, however often it was interrupted.</summary>
internal static class Promise
{
    /// <summary>
    /// One export task of ours; one config and one transfer run for each table with rows; each fact of the ledger once (one that was
    /// written again by a rerun has the same insert id, and counts as one); one published fact; views with the right rows; no word to Slack;
    /// READY_TOPIC told, and only after the last view.
    /// </summary>
    public static async Task AssertKeptAsync(CloudRun run, SmallSource source)
    {
        var task = Assert.Single(run.Cloud.Aws.Rds.Tasks);
        Assert.Equal("COMPLETE", task.Status);

        var loaded = source.Views.Where(v => SmallSource.RowsOf(v) > 0).Select(v => $"shop-{v}-transfer").ToList();
        Assert.Equal(loaded, run.TransferConfigs().Order());
        Assert.Equal(loaded, run.Transfers().Select(t => t.Config).Order());
        Assert.Single(run.Transfers().Select(t => t.RunTime).Distinct());
        Assert.All(run.Transfers(), t => Assert.Equal("Succeeded", t.State));

        await AssertLedgerAsync(run, source);
        foreach (var view in source.Views)
        {
            var rows = SmallSource.RowsOf(view);
            var from = $"`{Estate.Project}.{run.Dataset}.{view}`";
            var found = await run.QueryAsync($"SELECT COUNT(*), COUNT(DISTINCT id), IFNULL(SUM(id), 0) FROM {from}");
            Assert.Equal($"{rows} {rows} {rows * (rows - 1) / 2}", string.Join(" ", found[0]));
        }
        Assert.Empty(run.Cloud.Slack.Messages);
        AssertTold(run, source);
    }

    /// <summary>Once, or twice in the same words where whoever told it could not write that down.</summary>
    private static void AssertTold(CloudRun run, SmallSource source)
    {
        var told = run.Cloud.Topics.Published(Estate.ReadyTopic);
        Assert.InRange(told.Count, 1, 2);
        Assert.Single(told.Select(m => Encoding.UTF8.GetString(m.Data.Span)).Distinct());
        var before = run.Cloud.Journal.Entries.TakeWhile(c => c.Operation != "pubsub.Publish").ToList();
        Assert.All(source.Views, view => Assert.Contains(
            before, c => c is { Operation: "bigquery.jobs.query", Mutates: true, Status: 200 } && c.Subject == $"{run.Dataset}.{view}"));
    }

    private static async Task AssertLedgerAsync(CloudRun run, SmallSource source)
    {
        var tables = source.Views.Count;
        const string fact = "CONCAT(IFNULL(landing_table, ''), IFNULL(transfer_run, ''))";
        var facts = await run.LedgerAsync($"event, COUNT(DISTINCT {fact})", "GROUP BY event ORDER BY event");
        Assert.Equal(
            ["announced 1", $"expected {tables}", "planned 1", $"proven {tables}", "published 1"],
            facts.Select(f => $"{f[0]} {f[1]}"));
        Assert.Equal("1", (await run.LedgerAsync("COUNT(DISTINCT run_time)"))[0][0]);
        Assert.Equal("1", (await run.LedgerAsync("COUNT(*)", "WHERE event = 'published'"))[0][0]);
        Assert.Equal("0", (await run.LedgerAsync("COUNT(*)", "WHERE event = 'proven' AND landed_rows != expected_rows"))[0][0]);
    }
}
