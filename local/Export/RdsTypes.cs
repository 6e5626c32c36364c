using RdsBq.Local.Sources;

namespace RdsBq.Local.Export;

/// <summary>What RDS makes of each column type
/// (docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ExportSnapshot.data-types.html).</summary>
public static class RdsTypes
{
    /// <param name="annotateChar">MySQL CHAR as text; AWS's table lists it without annotation.</param>
    /// <returns>Null where RDS leaves the column out.</returns>
    public static ParquetType? Of(Engine engine, SourceColumn column, bool annotateChar = false) =>
        engine == Engine.PostgreSql ? PostgreSql(column) : MySql(column, annotateChar);

    private static ParquetType? PostgreSql(SourceColumn column) => column.IsDomain ? ParquetType.Text : column.Type switch
    {
        "bigint" => new ParquetType(Physical.Int64),
        "integer" => new ParquetType(Physical.Int32),
        "smallint" => new ParquetType(Physical.Int32, Annotation.Int16),
        "double precision" => new ParquetType(Physical.Double),
        "real" => new ParquetType(Physical.Float),
        "boolean" => new ParquetType(Physical.Boolean),
        "bytea" => new ParquetType(Physical.ByteArray),
        "oid" => null,
        // regclass, regtype and their like: the other object identifiers.
        var type when type.StartsWith("reg", StringComparison.Ordinal) => null,
        // Numbers with a point, money, times, JSON, arrays and all others: the text that the server prints.
        _ => ParquetType.Text,
    };

    private static ParquetType MySql(SourceColumn column, bool annotateChar) => column.Type switch
    {
        "bigint" when column.Unsigned => ParquetType.OfDecimal(20, 0),
        "bigint" => new ParquetType(Physical.Int64),
        "int" or "mediumint" when column.Unsigned => new ParquetType(Physical.Int64),
        "tinyint" when column.Unsigned => new ParquetType(Physical.Int32, Annotation.Int16),
        "int" or "mediumint" or "smallint" or "tinyint" or "year" => new ParquetType(Physical.Int32),
        "decimal" when column.Precision > 38 => ParquetType.Text,
        "decimal" => ParquetType.OfDecimal(column.Precision, column.Scale),
        "float" or "double" => new ParquetType(Physical.Double),
        "datetime" or "timestamp" => new ParquetType(Physical.Int64, Annotation.TimestampMicros),
        "char" when annotateChar => ParquetType.Text,
        "char" or "bit" or "binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob"
            => new ParquetType(Physical.ByteArray),
        "geometry" or "geomcollection" or "geometrycollection" or "point" or "linestring" or "polygon" or "multipoint" or "multilinestring"
            or "multipolygon" => new ParquetType(Physical.ByteArray),
        _ => ParquetType.Text,
    };
}
