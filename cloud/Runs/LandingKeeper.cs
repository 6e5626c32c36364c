using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Core.Ledger;
using RdsBq.Core.Settings;
using RdsBq.Core.Views;

namespace RdsBq.Cloud.Runs;

/// <summary>Keeps landing tables from expiring while views point at them.</summary>
/// <param name="retention">LANDING_RETENTION.</param>
public sealed class LandingKeeper(BigQueryClient client, LedgerTable ledger, WarehouseSettings warehouse, TimeSpan retention, TimeProvider clock, ILogger log)
{
    private const int AtOnce = 8;

    /// <summary>Gives time to what the views show, where no newer run has taken them over for half of the retention; else it calls nothing.</summary>
    public async Task KeepShownAsync(IReadOnlyList<RunSummary> runs, CancellationToken token) => await ExtendAsync(await ExpiringAsync(runs, token), token);

    /// <summary>The tables that <see cref="KeepShownAsync"/> would give time to. Reads only.</summary>
    public async Task<IReadOnlyList<string>> ExpiringAsync(IReadOnlyList<RunSummary> runs, CancellationToken token)
    {
        // With PUBLISH=each single views may be shown before any run is whole.
        var shown = RunSummary.Shown(runs);
        var oldest = shown ?? runs.Where(r => r.FirstShownAt is not null).MinBy(r => r.RunTime);
        if (oldest is null || !LandingLife.IsWorthALook(oldest.RunTime, clock.GetUtcNow(), retention)) return [];
        var views = ShownViews.From(await ledger.ShownRowsAsync(oldest.RunTime, shown?.RunTime, token));
        var tables = views.Values.Select(v => v.LandingTable).ToHashSet(StringComparer.Ordinal);
        return LandingLife.ToExtend(tables, await client.ListTablesAsync(warehouse.LandingDataset, token), clock.GetUtcNow(), retention);
    }

    /// <summary>Gives a whole retention from now on to those of the tables that would be gone within half of it.</summary>
    /// <param name="listed">The landing dataset's tables.</param>
    public Task KeepAsync(IReadOnlySet<string> tables, IReadOnlyList<ListedTable> listed, CancellationToken token) =>
        ExtendAsync(LandingLife.ToExtend(tables, listed, clock.GetUtcNow(), retention), token);

    private async Task ExtendAsync(IReadOnlyList<string> open, CancellationToken token)
    {
        if (open.Count == 0) return;
        var until = clock.GetUtcNow() + retention;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = token };
        await Parallel.ForEachAsync(open, options, async (table, ct) =>
        {
            if (!await client.ExpireAtAsync(warehouse.LandingDataset, table, until, ct))
                log.LogWarning("Landing table {Table} has expired under its view.", table);
        });
        log.LogInformation("{Tables} landing tables that views show are kept until {Until:u}.", open.Count, until);
    }
}
