using DuckDB.NET.Data;
using RdsBq.Local.BigQuery.Values;

namespace RdsBq.Local.BigQuery;

/// <summary>DuckDB with GoogleSQL's casts and operators registered. One connection: callers take turns (see <see
/// cref="Warehouse"/>).</summary>
internal sealed class Engine : IDisposable
{
    private readonly DuckDBConnection connection;
    private readonly string? folder;

    /// <param name="folder">Where the database file lives (deleted at the end); null keeps everything in memory.</param>
    public Engine(string? folder)
    {
        this.folder = folder is null ? null : Path.Combine(folder, "warehouse");
        if (this.folder is not null) Directory.CreateDirectory(this.folder);
        connection = new DuckDBConnection(
            $"DataSource={(this.folder is null ? ":memory:" : Path.Combine(this.folder, "warehouse.duckdb"))}");
        connection.Open();
        Register();
        foreach (var statement in Setup) Execute(statement);
    }

    private static readonly string[] Setup =
    [
        "SET autoinstall_known_extensions=false",
        "SET autoload_known_extensions=false",
        "SET memory_limit='1500MB'",
        "SET TimeZone='UTC'",
        // BigQuery's order: NULL is the smallest value.
        "SET default_null_order='nulls_first_on_asc_last_on_desc'",
        "CREATE TEMP MACRO bq_to(t, x) AS bq_cast(t, typeof(x), CAST(x AS VARCHAR))",
        "CREATE TEMP MACRO bq_to_safe(t, x) AS bq_cast_safe(t, typeof(x), CAST(x AS VARCHAR))",
        "CREATE TEMP MACRO bq_to_json_string(x) AS coalesce(bq_json_text(typeof(x), CAST(x AS VARCHAR), CAST(to_json(x) AS VARCHAR)), 'null')",
        "CREATE TEMP MACRO bq_to_json(x) AS CAST(coalesce(bq_json_of(typeof(x), CAST(x AS VARCHAR), CAST(to_json(x) AS VARCHAR)), 'null') AS JSON)",
        "CREATE TEMP MACRO bq_to_json_wide(x) AS CAST(coalesce(bq_json_of_wide(typeof(x), CAST(x AS VARCHAR), CAST(to_json(x) AS VARCHAR)), 'null') AS JSON)",
        "CREATE TEMP MACRO bq_literal(x) AS coalesce(bq_literal_of(typeof(x), CAST(x AS VARCHAR), CAST(to_json(x) AS VARCHAR)), 'NULL')",
        "CREATE TEMP MACRO bq_safe_text(x BLOB) AS bq_safe_text_of(CAST(x AS VARCHAR))",
        "CREATE TEMP MACRO bq_length(x VARCHAR) AS length(x), (x BLOB) AS octet_length(x)",
        "CREATE TEMP MACRO bq_numeric(a, b) AS CAST(CASE WHEN b = 0 THEN error('division by zero') ELSE bq_numeric_divide(CAST(a AS VARCHAR), CAST(b AS VARCHAR)) END AS DECIMAL(38,9))",
        "CREATE TEMP MACRO bq_divide(a DECIMAL(38,9), b DECIMAL(38,9)) AS bq_numeric(a, b), "
            + "(a BIGINT, b BIGINT) AS CASE WHEN b = 0 THEN error('division by zero') ELSE a / b END, "
            + "(a DOUBLE, b DOUBLE) AS CASE WHEN b = 0 THEN error('division by zero') ELSE a / b END",
        "CREATE TEMP MACRO bq_multiply(a DECIMAL(38,9), b DECIMAL(38,9)) AS CAST(bq_numeric_multiply(CAST(a AS VARCHAR), CAST(b AS VARCHAR)) AS DECIMAL(38,9)), "
            + "(a BIGINT, b BIGINT) AS a * b, (a DOUBLE, b DOUBLE) AS a * b",
        "CREATE TEMP MACRO bq_subtract(a, b) AS CASE WHEN typeof(a) = 'DATE' AND typeof(b) = 'DATE' THEN error('The local BigQuery does not implement DATE - DATE.') ELSE a - b END",
        "CREATE TEMP MACRO bq_avg(x DECIMAL(38,9)) AS bq_numeric(sum(x), count(x)), (x BIGINT) AS avg(x), (x DOUBLE) AS avg(x)",
        "CREATE TEMP MACRO bq_div(a, b) AS CASE WHEN b = 0 THEN error('division by zero') ELSE a // b END",
        "CREATE TEMP MACRO bq_mod(a, b) AS CASE WHEN b = 0 THEN error('division by zero') ELSE a % b END",
        "CREATE TEMP MACRO bq_count_distinct(x) AS count(DISTINCT x)",
        "CREATE TEMP MACRO bq_byte_length(x VARCHAR) AS strlen(x), (x BLOB) AS octet_length(x)",
        "CREATE TEMP MACRO bq_element(a, i) AS CASE WHEN i < 1 OR i > len(a) THEN error('Array index is out of bounds') ELSE a[i] END",
        // Position 0 is 1, and one before the start is the start.
        "CREATE TEMP MACRO bq_substr(s, p) AS substr(s, CASE WHEN p = 0 OR -p > length(s) THEN 1 ELSE p END), "
            + "(s, p, n) AS CASE WHEN n < 0 THEN error('Third argument in SUBSTR() cannot be negative') ELSE substr(s, CASE WHEN p = 0 OR -p > length(s) THEN 1 ELSE p END, n) END",
    ];

    public void Execute(string sql) => Change(sql);

    /// <returns>Rows changed.</returns>
    public long Change(string sql) => Run(sql, command => (long)command.ExecuteNonQuery());

    /// <summary>Every row's columns as texts: the query must select texts.</summary>
    public List<string?[]> Read(string sql) => Run(sql, command =>
    {
        using var reader = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (reader.Read())
        {
            var row = new string?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i).ToString();
            rows.Add(row);
        }
        return rows;
    });

    public long Number(string sql) => long.Parse(Read($"SELECT CAST(({sql}) AS VARCHAR)")[0][0] ?? "0");

    /// <summary>Column names and types of a query, without running it.</summary>
    public IReadOnlyList<Field> Describe(string sql) => [.. Read($"DESCRIBE {sql}").Select(r => DuckTypes.Read(r[0]!, r[1]!))];

    public void Dispose()
    {
        connection.Dispose();
        if (folder is not null && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private void Register()
    {
        Register("bq_cast", (target, type, text) => Casts.Convert(target, type, text, safe: false));
        Register("bq_cast_safe", (target, type, text) => Casts.Convert(target, type, text, safe: true));
        Register("bq_json_text", JsonEncoding.Text);
        Register("bq_json_of", JsonEncoding.Value);
        Register("bq_json_of_wide", JsonEncoding.Wide);
        Register("bq_literal_of", Literals.Print);
        connection.RegisterScalarFunction<string?, string?>("bq_safe_text_of", text => text is null ? null : Casts.Lossy(text));
        Register(
            "bq_json", (text, mode) => JsonText.Parse(text, mode)
                ?? throw BigQueryException.InvalidQuery("Invalid input to PARSE_JSON: " + text));
        Register("bq_json_safe", JsonText.Parse);
        Register("bq_json_value", JsonText.Value);
        Register("bq_json_values", JsonText.Values);
        Register("bq_numeric_divide", (a, b) => Decimals.Divide(a, b) ?? throw BigQueryException.InvalidQuery("numeric overflow"));
        Register("bq_numeric_multiply", (a, b) => Decimals.Multiply(a, b) ?? throw BigQueryException.InvalidQuery("numeric overflow"));
    }

    // NULL gives NULL, but DuckDB evaluates some branches for rows that are NULL there: null reaches the function too.
    private void Register(string name, Func<string, string, string, string?> function) =>
        connection.RegisterScalarFunction<string?, string?, string?, string?>(
            name, (a, b, c) => a is null || b is null || c is null ? null : function(a, b, c));

    private void Register(string name, Func<string, string, string?> function) =>
        connection.RegisterScalarFunction<string?, string?, string?>(name, (a, b) => a is null || b is null ? null : function(a, b));

    private T Run<T>(string sql, Func<DuckDBCommand, T> run)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            return run(command);
        }
        catch (DuckDBException e)
        {
            throw BigQueryException.InvalidQuery(Worded(e.Message));
        }
    }

    /// <summary>DuckDB's message without its class and its picture of our translation, in BigQuery's words where these are known.</summary>
    private static string Worded(string message)
    {
        var line = message.Split('\n')[0];
        var colon = line.IndexOf("Error: ", StringComparison.Ordinal);
        if (colon >= 0) line = line[(colon + "Error: ".Length)..];
        // A plain column that doesn't exist is told in either way: each SELECT item carries its name as an alias.
        foreach (var start in new[] { "Referenced column \"", "Column \"" })
        {
            if (line.StartsWith(start, StringComparison.Ordinal) && line.IndexOf('"', start.Length) is > 0 and var end)
                return $"Unrecognized name: {line[start.Length..end]}";
        }
        return line;
    }
}
