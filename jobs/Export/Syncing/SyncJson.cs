using System.Text.Json;
using System.Text.Json.Serialization;
using RdsBq.Core.Transfers;

namespace RdsBq.Export.Syncing;

/// <summary>A change as <c>sync --json</c> prints it.</summary>
/// <param name="Error">Why it was not made; left out where it was.</param>
internal sealed record SyncChangeJson(string Action, string Config, string? Table, string? Why, string? Error);

/// <param name="Export">The export whose manifest told the tables; left out where the list's names had to do.</param>
/// <param name="Kept">Configs that are right as they are; they are not among the changes.</param>
internal sealed record SyncJson(
    string? Export, bool DryRun, IReadOnlyList<SyncChangeJson> Changes, int Kept, IReadOnlyList<string> Warnings)
{
    public static string Of(SyncReport report) => JsonSerializer.Serialize(
        new SyncJson(
            report.From, report.DryRun,
            [.. report.Changes.Where(c => c.Action != SyncAction.Keep).Select(c => new SyncChangeJson(
                SyncReport.Word(c.Action), c.DisplayName, OrNull(c.Table), OrNull(c.Why), report.Failed.GetValueOrDefault(c)?.Message))],
            report.Changes.Count(c => c.Action == SyncAction.Keep), report.Warnings),
        SyncJsonContext.Default.SyncJson);

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SyncJson))]
internal sealed partial class SyncJsonContext : JsonSerializerContext;
