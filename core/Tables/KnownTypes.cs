using RdsBq.Core.Views;

namespace RdsBq.Core.Tables;

/// <summary>
/// The source types that RDS documents for its exports (Amazon RDS User Guide, USER_ExportSnapshot.data-types), and information_schema's words for arrays,
/// enums and the like. Another one is no error: its column lands as the file says and is shown so, but somebody should know.
/// </summary>
internal static class KnownTypes
{
    private static readonly HashSet<string> Names = new(
        [
            "array", "user-defined", "bigint", "bigserial", "int", "int2", "int4", "int8", "integer", "mediumint", "smallint", "smallserial", "serial", "tinyint", "year",
            "bigint unsigned", "int unsigned", "mediumint unsigned", "smallint unsigned", "tinyint unsigned",
            "decimal", "decimal unsigned", "numeric", "money", "double", "double precision", "double unsigned", "float", "float unsigned", "float4", "float8", "real",
            "bit", "bit varying", "bool", "boolean", "binary", "blob", "bytea", "longblob", "mediumblob", "tinyblob", "varbinary",
            "char", "character", "character varying", "enum", "longtext", "mediumtext", "name", "set", "text", "tinytext", "varchar", "json", "jsonb", "uuid", "xml",
            "date", "datetime", "interval", "time", "time with time zone", "time without time zone", "timetz",
            "timestamp", "timestamp with time zone", "timestamp without time zone", "timestamptz",
            "box", "cidr", "circle", "inet", "line", "lseg", "macaddr", "macaddr8", "path", "point", "polygon",
            "geomcollection", "geometry", "geometrycollection", "linestring", "multilinestring", "multipoint", "multipolygon",
            "daterange", "hstore", "int4range", "int8range", "numrange", "oid", "pg_lsn", "tsquery", "tsrange", "tstzrange", "tsvector", "txid_snapshot",
        ],
        StringComparer.Ordinal);

    /// <summary>A column whose original type is none of them; a manifest that names no type says nothing.</summary>
    public static bool IsStrange(Column column) => SourceType.Of(column) is { Name.Length: > 0 } type && !Names.Contains(type.Name);
}
