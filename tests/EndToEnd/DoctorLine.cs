using System.Text.Json;
using System.Text.Json.Nodes;

namespace RdsBq.EndToEnd.Tests;

/// <summary>A line of <c>doctor --json</c>.</summary>
internal sealed record DoctorLine(string Check, string Verdict, string What, string? Mend)
{
    /// <summary>In the order of the checks.</summary>
    public static IReadOnlyList<DoctorLine> Read(string json) => JsonNode.Parse(json)!["checks"].Deserialize<DoctorLine[]>(JsonSerializerOptions.Web)!;
}
