namespace RdsBq.Core.Tables;

/// <summary>A column of a landing table, in BigQuery's terms.</summary>
/// <param name="Type">STRING, BYTES, INTEGER, FLOAT, BOOLEAN, NUMERIC, BIGNUMERIC, TIMESTAMP, DATE, TIME.</param>
/// <param name="Mode">NULLABLE or REQUIRED: a load fails when it differs from what the Parquet files say.</param>
/// <param name="OriginalType">The source's own type name (information_schema), from the manifest; null where the manifest has none.</param>
/// <param name="Precision">Of the original type: digits, or characters for text; 0 where it has none.</param>
/// <param name="Scale">Of the original numeric type, where known.</param>
public sealed record Column(string Name, string Type, string Mode, string? OriginalType = null, int Precision = 0, int? Scale = null);
