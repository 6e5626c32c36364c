using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Core.Ledger;
using RdsBq.Core.Views;

namespace RdsBq.Cloud.Runs;

/// <summary>Views that a person points at a run, whatever was published before.</summary>
public sealed partial class ViewPublisher
{
    /// <summary>
    /// The proven tables of the run whose views do not show them. The views themselves are asked: the ledger does not know of a publication
    /// that was killed half way.
    /// </summary>
    public async Task<IReadOnlyList<Receipt>> ElsewhereAsync(RunReceipts run, CancellationToken token)
    {
        var elsewhere = new ConcurrentBag<Receipt>();
        await Parallel.ForEachAsync(run.Tables.Where(t => t.Verdict == Verdict.Proven), Eight(token), async (table, ct) =>
        {
            var shown = await client.ViewQueryAsync(warehouse.Dataset, table.View, ct) is { } query
                ? ViewSql.LandingTableOf(query, warehouse.Project, warehouse.LandingDataset, table.View)
                : null;
            if (shown != table.LandingTable) elsewhere.Add(table);
        });
        return [.. elsewhere.OrderBy(t => t.Table, StringComparer.Ordinal)];
    }

    /// <summary>Points these views at the run's tables, and tells the ledger, then READY_TOPIC: killed before, it is done again.</summary>
    public async Task RepointAsync(RunReceipts run, IReadOnlyList<Receipt> tables, CancellationToken token)
    {
        await Parallel.ForEachAsync(tables, Eight(token), async (table, ct) => await RepointAsync(table, ct));
        var row = Row(run, null) with { Event = LedgerEvent.Repointed, Tables = run.Tables.Count(t => t.Verdict == Verdict.Proven) };
        await ledger.AppendAsync([row], token);
        log.LogInformation("Run {RunTime} is shown, because a person chose it: {Tables} views were repointed.", run.RunTime, tables.Count);
        if (ready is not null) await ready.AnnounceAsync(token);
    }

    private static ParallelOptions Eight(CancellationToken token) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = token };
}
