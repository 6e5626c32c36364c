using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RdsBq.Core.Tables;

namespace RdsBq.Cloud.BigQuery;

/// <summary>Growing a table. https://cloud.google.com/bigquery/docs/managing-table-schemas</summary>
public static class TableColumns
{
    /// <summary>
    /// Adds the columns that the table lacks, at its end and NULLABLE whatever their mode: BigQuery takes no others. What is there stays
    /// as it is. For minutes afterwards insertAll may still refuse values of the new columns.
    /// </summary>
    /// <returns>True when any was missing.</returns>
    /// <exception cref="BigQueryException">There is no such table, or no right to change it.</exception>
    public static async Task<bool> AddMissingAsync(
        this BigQueryClient client, string dataset, string table, IReadOnlyList<Column> columns, CancellationToken token)
    {
        var path = Tables.Path(dataset, table);
        var found = await client.GetAsync(path + "?view=BASIC", GrowingJson.Default.GrowingTable, token);
        // The list is replaced whole, so that every field goes back as it came, with all that people have written on it.
        var fields = found.Schema?.Fields ?? [];
        var known = fields.Select(f => (string?)f["name"] ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = columns.Where(c => !known.Contains(c.Name)).ToList();
        if (missing.Count == 0) return false;
        var added = missing.Select(c => new JsonObject { ["name"] = c.Name, ["type"] = c.Type, ["mode"] = "NULLABLE" });
        var grown = new GrowingTable(new GrowingSchema([.. fields, .. added]));
        var type = GrowingJson.Default.GrowingTable;
        await client.PatchAsync(path, grown, type, type, token);
        return true;
    }
}

internal sealed record GrowingSchema(List<JsonObject>? Fields);

internal sealed record GrowingTable(GrowingSchema? Schema);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GrowingTable))]
internal sealed partial class GrowingJson : JsonSerializerContext;
