using System.Text.RegularExpressions;
using Npgsql;

namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>What a column's values can be shown as.</summary>
internal enum Family
{
    Text,
    Int,
    Float,
    Bool,
    Bytes,
    Date,
    DateTime,
    Timestamp,
    Time,
    Number,
    Json,
    Array,
}

internal sealed record TruthColumn(string Name, Family Family);

/// <param name="Raw">As RDS lands it: what the server prints; bytes in hex.</param>
/// <param name="Shown">In one form a family, by PostgreSQL's own functions; null where BigQuery's type has no such value.</param>
internal sealed record TruthRow(string?[] Raw, string?[] Shown);

/// <summary>A table at a snapshot's instant.</summary>
/// <param name="LeftOut">Its names keep RDS or BigQuery from taking it.</param>
internal sealed record TruthTable(
    string Schema, string Name, IReadOnlyList<TruthColumn> Columns, IReadOnlyList<TruthRow> Rows, bool LeftOut)
{
    public string Source => $"shop.{Schema}.{Name}";

    public string View => Truth.ViewOf(Schema, Name);
}

/// <summary>
/// A whole database at a snapshot's instant, asked in PostgreSQL's own words: nothing here is shared with what exports or loads.
/// </summary>
internal sealed partial record Truth(int Snapshot, IReadOnlyList<TruthTable> Tables)
{
    public static async Task<Truth> ReadAsync(int snapshot, string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Timezone=UTC");
        await connection.OpenAsync();
        var columns = await RowsAsync(connection, """
            select n.nspname, c.relname, a.attname,
                   case when t.typtype = 'd' then 'Text' when t.typcategory = 'A' then 'Array'
                        when t.oid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) then 'Int'
                        when t.oid in ('float4'::regtype, 'float8'::regtype) then 'Float' when t.oid = 'bool'::regtype then 'Bool'
                        when t.oid = 'bytea'::regtype then 'Bytes' when t.oid = 'date'::regtype then 'Date'
                        when t.oid = 'timestamp'::regtype then 'DateTime' when t.oid = 'timestamptz'::regtype then 'Timestamp'
                        when t.oid = 'time'::regtype then 'Time' when t.oid in ('numeric'::regtype, 'money'::regtype) then 'Number'
                        when t.oid in ('json'::regtype, 'jsonb'::regtype) then 'Json' else 'Text' end
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
            where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)' and a.attnum > 0 and not a.attisdropped
              and t.typname !~ '^(oid|reg.*)$'
            order by n.nspname, c.relname, a.attnum
            """);
        List<TruthTable> tables = [];
        foreach (var table in columns.GroupBy(r => (Schema: r[0]!, Name: r[1]!)))
        {
            TruthColumn[] own = [.. table.Select(r => new TruthColumn(r[2]!, Enum.Parse<Family>(r[3]!)))];
            tables.Add(await TableAsync(connection, table.Key.Schema, table.Key.Name, own));
        }
        return new Truth(snapshot, tables);
    }

    /// <summary>BigQuery's table names hold letters, marks, numbers, connectors, dashes and blanks.</summary>
    public static string ViewOf(string schema, string name) =>
        OtherLetters().Replace(schema == "public" ? name : $"{schema}_{name}", "_");

    private static async Task<TruthTable> TableAsync(
        NpgsqlConnection connection, string schema, string name, IReadOnlyList<TruthColumn> columns)
    {
        var asked = columns.Select(c => Raw(Names.Quoted(c.Name), c.Family))
            .Concat(columns.Select(c => Shown(Names.Quoted(c.Name), c.Family)));
        var rows = await RowsAsync(connection, $"select {string.Join(", ", asked)} from {Names.Quoted(schema)}.{Names.Quoted(name)}");
        // RDS: a slash in the table's name, a blank or ,;{}()= in a column's. BigQuery: these letters, and names alike but for case.
        var leftOut = name.Contains('/', StringComparison.Ordinal)
            || columns.Any(c => RefusedByRds().IsMatch(c.Name) || RefusedByBigQuery().IsMatch(c.Name))
            || columns.DistinctBy(c => c.Name.ToUpperInvariant()).Count() < columns.Count;
        var n = columns.Count;
        return new TruthTable(schema, name, columns, [.. rows.Select(r => new TruthRow(r[..n], r[n..]))], leftOut);
    }

    private static string Raw(string column, Family family) => family switch
    {
        Family.Bytes => $"encode({column}, 'hex')",
        Family.Float => $"{column}::float8::text",
        Family.Bool => $"{column}::text",
        // The type's own output function: a cast to text would strip a character(n) and add a mask to inet.
        _ => $"case when {column} is not null then format('%s', {column}) end",
    };

    private static string Shown(string column, Family family) => family switch
    {
        Family.Date => $"case when {column} between '0001-01-01' and '9999-12-31' then to_char({column}, 'YYYY-MM-DD') end",
        Family.DateTime => Instant(column),
        Family.Timestamp => Instant($"({column} at time zone 'UTC')"),
        Family.Time => $"case when {column} < '24:00' then to_char({column}, 'HH24:MI:SS.US') end",
        Family.Number =>
            $"case when {column}::numeric not in ('NaN', 'Infinity', '-Infinity') then trim_scale({column}::numeric)::text end",
        Family.Json => $"{column}::text",
        Family.Array => $"array_to_json({column}::text[])::text",
        _ => "null",
    };

    private static string Instant(string column) =>
        $"""
        case when {column} >= '0001-01-01' and {column} < '10000-01-01' then to_char({column}, 'YYYY-MM-DD"T"HH24:MI:SS.US') end
        """;

    private static async Task<List<string?[]>> RowsAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync();
        List<string?[]> rows = [];
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
        return rows;
    }

    [GeneratedRegex(@"[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\p{L}\p{M}\p{N}\p{Pc}\p{Pd}\p{Zs}]")]
    private static partial Regex OtherLetters();

    [GeneratedRegex(@"[,;{}()\n\t= ]")]
    private static partial Regex RefusedByRds();

    [GeneratedRegex(@"[!""$()*,./;?@\[\\\]^`{}~]")]
    private static partial Regex RefusedByBigQuery();
}
