namespace RdsBq.Local.BigQuery.Sql;

/// <summary>Type names: GoogleSQL's, REST's and DuckDB's.</summary>
internal static class SqlTypes
{
    /// <summary>
    /// DuckDB has no decimal of 76 digits. A struct of one unbounded integer (the value times 10^38) orders, groups and compares as
    /// BIGNUMERIC does,
    /// and anything else that is tried on it is refused by DuckDB's binder instead of answered wrongly.
    /// </summary>
    public const string BigNumeric = "STRUCT(bignumeric BIGNUM)";

    /// <summary>GoogleSQL's canonical name of a scalar type, or null where there is no such type.</summary>
    public static string? Canonical(string name) => name.ToUpperInvariant() switch
    {
        "INT64" or "INT" or "INTEGER" or "BIGINT" or "SMALLINT" or "TINYINT" or "BYTEINT" => "INT64",
        "FLOAT64" or "FLOAT" => "FLOAT64",
        "BOOL" or "BOOLEAN" => "BOOL",
        "NUMERIC" or "DECIMAL" => "NUMERIC",
        "BIGNUMERIC" or "BIGDECIMAL" => "BIGNUMERIC",
        "STRING" or "BYTES" or "DATE" or "TIME" or "DATETIME" or "TIMESTAMP" or "JSON" => name.ToUpperInvariant(),
        _ => null,
    };

    /// <summary>DuckDB's type for a canonical GoogleSQL scalar.</summary>
    public static string Duck(string canonical) => canonical switch
    {
        "INT64" => "BIGINT",
        "FLOAT64" => "DOUBLE",
        "BOOL" => "BOOLEAN",
        "NUMERIC" => "DECIMAL(38,9)",
        "BIGNUMERIC" => BigNumeric,
        "STRING" => "VARCHAR",
        "BYTES" => "BLOB",
        "DATETIME" => "TIMESTAMP",
        "TIMESTAMP" => "TIMESTAMPTZ",
        "DATE" or "TIME" or "JSON" => canonical,
        _ => throw BigQueryException.Missing($"columns of type {canonical}"),
    };

    /// <summary>REST's older name of a canonical GoogleSQL scalar.</summary>
    public static string Rest(string canonical) => canonical switch
    {
        "INT64" => "INTEGER",
        "FLOAT64" => "FLOAT",
        "BOOL" => "BOOLEAN",
        _ => canonical,
    };

    /// <summary>The canonical GoogleSQL scalar behind a DuckDB scalar type.</summary>
    public static string FromDuck(string duck) => duck switch
    {
        "BIGINT" or "INTEGER" or "SMALLINT" or "TINYINT" or "HUGEINT" or "UBIGINT" or "UINTEGER" or "USMALLINT" or "UTINYINT" or "\"NULL\"" => "INT64",
        "DOUBLE" or "FLOAT" => "FLOAT64",
        "BOOLEAN" => "BOOL",
        "VARCHAR" or "UUID" => "STRING",
        "BLOB" => "BYTES",
        "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS" => "DATETIME",
        "TIMESTAMP WITH TIME ZONE" or "TIMESTAMPTZ" => "TIMESTAMP",
        "DATE" or "TIME" or "JSON" => duck,
        BigNumeric => "BIGNUMERIC",
        _ when duck.StartsWith("DECIMAL", StringComparison.Ordinal) => "NUMERIC",
        _ => throw BigQueryException.Missing($"results of DuckDB's type {duck}"),
    };
}
