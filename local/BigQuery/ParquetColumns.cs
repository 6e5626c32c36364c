using RdsBq.Local.BigQuery.Sql;
using RdsBq.Local.BigQuery.Values;

namespace RdsBq.Local.BigQuery;

/// <param name="Expression">DuckDB's text that reads the column as its BigQuery type.</param>
internal sealed record ParquetColumn(Field Field, string Expression);

/// <summary>A Parquet file's columns as BigQuery types them (docs/loading-data-cloud-storage-parquet#type_conversions).</summary>
internal static class ParquetColumns
{
    public static IReadOnlyList<ParquetColumn> Read(Engine engine, string file, IReadOnlyList<string> decimalTargets)
    {
        var rows = engine.Read(
            "SELECT name, type, repetition_type, CAST(num_children AS VARCHAR), converted_type, CAST(scale AS VARCHAR), CAST(precision AS VARCHAR), logical_type "
            + $"FROM parquet_schema({SqlText.Literal(file)})");
        return [.. rows.Skip(1).Select(r => Column(r, decimalTargets))];
    }

    /// <summary>Refuses a file whose columns are not the table's: names (any case), types, modes. Messages as the service words
    /// them.</summary>
    public static void Compare(string table, IReadOnlyList<Field> fields, IReadOnlyList<ParquetColumn> columns, string file)
    {
        foreach (var column in columns)
        {
            var mine = fields.FirstOrDefault(f => f.Name.Equals(column.Field.Name, StringComparison.OrdinalIgnoreCase))
                ?? throw BigQueryException.Invalid(
                    $"Provided Schema does not match Table {table}. Cannot add fields (field: {column.Field.Name})");
            if (mine.Type != column.Field.Type || mine.Mode == "REPEATED")
                throw BigQueryException.Invalid(
                    $"Provided Schema does not match Table {table}. Field {mine.Name} has changed type from {SqlTypes.Rest(mine.Type)} to {SqlTypes.Rest(column.Field.Type)}");
            if (mine.Mode != column.Field.Mode)
            {
                throw BigQueryException.Invalid(
                    $"Provided schema is not compatible with the file '{file}'. Field '{mine.Name}' is specified as {mine.Mode} in provided schema "
                    + $"which does not match {column.Field.Mode} as specified in the file.");
            }
        }
        if (fields.FirstOrDefault(f => !columns.Any(c => c.Field.Name.Equals(f.Name, StringComparison.OrdinalIgnoreCase))) is { } missing)
            throw BigQueryException.Invalid($"Provided Schema does not match Table {table}. Field {missing.Name} is missing in new schema");
    }

    private static ParquetColumn Column(string?[] row, IReadOnlyList<string> decimalTargets)
    {
        var (name, physical, repetition, converted, logical) = (row[0]!, row[1], row[2], row[4] ?? "", row[7] ?? "");
        if (row[3] is not (null or "0") || repetition == "REPEATED") throw BigQueryException.Missing($"nested Parquet columns ({name})");
        var quoted = SqlText.Name(name);
        var isDecimal = converted == "DECIMAL" || logical.StartsWith("DecimalType", StringComparison.Ordinal);
        var type = isDecimal ? Decimal(name, row, decimalTargets) : Type(name, physical, converted, logical);
        var expression = isDecimal || type is "STRING"
            ? $"CAST(bq_to('{type}', {quoted}) AS {SqlTypes.Duck(type)})"
            : $"CAST({quoted} AS {SqlTypes.Duck(type)})";
        // Texts and most decimals need no detour.
        if (type == "STRING" && !isDecimal) expression = quoted;
        if (type == "NUMERIC" && int.Parse(row[5] ?? "0") <= 9) expression = $"CAST({quoted} AS {SqlTypes.Duck(type)})";
        return new ParquetColumn(new Field(name, type, repetition == "REQUIRED" ? "REQUIRED" : "NULLABLE", []), expression);
    }

    private static string Type(string name, string? physical, string converted, string logical) => physical switch
    {
        "BOOLEAN" => "BOOL",
        "INT32" when converted == "DATE" => "DATE",
        "INT32" or "INT64" when converted.StartsWith("TIME_", StringComparison.Ordinal) => "TIME",
        "INT64" when converted.StartsWith("TIMESTAMP_", StringComparison.Ordinal)
            || logical.Contains("isAdjustedToUTC=1", StringComparison.Ordinal) => "TIMESTAMP",
        "INT32" or "INT64" when converted is "" or "NULL" || converted.StartsWith("INT_", StringComparison.Ordinal)
            || converted.StartsWith("UINT_", StringComparison.Ordinal) => "INT64",
        "INT96" => "TIMESTAMP",
        "FLOAT" or "DOUBLE" => "FLOAT64",
        "BYTE_ARRAY" when converted == "UTF8" => "STRING",
        "BYTE_ARRAY" or "FIXED_LEN_BYTE_ARRAY" when converted is "" or "NULL" && logical.Length == 0 => "BYTES",
        _ => throw BigQueryException.Invalid($"Error while reading data, error message: unsupported Parquet type {physical} {converted} {logical} of column '{name}'"),
    };

    /// <summary>The first of NUMERIC, BIGNUMERIC, STRING among the listed that holds the precision and scale; else the widest
    /// listed.</summary>
    private static string Decimal(string name, string?[] row, IReadOnlyList<string> targets)
    {
        var (scale, precision) = (int.Parse(row[5] ?? "0"), int.Parse(row[6] ?? "0"));
        if (precision > 38) throw BigQueryException.Missing($"Parquet decimals of more than 38 digits ({name})");
        var listed = targets.Count == 0 ? ["NUMERIC"] : targets;
        if (listed.Contains("NUMERIC") && precision - scale <= 29 && scale <= 9) return "NUMERIC";
        if (listed.Contains("BIGNUMERIC")) return "BIGNUMERIC";
        return listed.Contains("STRING") ? "STRING" : "NUMERIC";
    }
}
