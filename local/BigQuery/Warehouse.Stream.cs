using System.Text.Json.Nodes;
using RdsBq.Local.BigQuery.Values;

namespace RdsBq.Local.BigQuery;

/// <summary>tabledata.insertAll.</summary>
public sealed partial class Warehouse
{
    private static readonly TimeSpan InsertIdMemory = TimeSpan.FromMinutes(1);

    /// <returns>The answer's insertErrors; empty when all rows were written.</returns>
    internal JsonArray InsertAll(Table table, JsonObject request)
    {
        var name = $"{Catalog.Project}:{table.Dataset}.{table.Id}";
        if (Catalog.Now < table.Created + StreamingWarmup) throw BigQueryException.NotFound($"Table {name}");
        if (table.ViewQuery is not null) throw BigQueryException.Invalid($"Cannot add rows to a table of type VIEW.");
        if (request["templateSuffix"] is not null) throw BigQueryException.Missing("template tables (templateSuffix)");
        var fields = table.Fields ?? throw BigQueryException.Invalid("The destination table has no schema.");
        if (request["rows"] is not JsonArray { Count: > 0 } rows) throw BigQueryException.Invalid("No rows present in the request.");
        if (rows.Count > 50_000) throw BigQueryException.Invalid("Too many rows present in the request, limit: 50000");

        var (skipInvalid, ignoreUnknown) = (
            request["skipInvalidRows"]?.GetValue<bool>() ?? false, request["ignoreUnknownValues"]?.GetValue<bool>() ?? false);
        var errors = new JsonArray();
        var good = new List<(int Index, string Values, string? InsertId)>();
        for (var i = 0; i < rows.Count; i++)
        {
            var values = RowValues(fields, rows[i]?["json"] as JsonObject ?? [], ignoreUnknown, out var problem);
            if (problem is not null) errors.Add(RowError(i, "invalid", problem.Value.Column, problem.Value.Message));
            else good.Add((i, values, rows[i]?["insertId"]?.GetValue<string>()));
        }
        if (errors.Count > 0 && !skipInvalid)
        {
            foreach (var (index, _, _) in good) errors.Add(RowError(index, "stopped", "", ""));
            return errors;
        }
        Stream(table, good.Where(g => IsNew(table, g.InsertId)).Select(g => g.Values).ToList());
        return errors;
    }

    private void Stream(Table table, List<string> rows)
    {
        foreach (var chunk in rows.Chunk(500)) engine.Execute($"INSERT INTO {table.Physical} VALUES {string.Join(", ", chunk)}");
        if (rows.Count == 0) return;
        table.Streamed.Add((Catalog.Now, rows.Count));
        table.Bytes = null;
    }

    /// <summary>Best-effort deduplication: an insertId counts for about a minute.</summary>
    private bool IsNew(Table table, string? insertId)
    {
        if (string.IsNullOrEmpty(insertId)) return true;
        foreach (var old in table.InsertIds.Where(i => i.Value + InsertIdMemory <= Catalog.Now).Select(i => i.Key).ToList())
            table.InsertIds.Remove(old);
        return table.InsertIds.TryAdd(insertId, Catalog.Now);
    }

    private static string RowValues(
        IReadOnlyList<Field> fields, JsonObject json, bool ignoreUnknown, out (string Column, string Message)? problem)
    {
        problem = null;
        if (!ignoreUnknown && json.FirstOrDefault(p => !fields.Any(f => f.Name.Equals(p.Key, StringComparison.OrdinalIgnoreCase))) is { Key: { } stranger })
        {
            problem = (stranger, $"no such field: {stranger}.");
            return "";
        }
        var values = new List<string?>();
        foreach (var field in fields)
        {
            var value = json.FirstOrDefault(p => p.Key.Equals(field.Name, StringComparison.OrdinalIgnoreCase)).Value;
            values.Add(Rows.Literal(field, value, out var message));
            if (message is not null) problem ??= (field.Name, message);
        }
        return $"({string.Join(", ", values)})";
    }

    private static JsonObject RowError(int index, string reason, string location, string message) => new()
    {
        ["index"] = index,
        ["errors"] = new JsonArray(new JsonObject { ["reason"] = reason, ["location"] = location, ["debugInfo"] = "", ["message"] = message }),
    };
}
