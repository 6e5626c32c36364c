namespace RdsBq.Local.BigQuery.Sql;

/// <summary>DuckDB's spelling of names and literals.</summary>
internal static class SqlText
{
    public static string Name(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    public static string Literal(string text) =>
        text.Contains('\0', StringComparison.Ordinal)
            ? throw BigQueryException.Missing("NUL characters in string literals")
            : '\'' + text.Replace("'", "''", StringComparison.Ordinal) + '\'';
}
