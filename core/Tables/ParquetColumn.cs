namespace RdsBq.Core.Tables;

/// <summary>One leaf of a Parquet footer's schema, in the format's own words.</summary>
/// <param name="Physical">BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY.</param>
/// <param name="Logical">UTF8, ENUM, JSON, DATE, TIME_MILLIS, TIME_MICROS, TIMESTAMP_MILLIS, TIMESTAMP_MICROS, DECIMAL, INT_8 … UINT_64; null where unannotated.</param>
/// <param name="Required">The repetition is REQUIRED (else OPTIONAL).</param>
public sealed record ParquetColumn(string Name, string Physical, string? Logical, bool Required, int Precision = 0, int Scale = 0);

/// <summary>What one Parquet file's footer says.</summary>
public sealed record ParquetFooter(long Rows, IReadOnlyList<ParquetColumn> Columns);
