using RdsBq.Cloud.BigQuery;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.Ledger;

/// <summary>The newest row of each table before a run, as BigQuery finds it.</summary>
public sealed class LedgerHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Of_each_table_the_newest_planned_run_is_remembered()
    {
        await using var google = await ReadyAsync();
        await google.Ledger.AppendAsync(
        [
            Row(1, LedgerEvent.Expected, "a"), Row(1, LedgerEvent.Expected, "gone"), Row(1, LedgerEvent.Planned),
            Row(2, LedgerEvent.Expected, "a"), Row(2, LedgerEvent.Skipped, "b", null), Row(2, LedgerEvent.Planned),
            Row(2, LedgerEvent.Proven, "a"), Row(2, LedgerEvent.Published),
            // Never planned: as if it had not been.
            Row(3, LedgerEvent.Expected, "a"), Row(3, LedgerEvent.Expected, "new"),
            Row(5, LedgerEvent.Expected, "a"), Row(5, LedgerEvent.Planned),
        ], default);

        Assert.Equal(["Expected a 2", "Expected gone 1", "Skipped b 2"], await HistoryAsync(google, 4));
        Assert.Empty(await HistoryAsync(google, 1));
    }

    [Fact]
    public async Task A_table_under_two_views_is_remembered_under_both()
    {
        await using var google = await ReadyAsync();
        await google.Ledger.AppendAsync(
            [Row(1, LedgerEvent.Expected, "a", "old"), Row(1, LedgerEvent.Planned), Row(2, LedgerEvent.Expected, "a", "new"), Row(2, LedgerEvent.Planned)], default);
        Assert.Equal(["Expected a 1", "Expected a 2"], await HistoryAsync(google, 3));
    }

    [Fact]
    public async Task A_withdrawal_of_a_planned_run_counts_until_a_person_goes_back_to_an_earlier_run()
    {
        await using var google = await ReadyAsync();
        await google.Ledger.AppendAsync([Row(2, LedgerEvent.Withdrawn, "lost"), Row(3, LedgerEvent.Withdrawn, "gone"), Row(3, LedgerEvent.Planned)], default);
        Assert.Empty(await HistoryAsync(google, 3));
        Assert.Equal(["Withdrawn gone 3"], await HistoryAsync(google, 4));
        await google.Ledger.AppendAsync([Row(4, LedgerEvent.Repointed)], default);
        Assert.Empty(await HistoryAsync(google, 5));
    }

    private static async Task<IReadOnlyList<string>> HistoryAsync(GoogleSide google, int day) =>
        [.. (await google.Ledger.HistoryAsync(Night(day), default)).Select(r => $"{r.Event} {r.Table} {r.RunTime.Instant.Day}").Order(StringComparer.Ordinal)];

    private static LedgerRow Row(int day, LedgerEvent happened, string? table = null, string? view = "v") => new(
        Night(day).Instant, happened, Night(day), "e", Table: table, View: table is null ? null : view, LandingTable: table is null ? null : $"{table}_{view}_{day}");

    private static RunTime Night(int day) => RunTime.At(Start.AddDays(day - 1));

    private static async Task<GoogleSide> ReadyAsync()
    {
        var google = await GoogleSide.StartAsync();
        await google.Client.EnsureDatasetAsync(GoogleSide.Settings().LandingDataset, default);
        await google.Ledger.EnsureAsync(default);
        return google;
    }
}
