using Npgsql;

namespace RdsBq.Local.Sources;

/// <summary>What RDS exports of a PostgreSQL database: permanent tables, partitioned ones as one; no views, unlogged or temporary
/// tables.</summary>
internal static class PostgresCatalog
{
    private const string Tables = """
        select c.oid::bigint, n.nspname, c.relname, greatest(c.reltuples, 0)::bigint,
               has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'SELECT'),
               exists (select from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                       where i.indrelid = c.oid and i.indisprimary and i.indnkeyatts = 1 and a.atttypid in (20, 21, 23)),
               c.relkind = 'p',
               case when c.relkind = 'p' then array(
                   select quote_ident(pn.nspname) || '.' || quote_ident(p.relname)
                   from pg_partition_tree(c.oid) t join pg_class p on p.oid = t.relid join pg_namespace pn on pn.oid = p.relnamespace
                   where t.isleaf and p.relkind = 'r' and p.relpersistence = 'p' order by 1)
               else array[quote_ident(n.nspname) || '.' || quote_ident(c.relname)] end
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and c.relpersistence = 'p' and not c.relispartition
          and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
        order by 2, 3
        """;

    private const string Columns = """
        select table_schema, table_name, column_name, data_type, is_nullable = 'YES', coalesce(character_maximum_length, 0),
               coalesce(numeric_precision, 0), coalesce(numeric_scale, 0), coalesce(datetime_precision, 0), domain_name is not null
        from information_schema.columns
        where table_schema not in ('pg_catalog', 'information_schema')
        order by table_schema, table_name, ordinal_position
        """;

    public static async Task<List<SourceTable>> ReadAsync(NpgsqlConnection connection, CancellationToken token)
    {
        var columns = await ReadColumnsAsync(connection, token);
        List<SourceTable> tables = [];
        await using var command = new NpgsqlCommand(Tables, connection);
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token))
        {
            var (schema, name) = (reader.GetString(1), reader.GetString(2));
            tables.Add(new SourceTable(schema, name, [.. columns[(schema, name)]])
            {
                EstimatedRows = reader.GetInt64(3),
                SkipReason = reader.GetBoolean(4) ? null : "PERMISSIONS_DO_NOT_EXIST",
                Splittable = reader.GetBoolean(5) || reader.GetBoolean(6),
                Partitions = reader.GetFieldValue<string[]>(7),
            });
        }
        return tables;
    }

    private static async Task<ILookup<(string Schema, string Table), SourceColumn>> ReadColumnsAsync(
        NpgsqlConnection connection, CancellationToken token)
    {
        List<((string Schema, string Table) Table, SourceColumn Column)> columns = [];
        await using var command = new NpgsqlCommand(Columns, connection);
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token))
        {
            var column = new SourceColumn(
                reader.GetString(2), reader.GetString(3), reader.GetBoolean(4), reader.GetInt32(5), reader.GetInt32(6), reader.GetInt32(7), reader.GetInt32(8))
            {
                IsDomain = reader.GetBoolean(9),
            };
            columns.Add(((reader.GetString(0), reader.GetString(1)), column));
        }
        return columns.ToLookup(c => c.Table, c => c.Column);
    }
}
