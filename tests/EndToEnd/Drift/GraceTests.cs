using RdsBq.Local.Hosting;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests.Drift;

/// <summary>A table that is gone: its last view for the grace, then none; and what comes between.</summary>
public sealed class GraceTests
{
    private const string Two = "create table {0} (id bigint primary key); insert into {0} values (1), (2)";

    [RequiresFact("initdb", "postgres")]
    public async Task The_view_of_a_dropped_table_outlives_its_landing_table_s_retention_and_goes_after_the_grace()
    {
        await using var nights = await StartAsync("kept", "dropped", "returns", "replaced");
        await nights.NightAsync();
        await nights.SqlAsync("drop table dropped; drop table returns; drop table replaced");
        await nights.NightAsync();
        var dropped = nights.Night;
        // People have made this one their own.
        await nights.Run.QueryAsync($"CREATE OR REPLACE VIEW `{nights.Run.Dataset}.replaced` AS SELECT 42 AS id");

        await nights.NightAsync();
        await nights.SqlAsync("create table returns (id bigint primary key, note text); insert into returns values (3, 'new')");
        await nights.NightAsync();
        Assert.Equal("column note is new (text); back, last seen in run ", Cut((await nights.ChangesAsync(nights.Night))["returns"]));
        Assert.Equal(["3|new"], await nights.RowsAsync("returns"));

        nights.Run.Cloud.Clock.Advance(dropped.AddDays(6.8) - nights.Run.Cloud.Clock.GetUtcNow());
        Assert.Equal(["1", "2"], await nights.RowsAsync("dropped"));
        await nights.NightAsync();

        Assert.Null(await nights.ViewAsync("dropped"));
        Assert.Equal(["42"], await nights.RowsAsync("replaced"));
        Assert.Equal(["3|new"], await nights.RowsAsync("returns"));
        Assert.Equal(["dropped", "replaced"], (await nights.ChangesAsync(nights.Night, "withdrawn")).Keys.Order());
        Assert.Equal(3, nights.Told.Count);
        Assert.Contains("shop.public.dropped: view dropped is withdrawn, its table being gone since run ", nights.Told[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("replaced", nights.Told[^1], StringComparison.Ordinal);

        await nights.NightAsync();
        Assert.Empty(await nights.ChangesAsync(nights.Night, "withdrawn"));
        Assert.Equal(3, nights.Told.Count);
    }

    [RequiresFact("initdb", "postgres")]
    public async Task While_no_run_without_the_table_is_published_its_view_stays_however_late_it_is()
    {
        await using var nights = await StartAsync("kept", "dropped");
        await nights.NightAsync();
        await nights.SqlAsync("drop table dropped");
        for (var night = 0; night < 2; night++)
        {
            nights.Run.Cloud.Faults.Add(new Fault("dts.run", "fail", "kept", Code: "PERMISSION_DENIED", Times: 100));
            await nights.LandAsync();
            await nights.Run.TransfersEndAsync();
            nights.Run.Cloud.Faults.Clear();
            if (night == 0) nights.Run.Cloud.Clock.Advance(TimeSpan.FromDays(7.5));
        }
        Assert.Equal(["1", "2"], await nights.RowsAsync("dropped"));

        await nights.NightAsync();
        Assert.Equal(["1", "2"], await nights.RowsAsync("dropped"));
        await nights.NightAsync();
        Assert.Null(await nights.ViewAsync("dropped"));
    }

    [RequiresFact("initdb", "postgres")]
    public async Task A_landing_that_died_tells_what_it_has_written_in_one_message()
    {
        await using var nights = await StartAsync("kept", "dropped");
        await nights.NightAsync();
        await nights.SqlAsync("drop table dropped");
        nights.Run.Cloud.Faults.Add(new Fault("bigquery.tabledata.insertAll", "error", Status: 403, Code: "accessDenied"));
        await Assert.ThrowsAsync<InvalidOperationException>(nights.LandAsync);
        Assert.Empty(nights.Told);

        // The second time it dies after the change is written, which is what is told.
        nights.Run.Cloud.Faults.Add(new Fault("bigquery.tabledata.insertAll", "error", Status: 403, Code: "accessDenied", Skip: 1));
        Assert.NotEqual(0, (await nights.Run.CallAsync("load")).ExitCode);
        Assert.Single(nights.Told);
        await nights.Run.MustAsync("load");
        await nights.PublishAsync();

        Assert.Contains("shop.public.dropped: gone from the export", Assert.Single(nights.Told), StringComparison.Ordinal);
        Assert.Equal("dropped", Assert.Single(await nights.ChangesAsync(nights.Night)).Key);
    }

    [RequiresFact("initdb", "postgres")]
    public async Task A_landing_that_dies_before_every_call_in_turn_says_and_does_all_in_the_end()
    {
        await using var nights = await StartAsync("kept", "first", "second");
        await nights.NightAsync();
        await nights.SqlAsync("drop table first");
        await nights.NightAsync();
        // The night after this one is the first with the grace over; landing tables live for seven days.
        nights.Run.Cloud.Clock.Advance(TimeSpan.FromDays(5.5));
        await nights.NightAsync();
        await nights.SqlAsync("drop table second; alter table kept add note text");
        await nights.ExportAsync();
        var before = nights.Told.Count;
        var deaths = 0;
        for (; deaths < 200; deaths++)
        {
            nights.Run.Cloud.Faults.Add(new Fault("bigquery.*", "error", Status: 403, Code: "accessDenied", Skip: deaths));
            var ended = await nights.Run.CallAsync("load");
            nights.Run.Cloud.Faults.Clear();
            if (ended.ExitCode == 0) break;
        }
        Assert.InRange(deaths, 15, 100);
        await nights.PublishAsync();

        Assert.Equal(1, nights.Told.Count - before);
        foreach (var words in (string[])["first: view first is withdrawn", "second: gone from the export", "kept: column note is new"])
            Assert.Contains($"shop.public.{words}", nights.Told[before], StringComparison.Ordinal);
        Assert.Equal(["kept", "second"], (await nights.ChangesAsync(nights.Night)).Keys.Order());
        Assert.Equal(["first"], (await nights.ChangesAsync(nights.Night, "withdrawn")).Keys);
        Assert.Null(await nights.ViewAsync("first"));
        Assert.Equal(["1", "2"], await nights.RowsAsync("second"));
        Assert.Equal(["1|NULL", "2|NULL"], await nights.RowsAsync("kept"));
    }

    private static async Task<DriftNights> StartAsync(params string[] tables)
    {
        var nights = await DriftNights.StartAsync();
        foreach (var table in tables) await nights.SqlAsync(Two.Replace("{0}", table, StringComparison.Ordinal));
        return nights;
    }

    private static string Cut(string words) => words[..(words.IndexOf("in run ", StringComparison.Ordinal) + "in run ".Length)];
}
