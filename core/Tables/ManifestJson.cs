using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RdsBq.Core.Tables;

// The sidecar's shape is not documented: names were seen in both cases, numbers also as strings, and every field may be absent.
internal sealed record TablesInfo(IReadOnlyList<TableStatus?>? PerTableStatus);

internal sealed record TableStatus(string? Target, string? Status, string? WarningMessage, SchemaMetadata? SchemaMetadata, double SizeGB);

internal sealed record SchemaMetadata(IReadOnlyList<TypeMapping?>? OriginalTypeMappings);

internal sealed record TypeMapping(
    string? ColumnName,
    string? OriginalType,
    string? ExpectedExportedType,
    double OriginalCharMaxLength,
    double OriginalNumPrecision,
    double OriginalDateTimePrecision);

/// <summary>A number, a number in a string, or nothing (then 0).</summary>
internal sealed class LenientNumber : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.Null => 0,
        JsonTokenType.String when string.IsNullOrWhiteSpace(reader.GetString()) => 0,
        JsonTokenType.String when double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            number,
        _ => throw new JsonException("a number was expected"),
    };

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, Converters = [typeof(LenientNumber)])]
[JsonSerializable(typeof(TablesInfo))]
internal sealed partial class ManifestJson : JsonSerializerContext;
