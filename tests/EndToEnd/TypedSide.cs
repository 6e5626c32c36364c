using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RdsBq.EndToEnd.Tests;

/// <param name="Type">What the view must show.</param>
/// <param name="Source">PostgreSQL's own expression for the value expected there; NULL where BigQuery's type has no such value.</param>
/// <param name="View">GoogleSQL's expression over the view.</param>
internal sealed record TypedField(string Name, string Type, string Source, string View);

/// <summary>
/// The PostgreSQL side of a view with real types: each value converted by PostgreSQL itself, sharing nothing with the casts.
/// </summary>
internal sealed class TypedSide(SourceSide source)
{
    public async Task<IReadOnlyList<TypedField>> FieldsAsync(SourceRelation relation)
    {
        var rows = await source.RowsAsync($"""
            select a.attname, format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null), t.typlen = -1 and t.typelem <> 0, a.atttypmod
            from pg_attribute a join pg_type t on t.oid = a.atttypid
            where a.attrelid = format('%I.%I', '{relation.Schema}', '{relation.Name}')::regclass and a.attnum > 0 and not a.attisdropped
            order by a.attnum
            """);
        var exported = rows.Where(r => relation.Fields.Any(f => f.Name == r[0]));
        return [.. exported.Select(r => Field(r[0]!, r[1]!, r[2] == "t", int.Parse(r[3]!)))];
    }

    public async Task<IReadOnlyList<string>> TableAsync(SourceRelation relation, IReadOnlyList<TypedField> fields)
    {
        var only = relation.Name == "parent" ? "only " : "";
        var table = $"{only}\"{relation.Schema}\".\"{relation.Name}\"";
        return Canonical(fields, await source.RowsAsync($"select {string.Join(", ", fields.Select(f => f.Source))} from {table}"));
    }

    /// <summary>One line a row, in an order that only the values decide.</summary>
    public static IReadOnlyList<string> Canonical(IReadOnlyList<TypedField> fields, IEnumerable<string?[]> rows) =>
        [.. rows.Select(row => string.Join('\u001f', row.Zip(fields, Alike))).Order(StringComparer.Ordinal)];

    private static TypedField Field(string name, string type, bool array, int modifier)
    {
        var (c, v) = ($"\"{name}\"", $"`{name}`");
        var text = $"CAST({v} AS STRING)";
        if (array) return new TypedField(name, "JSON", $"to_jsonb({c}::text[])::text", v);
        return type switch
        {
            "bigint" or "integer" or "smallint" => new TypedField(name, "INTEGER", $"{c}::text", v),
            "real" or "double precision" => new TypedField(name, "FLOAT", $"{c}::float8::text", v),
            "boolean" => new TypedField(name, "BOOLEAN", $"{c}::text", v),
            "bytea" => new TypedField(name, "BYTES", $"encode({c}, 'hex')", $"TO_HEX({v})"),
            "date" => new TypedField(name, "DATE", Between(c, "date", $"to_char({c}, 'YYYY-MM-DD')"), text),
            "timestamp without time zone" =>
                new TypedField(name, "DATETIME", Between(c, "timestamp", $"to_char({c}, 'YYYY-MM-DD HH24:MI:SS.US')"), text),
            "timestamp with time zone" =>
                new TypedField(
                    name, "TIMESTAMP", Between(c, "timestamptz", $"to_char({c} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"), text),
            "time without time zone" => new TypedField(
                name, "TIME", $"case when {c} < '24:00' then to_char({c}, 'HH24:MI:SS.US') end", text),
            // The modifier holds 65536 times the digits, and the scale; -1 is none. Up to 9 digits are NUMERIC.
            "numeric" => new TypedField(name, modifier >= 0 && modifier >> 16 <= 9 ? "NUMERIC" : "BIGNUMERIC", Number(c), text),
            "money" => new TypedField(name, "NUMERIC", $"trim_scale({c}::numeric)::text", text),
            "json" or "jsonb" => new TypedField(name, "JSON", $"{c}::text", v),
            _ => new TypedField(name, "STRING", $"case when num_nulls({c}) = 0 then format('%s', {c}) end", v),
        };
    }

    private static string Between(string c, string type, string text) =>
        $"case when isfinite({c}) and {c} >= {type} '0001-01-01' and {c} < {type} '10000-01-01' then {text} end";

    private static string Number(string c)
    {
        var fits = $"{c} not in ('NaN', 'Infinity', '-Infinity') and abs({c}) < 1e38 and scale(trim_scale({c})) <= 38";
        return $"case when {fits} then trim_scale({c})::text end";
    }

    private static string Alike(string? value, TypedField field) => field.Type switch
    {
        _ when value is null => "\u2400",
        "FLOAT" => double.Parse(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        // CAST to STRING prints as few digits of a second as there are, in threes.
        "DATETIME" or "TIMESTAMP" or "TIME" => (value.EndsWith("+00", StringComparison.Ordinal) ? value[..^3] : value) is var v
            && v.Contains('.', StringComparison.Ordinal) ? v.TrimEnd('0').TrimEnd('.') : v,
        "JSON" => Json(JsonDocument.Parse(value, new JsonDocumentOptions { AllowDuplicateProperties = true }).RootElement),
        _ => value,
    };

    // Keys in order, the first of equal ones, numbers as doubles.
    private static string Json(JsonElement e) => e.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', Members(e).Select(p => $"{Text(p.Name)}:{Json(p.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', e.EnumerateArray().Select(Json))}]",
        JsonValueKind.Number => e.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.String => Text(e.GetString()!),
        _ => e.GetRawText(),
    };

    private static IEnumerable<JsonProperty> Members(JsonElement e) =>
        e.EnumerateObject().DistinctBy(p => p.Name).OrderBy(p => p.Name, StringComparer.Ordinal);

    private static string Text(string text) => $"\"{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}\"";
}
