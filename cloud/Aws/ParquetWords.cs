using Parquet.Meta;
using RdsBq.Core.Tables;

namespace RdsBq.Cloud.Aws;

/// <summary>A Parquet footer in the format's own words (parquet-format, LogicalTypes.md), whichever of its two annotation systems the writer used.</summary>
internal static class ParquetWords
{
    public static ParquetFooter Footer(FileMetaData metadata)
    {
        var columns = new List<ParquetColumn>(metadata.Schema.Count);
        // The first element is the root; a group's children follow it. RDS writes flat files, so a group is shown as the column that it stands for.
        for (var i = 1; i < metadata.Schema.Count; i++)
        {
            var element = metadata.Schema[i];
            columns.Add(Column(element));
            i += Descendants(metadata.Schema, i);
        }
        return new ParquetFooter(metadata.NumRows, columns);
    }

    private static ParquetColumn Column(SchemaElement e) => new(
        e.Name, e.Type?.ToString() ?? "GROUP", Logical(e), e.RepetitionType == FieldRepetitionType.REQUIRED,
        e.Precision ?? e.LogicalType?.DECIMAL?.Precision ?? 0, e.Scale ?? e.LogicalType?.DECIMAL?.Scale ?? 0);

    private static string? Logical(SchemaElement e) => e.ConvertedType is { } converted ? converted.ToString() : e.LogicalType switch
    {
        null => null,
        { STRING: not null } => "UTF8",
        { ENUM: not null } => "ENUM",
        { JSON: not null } => "JSON",
        { BSON: not null } => "BSON",
        { UUID: not null } => "UUID",
        { DATE: not null } => "DATE",
        { DECIMAL: not null } => "DECIMAL",
        { LIST: not null } => "LIST",
        { MAP: not null } => "MAP",
        { TIME: { } time } => "TIME_" + Unit(time.Unit),
        { TIMESTAMP: { } timestamp } => "TIMESTAMP_" + Unit(timestamp.Unit),
        { INTEGER: { } integer } => $"{(integer.IsSigned ? "INT" : "UINT")}_{integer.BitWidth}",
        _ => "UNKNOWN",
    };

    private static string Unit(TimeUnit unit) => unit switch
    {
        { MILLIS: not null } => "MILLIS",
        { MICROS: not null } => "MICROS",
        _ => "NANOS",
    };

    private static int Descendants(List<SchemaElement> schema, int at)
    {
        var count = 0;
        var open = schema[at].NumChildren ?? 0;
        while (open > 0 && at + count + 1 < schema.Count)
        {
            count++;
            open += (schema[at + count].NumChildren ?? 0) - 1;
        }
        return count;
    }
}
