using System.Text.Json;
using System.Text.Json.Serialization;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Reports;

/// <summary>The report as JSON: names as in <see cref="StatusReport"/>, times in ISO 8601, durations in seconds, absent figures as null.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    Converters = [typeof(RunTimeConverter), typeof(SecondsConverter), typeof(StateConverter)])]
[JsonSerializable(typeof(StatusReport))]
public sealed partial class StatusJson : JsonSerializerContext
{
    public static string Write(StatusReport report) => JsonSerializer.Serialize(report, Default.StatusReport);
}

/// <summary>The words of text and page: <c>under way</c>, <c>proven</c> …</summary>
internal sealed class StateConverter : JsonConverter<TableState>
{
    public override TableState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var word = reader.GetString();
        return Enum.GetValues<TableState>().FirstOrDefault(s => Words.Of(s) == word);
    }

    public override void Write(Utf8JsonWriter writer, TableState value, JsonSerializerOptions options) => writer.WriteStringValue(Words.Of(value));
}

internal sealed class RunTimeConverter : JsonConverter<RunTime>
{
    public override RunTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RunTime.TryParse(reader.GetString(), out var runTime) ? runTime : throw new JsonException("expected a run time such as 2026-04-01T17:05Z");

    public override void Write(Utf8JsonWriter writer, RunTime value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TimeSpan.FromSeconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue((long)value.TotalSeconds);
}
