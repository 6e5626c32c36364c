namespace RdsBq.Local.Export;

/// <summary>Parquet's physical types, with the numbers of its Thrift definition (github.com/apache/parquet-format).</summary>
public enum Physical
{
    Boolean = 0,
    Int32 = 1,
    Int64 = 2,
    Float = 4,
    Double = 5,
    ByteArray = 6,
    FixedLenByteArray = 7,
}

/// <summary>The logical types that RDS uses.</summary>
public enum Annotation
{
    None,
    String,
    Decimal,
    Int16,
    TimestampMicros,
}

/// <param name="Length">Bytes of a FIXED_LEN_BYTE_ARRAY, else 0.</param>
public sealed record ParquetType(
    Physical Physical, Annotation Annotation = Annotation.None, int Length = 0, int Precision = 0, int Scale = 0)
{
    public static readonly ParquetType Text = new(Physical.ByteArray, Annotation.String);

    /// <summary>The narrowest of INT32, INT64 and FIXED_LEN_BYTE_ARRAY that holds the precision, as Spark chooses.</summary>
    public static ParquetType OfDecimal(int precision, int scale) => precision switch
    {
        <= 9 => new ParquetType(Physical.Int32, Annotation.Decimal, 0, precision, scale),
        <= 18 => new ParquetType(Physical.Int64, Annotation.Decimal, 0, precision, scale),
        _ => new ParquetType(Physical.FixedLenByteArray, Annotation.Decimal, BytesFor(precision), precision, scale),
    };

    /// <summary>
    /// As the export's manifest spells it. <c>int32</c>, <c>int64</c>, <c>double</c>, <c>boolean</c> and <c>binary (UTF8)</c> have been
    /// seen in real ones;
    /// the others follow parquet-mr's wording.
    /// </summary>
    public override string ToString()
    {
        var physical = Physical switch
        {
            Physical.ByteArray => "binary",
            Physical.FixedLenByteArray => $"fixed_len_byte_array({Length})",
            _ => Physical.ToString().ToLowerInvariant(),
        };
        return Annotation switch
        {
            Annotation.String => $"{physical} (UTF8)",
            Annotation.Decimal => $"{physical} (DECIMAL({Precision},{Scale}))",
            Annotation.Int16 => $"{physical} (INT_16)",
            Annotation.TimestampMicros => $"{physical} (TIMESTAMP_MICROS)",
            _ => physical,
        };
    }

    private static int BytesFor(int precision)
    {
        var largest = System.Numerics.BigInteger.Pow(10, precision) - 1;
        return largest.GetByteCount(isUnsigned: false);
    }
}

public sealed record ParquetColumn(string Name, ParquetType Type, bool Required);
