using System.Text.Json.Nodes;
using RdsBq.Local.BigQuery.Values;

namespace RdsBq.Local.BigQuery.Rest;

/// <summary>tabledata.* (reference/rest/v2/tabledata).</summary>
internal sealed class TableDataCalls(Warehouse warehouse)
{
    public JsonObject InsertAll(Request request)
    {
        var errors = warehouse.InsertAll(warehouse.Catalog.Table(request.Route.Dataset, request.Route.Table), request.Body);
        var answer = new JsonObject { ["kind"] = "bigquery#tableDataInsertAllResponse" };
        // 200 also when rows were refused: only this key tells.
        if (errors.Count > 0) answer["insertErrors"] = errors;
        return answer;
    }

    public JsonObject List(Request request)
    {
        var table = warehouse.Catalog.Table(request.Route.Dataset, request.Route.Table);
        if (table.ViewQuery is not null) throw BigQueryException.Invalid($"Cannot list a table of type VIEW.");
        var selected = request.Text("selectedFields").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (selected.FirstOrDefault(s => s.Contains('.', StringComparison.Ordinal)) is { } nested)
            throw BigQueryException.Missing($"selectedFields inside a RECORD ({nested})");
        IReadOnlyList<Field> fields = [.. (table.Fields ?? []).Where(f => selected.Length == 0 || selected.Contains(f.Name, StringComparer.OrdinalIgnoreCase))];
        var total = warehouse.CountRows(table);
        var start = long.TryParse(request.Text("pageToken"), out var token) ? token : request.Number("startIndex") ?? 0;
        var count = Math.Min(request.Number("maxResults") ?? 100_000, 100_000);
        var answer = new JsonObject { ["kind"] = "bigquery#tableDataList", ["etag"] = table.Resource["etag"]?.DeepClone(), ["totalRows"] = total.ToString() };
        if (fields.Count > 0 && count > 0) answer["rows"] = warehouse.Page(table.Physical, fields, start, count, Int64(request));
        if (start + count < total) answer["pageToken"] = (start + count).ToString();
        return answer;
    }

    /// <summary>In query strings the option is spelled with a dot, in bodies it is an object.</summary>
    public static bool Int64(Request request) =>
        request.Flag("formatOptions.useInt64Timestamp") || (request.Body["formatOptions"]?["useInt64Timestamp"]?.GetValue<bool>() ?? false);
}
