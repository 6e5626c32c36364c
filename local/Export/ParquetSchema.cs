namespace RdsBq.Local.Export;

/// <summary>A footer's schema: a flat list of columns under the root that Spark calls spark_schema.</summary>
internal static class ParquetSchema
{
    // ConvertedType, and the field numbers of the union LogicalType, of parquet.thrift.
    private const int ConvertedUtf8 = 0;
    private const int ConvertedDecimal = 5;
    private const int ConvertedTimestampMicros = 10;
    private const int ConvertedInt16 = 16;
    private const int LogicalString = 1;
    private const int LogicalDecimal = 5;
    private const int LogicalTimestamp = 8;
    private const int LogicalInteger = 10;

    public static void Write(ThriftCompact footer, int field, IReadOnlyList<ParquetColumn> columns)
    {
        footer.List(field, ThriftCompact.ElementStruct, columns.Count + 1);
        footer.Element();
        footer.Text(4, "spark_schema");
        footer.I32(5, columns.Count);
        footer.End();
        foreach (var column in columns)
        {
            footer.Element();
            Write(footer, column);
            footer.End();
        }
    }

    private static void Write(ThriftCompact footer, ParquetColumn column)
    {
        var type = column.Type;
        footer.I32(1, (int)type.Physical);
        if (type.Length > 0) footer.I32(2, type.Length);
        footer.I32(3, column.Required ? 0 : 1);
        footer.Text(4, column.Name);
        switch (type.Annotation)
        {
            case Annotation.String:
                footer.I32(6, ConvertedUtf8);
                Logical(footer, LogicalString, () => { });
                break;
            case Annotation.Decimal:
                footer.I32(6, ConvertedDecimal);
                footer.I32(7, type.Scale);
                footer.I32(8, type.Precision);
                Logical(footer, LogicalDecimal, () =>
                {
                    footer.I32(1, type.Scale);
                    footer.I32(2, type.Precision);
                });
                break;
            case Annotation.Int16:
                footer.I32(6, ConvertedInt16);
                Logical(footer, LogicalInteger, () =>
                {
                    footer.Byte(1, 16);
                    footer.Bool(2, true);
                });
                break;
            case Annotation.TimestampMicros:
                footer.I32(6, ConvertedTimestampMicros);
                Logical(footer, LogicalTimestamp, () =>
                {
                    footer.Bool(1, true);
                    footer.Struct(2);
                    footer.Struct(2);
                    footer.End();
                    footer.End();
                });
                break;
            default:
                break;
        }
    }

    private static void Logical(ThriftCompact footer, int member, Action content)
    {
        footer.Struct(10);
        footer.Struct(member);
        content();
        footer.End();
        footer.End();
    }
}
