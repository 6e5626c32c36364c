using RdsBq.Core.Checks;

namespace RdsBq.Cloud.BigQuery;

/// <summary>What <c>doctor</c> asks; nothing is changed or billed.</summary>
public static class Looks
{
    private const string OfViews = "VIEWS";

    /// <summary>Null where there is no such dataset.</summary>
    public static async Task<DatasetSeen?> DatasetAsync(this BigQueryClient client, string dataset, CancellationToken token)
    {
        try
        {
            var found = await client.GetAsync($"datasets/{Uri.EscapeDataString(dataset)}", BigQueryJson.Default.DatasetResource, token);
            var life = found.DefaultTableExpirationMs is { } ms ? TimeSpan.FromMilliseconds(ms) : (TimeSpan?)null;
            var readers = (found.Access ?? []).Select(a => a.Dataset).OfType<AuthorisedDataset>()
                .Where(a => a.TargetTypes?.Contains(OfViews) == true && a.Dataset?.ProjectId == client.Project).Select(a => a.Dataset!.DatasetId);
            return new DatasetSeen(dataset, found.Location ?? "", life, [.. readers]);
        }
        catch (BigQueryException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Lets BigQuery judge a query without running it.</summary>
    public static Task DryRunAsync(this BigQueryClient client, string sql, CancellationToken token)
    {
        var request = new QueryRequest(sql, UseLegacySql: false, client.Location, null, null, new FormatOptions(true), 10_000, DryRun: true);
        return client.PostAsync("queries", request, BigQueryJson.Default.QueryRequest, BigQueryJson.Default.QueryResponse, token);
    }
}
