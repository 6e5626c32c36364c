using RdsBq.Local;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>Values of a real PostgreSQL that BigQuery's types can't hold: in the receipt by column, on Slack once, NULL in the view.</summary>
public sealed class UncastValuesTests
{
    private const string Schema = """
        create table people (id integer primary key, born date, seen timestamp, seen_at timestamptz, height numeric, score numeric(10,2), note text);
        insert into people values
            (1, '1906-12-09', '2024-02-29 13:14:15', '2024-02-29 13:14:15.5+09', 1.5, 10.25, 'infinity'),
            (2, 'infinity', '-infinity', 'infinity', 'NaN', 'NaN', 'NaN'),
            (3, '0044-03-15 BC', '0044-03-15 12:00 BC', '2024-02-29 00:00+00', 0, 0, null),
            (4, null, null, null, null, null, null);
        create table clean (id integer primary key, day date);
        insert into clean values (1, '2024-02-29'), (2, null);
        create table nobody (id integer primary key, day date);
        """;

    [RequiresFact("initdb", "postgres")]
    public async Task What_BigQuery_can_not_hold_is_counted_every_night_and_told_once()
    {
        await using var postgres = await PostgresCluster.StartAsync();
        await postgres.ExecuteAsync("create database crew");
        await postgres.ExecuteAsync(Schema, "crew");
        // The snapshot that the local cloud begins with is three hours old.
        await using var run = await CloudRun.StartAsync(
            new LocalOptions(Speed: 0, PostgresSource: postgres.ConnectionString("crew")), new Dictionary<string, string?> { ["FRESHNESS"] = "40h" });

        await NightAsync(run);

        Assert.Equal(
            ["crew.public.clean {}", "crew.public.nobody ", """crew.public.people {"born":2,"height":1,"score":1,"seen":2,"seen_at":1}"""],
            Lines(await run.LedgerAsync("table_name, uncast", "WHERE event = 'proven' ORDER BY 1")));
        var told = Assert.Single(run.Cloud.SlackTexts, t => t.Contains("NULL in their views", StringComparison.Ordinal));
        Assert.Contains("crew.public.people: 7 values are NULL in the view", told, StringComparison.Ordinal);
        told = Assert.Single(run.Cloud.SlackTexts, t => t != told);
        Assert.Contains("born (date): 2", told, StringComparison.Ordinal);
        Assert.Contains("score (numeric): 1", told, StringComparison.Ordinal);
        Assert.DoesNotContain("note", told, StringComparison.Ordinal);
        var example = told.Split('\n').Select(l => l.Trim()).Single(l => l.StartsWith("SELECT", StringComparison.Ordinal)).Trim('`');
        Assert.NotEmpty(await run.QueryAsync(example));
        Assert.Equal(
            ["1 1906-12-09 1.5 10.25", "2   ", "3  0 0", "4   "],
            Lines(await run.QueryAsync($"SELECT id, born, height, score FROM `{run.Dataset}.people` ORDER BY id")));

        run.Cloud.Clock.Advance(TimeSpan.FromHours(23.5));
        Assert.True(run.Cloud.TrySnapshot(null, out _));
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        await NightAsync(run);

        Assert.Equal(["2"], Lines(await run.LedgerAsync("COUNT(*)", "WHERE event = 'published'")));
        Assert.Equal(2, (await run.LedgerAsync("uncast", "WHERE event = 'proven' AND uncast LIKE '%seen%'")).Count);
        Assert.Equal(2, run.Cloud.SlackTexts.Count());
        await SecretsCheck.AssertCleanAsync(run);
    }

    private static IEnumerable<string> Lines(IEnumerable<string?[]> rows) => rows.Select(r => string.Join(' ', r));

    private static async Task NightAsync(CloudRun run)
    {
        await run.MustAsync("export");
        await run.ExportsEndAsync();
        await run.MustAsync("load");
        await run.TransfersEndAsync();
        // Where no function listens, load judges: two minutes after the end.
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        await run.MustAsync("load");
    }
}
