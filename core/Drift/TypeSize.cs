using RdsBq.Core.Tables;

namespace RdsBq.Core.Drift;

/// <summary>How much a type holds, beside other types of its family. Names are those of information_schema in PostgreSQL and MySQL.</summary>
/// <param name="Family">Only sizes of one family can be compared.</param>
/// <param name="Size">Characters, bytes, digits or a rank; <see cref="long.MaxValue"/> for no limit.</param>
internal sealed record TypeSize(string Family, long Size)
{
    public static TypeSize Of(Column column)
    {
        var name = NameOf(column);
        return name switch
        {
            "tinyint" => new("whole numbers", 1),
            "smallint" => new("whole numbers", 2),
            "mediumint" => new("whole numbers", 3),
            "int" or "integer" => new("whole numbers", 4),
            "bigint" => new("whole numbers", 5),
            "real" or "float" => new("floating numbers", 1),
            "double" or "double precision" => new("floating numbers", 2),
            "numeric" or "decimal" => new("exact numbers", Limit(column.Precision)),
            "character" or "char" => new("padded text", Limit(column.Precision)),
            "character varying" or "varchar" or "text" or "tinytext" or "mediumtext" or "longtext" => new("text", Limit(column.Precision)),
            "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob" or "bytea" => new("bytes", Bytes(name, column.Precision)),
            "bit varying" => new("bits", Limit(column.Precision)),
            // Dates and times by their fraction's digits, all else by nothing but its name.
            _ => new(name, column.Precision),
        };
    }

    /// <summary>The type's name in the source; the landing table's where the manifest gave none.</summary>
    public static string NameOf(Column column) =>
        (string.IsNullOrWhiteSpace(column.OriginalType) ? column.Type : column.OriginalType.Trim()).ToLowerInvariant();

    /// <summary>Every value of this type fits into the other.</summary>
    public bool FitsInto(TypeSize other) =>
        Size <= other.Size && (Family == other.Family || (Family, other.Family) is ("padded text", "text"));

    private static long Limit(int size) => size > 0 ? size : long.MaxValue;

    private static long Bytes(string name, int length) => name switch
    {
        "tinyblob" => byte.MaxValue,
        "blob" => ushort.MaxValue,
        "mediumblob" => (1 << 24) - 1,
        "varbinary" => Limit(length),
        _ => long.MaxValue,
    };
}
