namespace RdsBq.Core.Tables;

/// <summary>
/// RDS's own mapping, for tables that have no file to look at (Amazon RDS User Guide, USER_ExportSnapshot, data type mapping).
/// </summary>
internal static class OriginalTypes
{
    /// <summary>The landing type of a source type, by information_schema's name; STRING for all that RDS writes as text.</summary>
    public static string Landing(ManifestColumn column, bool mySql)
    {
        var type = BaseName(column.OriginalType);
        return Integer(type) ?? (mySql ? OfMySql(type, column) : OfPostgres(type));
    }

    private static string? Integer(string type) => type switch
    {
        "smallint" or "integer" or "int" or "mediumint" or "tinyint" or "year" or "bigint" or "smallserial" or "serial" or "bigserial"
            or "int2" or "int4" or "int8" or "int unsigned" or "mediumint unsigned" or "smallint unsigned" or "tinyint unsigned" =>
                "INTEGER",
        _ => null,
    };

    private static string OfMySql(string type, ManifestColumn column) => type switch
    {
        "bigint unsigned" => "NUMERIC",
        "decimal" or "numeric" or "decimal unsigned" => OfDecimal(column.NumPrecision),
        "float" or "double" or "float unsigned" or "double unsigned" or "double precision" or "real" => "FLOAT",
        "datetime" or "timestamp" => "TIMESTAMP",
        "bit" or "binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob" or "char" => "BYTES",
        "geometry" or "geometrycollection" or "geomcollection" or "point" or "linestring" or "polygon"
            or "multipoint" or "multilinestring" or "multipolygon" => "BYTES",
        _ => "STRING",
    };

    // The manifest has no scale. RDS writes text above 38 digits; up to there BIGNUMERIC holds whatever the scale is.
    private static string OfDecimal(int precision) => precision switch
    {
        <= 29 => "NUMERIC",
        <= 38 => "BIGNUMERIC",
        _ => "STRING",
    };

    private static string OfPostgres(string type) => type switch
    {
        "double precision" or "real" or "float4" or "float8" => "FLOAT",
        "boolean" or "bool" => "BOOLEAN",
        "bytea" => "BYTES",
        _ => "STRING",
    };

    private static string BaseName(string type)
    {
        var open = type.IndexOf('(', StringComparison.Ordinal);
        var close = open < 0 ? -1 : type.IndexOf(')', open);
        var name = close < 0 ? type : type[..open] + type[(close + 1)..];
        return name.Trim().ToLowerInvariant();
    }
}
