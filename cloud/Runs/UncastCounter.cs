using System.Globalization;
using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Core.Ledger;
using RdsBq.Core.Settings;
using RdsBq.Core.Views;

namespace RdsBq.Cloud.Runs;

/// <summary>
/// Counts the values of a proven landing table that the view's casts can't read. The rows are right whatever comes of it: a count that
/// fails costs the count, never the proof.
/// </summary>
internal sealed class UncastCounter(BigQueryClient client, WarehouseSettings warehouse, TimeProvider time, ILogger log)
{
    /// <summary>Whoever judges owes an answer: Pub/Sub gives a function ten minutes at most for all that it does.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <returns>
    /// By column, those with such values; null where nothing was counted: no column is cast, the table is empty, or the count failed.
    /// </returns>
    public async Task<UncastCount> CountAsync(Receipt table, CancellationToken token)
    {
        if (table.ExpectedRows == 0 || !ViewSql.IsCast(PlanOf(table))) return UncastCount.None;
        var queries = UncastSql.Count(client.Project, warehouse.LandingDataset, table.LandingTable!, table.Columns);
        if (queries.Count == 0) return UncastCount.None;
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
        try
        {
            var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
            foreach (var query in queries) await CountAsync(query, counts, either.Token);
            return new UncastCount(counts, null);
        }
        catch (BigQueryException e) when (!e.IsPassing)
        {
            return Failed(table, e.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !token.IsCancellationRequested)
        {
            return Failed(table, $"no answer within {Limit.TotalMinutes:0} minutes");
        }
    }

    private ViewPlan PlanOf(Receipt table) => new(
        client.Project, warehouse.Dataset, table.View, warehouse.LandingDataset, table.LandingTable!, table.Columns, ViewNotes.None, warehouse.CastTypes);

    private async Task CountAsync(UncastQuery query, SortedDictionary<string, long> counts, CancellationToken token)
    {
        await foreach (var row in client.QueryAsync(query.Sql, null, token))
        {
            for (var i = 0; i < query.Columns.Count; i++)
            {
                if (long.Parse(row[$"c{i}"] ?? "0", CultureInfo.InvariantCulture) is > 0 and var count) counts[query.Columns[i]] = count;
            }
        }
    }

    private UncastCount Failed(Receipt table, string why)
    {
        log.LogWarning("{Table}: the rows are right, but the values that casts can't read were not counted: {Why}", table.Table, why);
        return new UncastCount(null, $"values that casts can't read were not counted: {why}");
    }
}

/// <param name="Problem">Why there is no count though there should be one; null for none.</param>
internal sealed record UncastCount(IReadOnlyDictionary<string, long>? ByColumn, string? Problem)
{
    public static readonly UncastCount None = new(null, null);

    /// <summary>An empty object says that they were counted and there were none.</summary>
    public string? ToJson() => ByColumn is null ? null : UncastValues.ToJson(ByColumn) ?? "{}";
}
