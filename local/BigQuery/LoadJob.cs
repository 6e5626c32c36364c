namespace RdsBq.Local.BigQuery;

/// <summary>A Parquet load as DTS asks BigQuery for it.</summary>
/// <param name="Files">Local paths of the Parquet files, in the order of their object keys.</param>
/// <param name="Truncate">WRITE_TRUNCATE, else WRITE_APPEND.</param>
/// <param name="DecimalTargetTypes">Of NUMERIC, BIGNUMERIC, STRING.</param>
public sealed record LoadJob(string Dataset, string Table, IReadOnlyList<string> Files, bool Truncate, IReadOnlyList<string> DecimalTargetTypes);

/// <param name="Error">BigQuery's message where the load failed (missing table, schema mismatch), else null.</param>
public sealed record LoadOutcome(long Rows, string? Error);

public delegate Task<LoadOutcome> ParquetLoader(LoadJob job, CancellationToken token);
