using RdsBq.Core.Tables;

namespace RdsBq.Cloud.BigQuery;

/// <summary>Datasets and tables. Names go into URLs escaped: landing tables may carry blanks, dashes and letters of any script.</summary>
public static class Tables
{
    /// <summary>Creates the dataset in the client's location unless it is there.</summary>
    public static async Task EnsureDatasetAsync(this BigQueryClient client, string dataset, CancellationToken token)
    {
        try
        {
            await client.GetAsync($"datasets/{Uri.EscapeDataString(dataset)}", BigQueryJson.Default.DatasetResource, token);
        }
        catch (BigQueryException e) when (e.IsNotFound)
        {
            var resource = new DatasetResource(new DatasetReference(client.Project, dataset), client.Location);
            await Unless409(client.PostAsync("datasets", resource, BigQueryJson.Default.DatasetResource, BigQueryJson.Default.DatasetResource, token));
        }
    }

    /// <summary>Creates a table unless one of that name is there. True when this call created it.</summary>
    public static Task<bool> EnsureTableAsync(
        this BigQueryClient client, string dataset, string table, IReadOnlyList<Column> columns, string description, DateTimeOffset? expires, CancellationToken token)
    {
        var resource = new TableResource(
            new TableReference(client.Project, dataset, table),
            new SchemaResource([.. columns.Select(c => new FieldResource(c.Name, c.Type, c.Mode))]),
            description,
            ExpirationTime: expires?.ToUnixTimeMilliseconds());
        return Unless409(client.PostAsync(
            $"datasets/{Uri.EscapeDataString(dataset)}/tables", resource, BigQueryJson.Default.TableResource, BigQueryJson.Default.TableResource, token));
    }

    /// <summary>Rows that the table holds, the streaming buffer's apart; null where there is no such table.</summary>
    public static async Task<long?> RowCountAsync(this BigQueryClient client, string dataset, string table, CancellationToken token) =>
        (await FindAsync(client, dataset, table, token)) is { } found ? found.NumRows ?? 0 : null;

    /// <summary>Puts a table's end off; false where it lives as long anyhow, or is not there.</summary>
    public static async Task<bool> ExtendAsync(this BigQueryClient client, string dataset, string table, DateTimeOffset until, CancellationToken token)
    {
        if (await FindAsync(client, dataset, table, token) is not { ExpirationTime: { } now } || now >= until.ToUnixTimeMilliseconds()) return false;
        return await client.ExpireAtAsync(dataset, table, until, token);
    }

    /// <summary>Deletes a table or view; one that is not there is as good.</summary>
    public static async Task DeleteTableAsync(this BigQueryClient client, string dataset, string table, CancellationToken token)
    {
        try
        {
            await client.DeleteAsync(Path(dataset, table), token);
        }
        catch (BigQueryException e) when (e.IsNotFound)
        {
            // Also the second try after an answer that was lost.
        }
    }

    internal static async Task<TableResource?> FindAsync(BigQueryClient client, string dataset, string table, CancellationToken token)
    {
        try
        {
            return await client.GetAsync(Path(dataset, table), BigQueryJson.Default.TableResource, token);
        }
        catch (BigQueryException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    internal static string Path(string dataset, string table) => $"datasets/{Uri.EscapeDataString(dataset)}/tables/{Uri.EscapeDataString(table)}";

    private static async Task<bool> Unless409<T>(Task<T> creation)
    {
        try
        {
            await creation;
            return true;
        }
        catch (BigQueryException e) when (e.IsDuplicate)
        {
            return false;
        }
    }
}
