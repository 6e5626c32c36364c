using RdsBq.Cloud.BigQuery;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.Ledger;

public sealed class FiguresTests
{
    [Fact]
    public async Task A_run_is_summed_from_its_tables_however_often_each_row_was_written()
    {
        await using var google = await GoogleSide.StartAsync();
        Assert.Empty(await google.Ledger.FiguresAsync(TimeSpan.FromDays(30), default));
        await google.Client.EnsureDatasetAsync(GoogleSide.Settings().LandingDataset, default);
        await google.Ledger.EnsureAsync(default);
        var now = google.Clock.GetUtcNow();
        var (first, second) = (RunTime.At(now.AddDays(-2)), RunTime.At(now.AddDays(-1)));
        LedgerRow Row(RunTime run, LedgerEvent e, int minute, string? table = null) =>
            new(run.Instant.AddMinutes(minute), e, run, $"e-{run.Stamp}", run.Instant.AddHours(-1), table, table, e == LedgerEvent.Skipped ? null : table);
        LedgerRow Expected(RunTime run, string table, long rows) => Row(run, LedgerEvent.Expected, 20, table) with { ExpectedRows = rows, ExpectedBytes = rows * 8 };
        LedgerRow[] rows =
        [
            Expected(first, "a", 5), Expected(first, "b", 7), Row(first, LedgerEvent.Skipped, 20, "c"), Row(first, LedgerEvent.Planned, 21) with { Tables = 2 },
            Row(first, LedgerEvent.Failed, 30, "a") with { TransferRun = "r/1" }, Row(first, LedgerEvent.Proven, 40, "a") with { TransferRun = "r/2" },
            Row(first, LedgerEvent.Proven, 35, "b") with { TransferRun = "r/3" }, Row(first, LedgerEvent.Published, 41) with { Tables = 2 },
            Row(first, LedgerEvent.Announced, 42),
            Expected(second, "a", 9), Row(second, LedgerEvent.Planned, 21) with { Tables = 1 },
            Row(second, LedgerEvent.Short, 30, "a") with { TransferRun = "r/4" },
        ];
        await google.Ledger.AppendAsync(rows, default);
        // Beyond the minute for which BigQuery drops what has the same insert id.
        google.Clock.Advance(TimeSpan.FromMinutes(5));
        await google.Ledger.AppendAsync(rows, default);

        var figures = await google.Ledger.FiguresAsync(TimeSpan.FromDays(30), default);
        Assert.Equal(
            [(second, 1L, 0L, 1L, 0L, 9L, 72L), (first, 2L, 2L, 0L, 1L, 12L, 96L)],
            figures.Select(f => (f.Run.RunTime, f.Tables, f.Proven, f.Failed, f.Skipped, f.Rows, f.Bytes)));
        Assert.Equal((TimeSpan.FromMinutes(41), null), (figures[1].Duration, figures[0].Duration));
        Assert.Equal((first.Instant.AddMinutes(40), null), (figures[1].Run.ProvenAt, figures[0].Run.ProvenAt));
        Assert.Equal((first.Instant.AddMinutes(42), null), (figures[1].Run.AnnouncedAt, figures[0].Run.AnnouncedAt));
        var summaries = await google.Ledger.SummariesAsync(TimeSpan.FromDays(30), default);
        // A set is equal to itself alone.
        var none = new HashSet<LedgerEvent>();
        Assert.Equal(figures.Select(f => f.Run with { Events = none }), summaries.Select(s => s with { Events = none }));
        Assert.All(summaries.Zip(figures), both => Assert.Equal(both.First.Events.Order(), both.Second.Run.Events.Order()));
        Assert.Empty(await google.Ledger.FiguresAsync(TimeSpan.FromHours(12), default));
    }
}
