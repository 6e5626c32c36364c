using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Views;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.Ledger;

public sealed class LedgerTableTests
{
    [Fact]
    public async Task Before_the_first_run_there_is_no_ledger_and_nothing_in_it()
    {
        await using var google = await GoogleSide.StartAsync();
        var run = RunTime.At(google.Clock.GetUtcNow());
        Assert.Empty(await google.Ledger.RunAsync(run, default));
        Assert.Empty(await google.Ledger.TableAsync(run, "c", default));
        Assert.Empty(await google.Ledger.SummariesAsync(TimeSpan.FromDays(30), default));
        Assert.Empty(await google.Ledger.ViewsOfNewerRunsAsync(run, default));
        Assert.False(await google.Ledger.IsProvenAsync(run, default));
    }

    [Fact]
    public async Task A_row_comes_back_as_it_was_written_whatever_it_holds()
    {
        await using var google = await ReadyAsync();
        var now = google.Clock.GetUtcNow();
        var run = RunTime.At(now);
        now = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        var full = new LedgerRow(
            now, LedgerEvent.Short, run, "e-1", now.AddHours(-3), "shop.public.\"orders\"", "sales orders", "orders_1",
            "projects/1/transferConfigs/c", "projects/1/transferConfigs/c/runs/r",
            long.MaxValue, 0, 3, 2, 1, """[{"name":"id"}]""", "a 'reason' with\nlines, \\ and 日本");
        var bare = new LedgerRow(now.AddSeconds(1), LedgerEvent.Planned, run, "");
        await google.Ledger.AppendAsync([full, bare], default);
        Assert.Equal([full, bare], await google.Ledger.RunAsync(run, default));
        Assert.Empty(await google.Ledger.RunAsync(RunTime.At(now.AddMinutes(1)), default));
    }

    [Fact]
    public async Task Every_event_keeps_its_name()
    {
        await using var google = await ReadyAsync();
        var now = google.Clock.GetUtcNow();
        await google.Ledger.AppendAsync(
            Enum.GetValues<LedgerEvent>().Select((e, i) => new LedgerRow(now.AddSeconds(i), e, RunTime.At(now), "e")), default);
        Assert.Equal(Enum.GetValues<LedgerEvent>(), (await google.Ledger.RunAsync(RunTime.At(now), default)).Select(r => r.Event));
    }

    [Fact]
    public async Task A_config_is_found_by_its_id_however_the_project_is_named()
    {
        await using var google = await ReadyAsync();
        var now = google.Clock.GetUtcNow();
        var row = new LedgerRow(
            now, LedgerEvent.Expected, RunTime.At(now), "e", LandingTable: "t",
            TransferConfig: "projects/409146382768/locations/eu/transferConfigs/abc");
        await google.Ledger.AppendAsync(
            [row, row with { LandingTable = "u", TransferConfig = "projects/409146382768/locations/eu/transferConfigs/xabc" }], default);
        Assert.Equal("t", Assert.Single(await google.Ledger.TableAsync(RunTime.At(now), "abc", default)).LandingTable);
        Assert.Empty(await google.Ledger.TableAsync(RunTime.At(now), "bc", default));
    }

    [Fact]
    public async Task A_run_is_proven_when_every_planned_table_is_however_often_each_was_said()
    {
        await using var google = await ReadyAsync();
        var now = google.Clock.GetUtcNow();
        var run = RunTime.At(now);
        LedgerRow Row(LedgerEvent e, string? table = null, string? config = null) =>
            new(now, e, run, "e", Table: table, LandingTable: table, TransferRun: config);
        await google.Ledger.AppendAsync(
            [
                Row(LedgerEvent.Expected, "a"), Row(LedgerEvent.Expected, "b"), Row(LedgerEvent.Proven, "a"),
                Row(LedgerEvent.Proven, "a", "r/2"),
            ],
            default);
        Assert.False(await google.Ledger.IsProvenAsync(run, default));
        await google.Ledger.AppendAsync([Row(LedgerEvent.Proven, "b")], default);
        Assert.False(await google.Ledger.IsProvenAsync(run, default));
        await google.Ledger.AppendAsync([Row(LedgerEvent.Planned) with { Tables = 2 }], default);
        Assert.True(await google.Ledger.IsProvenAsync(run, default));
    }

    [Fact]
    public async Task Summaries_are_of_the_window_newest_first_and_one_view_is_not_a_published_run()
    {
        await using var google = await ReadyAsync();
        var now = google.Clock.GetUtcNow();
        LedgerRow Row(LedgerEvent e, int daysAgo, string? table = null) =>
            new(now, e, RunTime.At(now.AddDays(-daysAgo)), "e", Table: table, View: table, LandingTable: table);
        await google.Ledger.AppendAsync(
            [
                Row(LedgerEvent.Planned, 40), Row(LedgerEvent.Published, 40), Row(LedgerEvent.Planned, 3), Row(LedgerEvent.Published, 3),
                Row(LedgerEvent.Planned, 2), Row(LedgerEvent.Published, 2, "orders"), Row(LedgerEvent.Expected, 1, "orders"),
            ],
            default);
        var summaries = await google.Ledger.SummariesAsync(TimeSpan.FromDays(30), default);
        Assert.Equal(
            [(1, false, false), (2, true, false), (3, true, true)],
            summaries.Select(s => ((int)Math.Round((now - s.RunTime.Instant).TotalDays, MidpointRounding.ToZero), s.Planned, s.Published)));
        Assert.Equal(["orders"], await google.Ledger.ViewsOfNewerRunsAsync(RunTime.At(now.AddDays(-3)), default));
        Assert.Empty(await google.Ledger.ViewsOfNewerRunsAsync(RunTime.At(now.AddDays(-2)), default));
    }

    [Fact]
    public async Task The_ledger_is_made_once_and_never_expires()
    {
        await using var google = await ReadyAsync();
        await google.Ledger.EnsureAsync(default);
        google.Clock.Advance(TimeSpan.FromDays(3650));
        Assert.NotNull(await google.Client.RowCountAsync(GoogleSide.Settings().LandingDataset, Names.Ledger, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_older_ledger_is_given_the_columns_that_it_lacks_and_keeps_the_rest(bool ensured)
    {
        await using var google = await GoogleSide.StartAsync();
        var dataset = GoogleSide.Settings().LandingDataset;
        await google.Client.EnsureDatasetAsync(dataset, default);
        await google.Client.ExecuteAsync($"""
            CREATE TABLE {dataset}.{Names.Ledger} (recorded_at TIMESTAMP NOT NULL, event STRING NOT NULL OPTIONS(description='kept'), run_time TIMESTAMP NOT NULL,
              export_task_id STRING, snapshot_time TIMESTAMP, table_name STRING, view_name STRING, landing_table STRING, transfer_config STRING, transfer_run STRING,
              expected_rows INT64, expected_bytes INT64, expected_files INT64, landed_rows INT64, tables INT64, columns STRING, by_hand STRING)
            """, default);
        var now = google.Clock.GetUtcNow();
        var row = new LedgerRow(now, LedgerEvent.Proven, RunTime.At(now), "e", Table: "t", Detail: "d", Uncast: """{"due":2}""");
        if (ensured) await google.Ledger.EnsureAsync(default);
        await google.Ledger.AppendAsync([row], default);
        Assert.Equal("""{"due":2}""", Assert.Single(await google.Ledger.RunAsync(RunTime.At(now), default)).Uncast);
        var columns = await google.RowsAsync($"SELECT column_name, is_nullable FROM {dataset}.INFORMATION_SCHEMA.COLUMNS ORDER BY ordinal_position");
        Assert.Equal(("event|NO", "columns|YES"), (columns[1], columns[15]));
        Assert.Equal(["by_hand|YES", "detail|YES", "uncast|YES"], columns.Skip(16));
        Assert.Equal("kept", (await google.Client.NotesAsync(dataset, Names.Ledger, default)).ColumnDescriptions["event"]);
        await google.Ledger.EnsureAsync(default);
        Assert.Equal(1, google.Calls("bigquery.tables.patch"));
    }

    [Fact]
    public async Task A_row_that_is_refused_for_another_reason_stays_refused()
    {
        await using var google = await GoogleSide.StartAsync();
        var dataset = GoogleSide.Settings().LandingDataset;
        await google.Client.EnsureDatasetAsync(dataset, default);
        var columns = new[] { "event", "run_time", "export_task_id", "snapshot_time", "table_name", "view_name", "landing_table", "transfer_config", "transfer_run" }
            .Concat(["expected_rows", "expected_bytes", "expected_files", "landed_rows", "tables", "columns", "detail", "uncast"]).Select(c => $"{c} STRING");
        await google.Client.ExecuteAsync($"CREATE TABLE {dataset}.{Names.Ledger} (recorded_at INT64, {string.Join(", ", columns)})", default);
        var now = google.Clock.GetUtcNow();
        var refused = await Assert.ThrowsAsync<BigQueryException>(() => google.Ledger.AppendAsync([new LedgerRow(now, LedgerEvent.Planned, RunTime.At(now), "e")], default));
        Assert.Contains("recorded_at", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, google.Calls("bigquery.tables.patch"));
    }

    private static async Task<GoogleSide> ReadyAsync()
    {
        var google = await GoogleSide.StartAsync();
        await google.Client.EnsureDatasetAsync(GoogleSide.Settings().LandingDataset, default);
        await google.Ledger.EnsureAsync(default);
        return google;
    }
}
