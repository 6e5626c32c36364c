using System.Text.Json;
using System.Text.Json.Serialization;
using RdsBq.Core.Checks;

namespace RdsBq.Export.Checking;

/// <summary>A check as <c>doctor --json</c> prints it.</summary>
/// <param name="Verdict"><c>ok</c>, <c>not ok</c> or <c>not checked</c>.</param>
/// <param name="Mend">Left out where nothing is to be done.</param>
internal sealed record CheckJson(string Check, string Verdict, string What, string? Mend);

/// <param name="Ok">Nothing is not ok; what was not checked does not count.</param>
internal sealed record DoctorJson(bool Ok, IReadOnlyList<CheckJson> Checks)
{
    public static string Of(IReadOnlyList<Checked> all) => JsonSerializer.Serialize(
        new DoctorJson(
            all.All(c => c.Answer.Verdict != CheckVerdict.NotOk),
            [.. all.Select(c => new CheckJson(c.Name, DoctorScreen.Word(c.Answer.Verdict), c.Answer.What, c.Answer.Mend))]),
        DoctorJsonContext.Default.DoctorJson);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DoctorJson))]
internal sealed partial class DoctorJsonContext : JsonSerializerContext;
