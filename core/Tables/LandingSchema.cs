using System.Text.Json;
using System.Text.Json.Serialization;

namespace RdsBq.Core.Tables;

/// <summary>The columns of a landing table, exactly as the load will want them: types and modes of the Parquet files.</summary>
public static class LandingSchema
{
    /// <summary>The <c>decimal_target_types</c> that every transfer config is given.</summary>
    public const string DecimalTargetTypes = "NUMERIC,BIGNUMERIC,STRING";

    private const string Nullable = "NULLABLE";

    /// <param name="entry">Adds the source's own types; null where the manifest has none.</param>
    /// <exception cref="StopException">BigQuery does not load one of the types.</exception>
    public static IReadOnlyList<Column> FromParquet(IReadOnlyList<ParquetColumn> columns, ManifestEntry? entry) =>
        [.. columns.Select(c => OfParquet(c, entry))];

    /// <summary>For an empty table, which has no file. Whether a column is required is not in the manifest.</summary>
    public static IReadOnlyList<Column> FromManifest(ManifestEntry entry)
    {
        var mySql = entry.Table is { } table && table.Schema == table.Database;
        return [.. entry.Columns.Select(c => new Column(
            c.Name, LandingType.OfWords(c.ExportedType) ?? OriginalTypes.Landing(c, mySql), Nullable, c.OriginalType, PrecisionOf(c)))];
    }

    /// <summary>
    /// Null when the files of a table agree, else what differs. BigQuery goes by names, so that their order does not matter.
    /// </summary>
    public static string? Conflict(IReadOnlyList<ParquetColumn> one, IReadOnlyList<ParquetColumn> other)
    {
        var others = other.ToDictionary(c => c.Name, StringComparer.Ordinal);
        foreach (var column in one)
        {
            if (!others.Remove(column.Name, out var same)) return $"column {column.Name} is missing";
            if (same != column) return $"column {column.Name} is {Describe(column)} and {Describe(same)}";
        }
        return others.Count == 0 ? null : $"column {others.Keys.Order(StringComparer.Ordinal).First()} is missing";
    }

    /// <summary>Why BigQuery would refuse these columns' names; null when it takes them.</summary>
    public static string? Problem(IReadOnlyList<Column> columns) => ColumnNames.Problem(columns);

    /// <summary>Columns of types that are not known here, in words; none is an error.</summary>
    public static IEnumerable<string> Strange(IReadOnlyList<Column> columns) => columns.Where(KnownTypes.IsStrange)
        .Select(c => $"column {c.Name} is of type '{c.OriginalType}', which is not known here; it lands and is shown as {c.Type}");

    public static string ToJson(IReadOnlyList<Column> columns) =>
        JsonSerializer.Serialize(columns, ColumnsJson.Default.IReadOnlyListColumn);

    /// <exception cref="JsonException">The text is no list of columns.</exception>
    public static IReadOnlyList<Column> FromJson(string json) =>
        JsonSerializer.Deserialize(json, ColumnsJson.Default.IReadOnlyListColumn) ?? [];

    private static Column OfParquet(ParquetColumn column, ManifestEntry? entry)
    {
        var type = LandingType.Of(column.Physical, column.Logical, column.Precision, column.Scale) ?? throw StopException.ForPerson(
            $"column {column.Name} of {entry?.Target ?? "an export"} is {Describe(column)} in Parquet, which BigQuery does not load",
            "leave the table out of the list of target tables (!name), or change the column's type at the source");
        var original = entry?.Columns.FirstOrDefault(c => c.Name == column.Name);
        var isDecimal = column.Logical == "DECIMAL";
        return new Column(
            column.Name,
            type,
            column.Required ? "REQUIRED" : Nullable,
            original?.OriginalType,
            isDecimal ? column.Precision : original is null ? 0 : PrecisionOf(original),
            isDecimal ? column.Scale : null);
    }

    private static int PrecisionOf(ManifestColumn column) =>
        column.CharMaxLength > 0 ? column.CharMaxLength : column.NumPrecision > 0 ? column.NumPrecision : column.DateTimePrecision;

    private static string Describe(ParquetColumn column)
    {
        var annotation = column.Logical switch
        {
            null => "",
            "DECIMAL" => $" DECIMAL({column.Precision},{column.Scale})",
            var logical => " " + logical,
        };
        return $"{(column.Required ? "REQUIRED" : "OPTIONAL")} {column.Physical}{annotation}";
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<Column>))]
internal sealed partial class ColumnsJson : JsonSerializerContext;
