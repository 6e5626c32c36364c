using System.Globalization;
using Npgsql;

namespace RdsBq.EndToEnd.Tests;

/// <param name="Kind">How the two sides are made alike: float, bytes, bool, or text: whatever RDS exports as the server prints it.</param>
internal sealed record SourceField(string Name, string Kind);

/// <summary>A table of the source that has to arrive, and the view that it arrives as.</summary>
internal sealed record SourceRelation(string Schema, string Name, string View, IReadOnlyList<SourceField> Fields);

/// <summary>The PostgreSQL side of the comparison, asked in PostgreSQL's own words; nothing here is shared with what exports.</summary>
internal sealed class SourceSide(string connectionString)
{
    public async Task<IReadOnlyList<SourceRelation>> RelationsAsync()
    {
        var rows = await RowsAsync("""
            select c.relname, n.nspname, a.attname,
                   case when t.typtype = 'd' then 'text' when t.oid in ('float4'::regtype, 'float8'::regtype) then 'float'
                        when t.oid = 'bytea'::regtype then 'bytes' when t.oid = 'bool'::regtype then 'bool' else 'text' end
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
            where c.relkind in ('r', 'p') and c.relpersistence = 'p' and not c.relispartition and n.nspname !~ '^(pg_|information_schema)'
              and a.attnum > 0 and not a.attisdropped and t.typname !~ '^(oid|reg.*)$'
              and not exists (select from pg_attribute bad where bad.attrelid = c.oid and bad.attnum > 0 and bad.attname ~ '[ ,;{}()=]')
            order by n.nspname, c.relname, a.attnum
            """);
        return
        [
            .. rows.GroupBy(r => (Schema: r[1]!, Name: r[0]!)).Select(g => new SourceRelation(
                g.Key.Schema, g.Key.Name, g.Key.Schema == "public" ? g.Key.Name : $"{g.Key.Schema}_{g.Key.Name}",
                [.. g.Select(r => new SourceField(r[2]!, r[3]!))])),
        ];
    }

    /// <summary>Every row, each value as <see cref="Canonical"/> has it.</summary>
    public async Task<IReadOnlyList<string>> TableAsync(SourceRelation relation)
    {
        var columns = relation.Fields.Select(f => f.Kind switch
        {
            "bytes" => $"encode({Quoted(f.Name)}, 'hex')",
            "float" => $"{Quoted(f.Name)}::float8::text",
            // The type's own output function: a cast to text would strip a character(n) and add a mask to inet.
            _ => $"case when num_nulls({Quoted(f.Name)}) = 0 then format('%s', {Quoted(f.Name)}) end",
        });
        // The rows of an inheriting table are its own, not its parent's as well.
        var table = $"{(relation.Name == "parent" ? "only " : "")}{Quoted(relation.Schema)}.{Quoted(relation.Name)}";
        return Canonical(relation, await RowsAsync($"select {string.Join(", ", columns)} from {table}"));
    }

    public async Task<List<string?[]>> RowsAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Timezone=UTC;Command Timeout=120");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync();
        List<string?[]> rows = [];
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
        return rows;
    }

    /// <summary>One line a row, in an order that only the values decide.</summary>
    public static IReadOnlyList<string> Canonical(SourceRelation relation, IEnumerable<string?[]> rows) =>
        [.. rows.Select(row => string.Join('\u001f', row.Zip(relation.Fields, Alike))).Order(StringComparer.Ordinal)];

    // The 17 digits of each side's own choice are read and printed again here, so that what is compared is the number and its sign.
    private static string Alike(string? value, SourceField field) => field.Kind switch
    {
        _ when value is null => "\u2400",
        "float" => double.Parse(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        "bool" => value is "t" or "true" ? "true" : "false",
        _ => value,
    };

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
