using RdsBq.Core.Views;

namespace RdsBq.Cloud.BigQuery;

/// <summary>Tables of a dataset by name and end of life. https://cloud.google.com/bigquery/docs/reference/rest/v2/tables/list</summary>
public static class Listing
{
    private const int PageSize = 1000;

    /// <summary>Tables and views, all pages; empty where there is no such dataset.</summary>
    public static async Task<IReadOnlyList<ListedTable>> ListTablesAsync(this BigQueryClient client, string dataset, CancellationToken token)
    {
        var tables = new List<ListedTable>();
        string? page = null;
        do
        {
            var path = $"datasets/{Uri.EscapeDataString(dataset)}/tables?maxResults={PageSize}{(page is null ? "" : $"&pageToken={Uri.EscapeDataString(page)}")}";
            TableListResource answer;
            try
            {
                answer = await client.GetAsync(path, BigQueryJson.Default.TableListResource, token);
            }
            catch (BigQueryException e) when (e.IsNotFound)
            {
                return [];
            }
            tables.AddRange((answer.Tables ?? []).Select(t => new ListedTable(t.TableReference.TableId, Instant(t.ExpirationTime))));
            page = answer.NextPageToken;
        }
        while (page is not null);
        return tables;
    }

    /// <summary>Gives a table a new end of life; false where there is no such table any more.</summary>
    public static async Task<bool> ExpireAtAsync(this BigQueryClient client, string dataset, string table, DateTimeOffset expires, CancellationToken token)
    {
        try
        {
            var patch = new TablePatch(expires.ToUnixTimeMilliseconds());
            await client.PatchAsync(Tables.Path(dataset, table), patch, BigQueryJson.Default.TablePatch, BigQueryJson.Default.TableResource, token);
            return true;
        }
        catch (BigQueryException e) when (e.IsNotFound)
        {
            return false;
        }
    }

    private static DateTimeOffset? Instant(long? milliseconds) => milliseconds is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
