using System.Text.Json.Serialization;

namespace RdsBq.Cloud.BigQuery;

/// <summary>The views of a dataset by one paged listing (tables.list, https://cloud.google.com/bigquery/docs/reference/rest/v2/tables/list).</summary>
public static class ViewList
{
    /// <summary>Names of the views; empty where there is no such dataset.</summary>
    public static async Task<IReadOnlySet<string>> ViewsAsync(this BigQueryClient client, string dataset, CancellationToken token)
    {
        var views = new HashSet<string>(StringComparer.Ordinal);
        string? page = null;
        try
        {
            do
            {
                var path = $"datasets/{Uri.EscapeDataString(dataset)}/tables?maxResults=1000{(page is null ? "" : $"&pageToken={Uri.EscapeDataString(page)}")}";
                var answer = await client.GetAsync(path, ViewListJson.Default.ListedTables, token);
                views.UnionWith((answer.Tables ?? []).Where(t => t.Type == "VIEW").Select(t => t.TableReference.TableId));
                page = answer.NextPageToken;
            }
            while (page is not null);
        }
        catch (BigQueryException e) when (e.IsNotFound)
        {
            // Nothing has been published yet.
        }
        return views;
    }
}

internal sealed record ListedTable(TableReference TableReference, string? Type);

internal sealed record ListedTables(List<ListedTable>? Tables, string? NextPageToken);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ListedTables))]
internal sealed partial class ViewListJson : JsonSerializerContext;
