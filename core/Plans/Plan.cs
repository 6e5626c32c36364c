using System.Text.Json;
using System.Text.Json.Serialization;

namespace RdsBq.Core.Plans;

/// <summary>What <c>export</c>, <c>load</c> and <c>sync</c> would do now. Its names are the names of <c>plan --json</c>, and stay.</summary>
/// <param name="Changes">Any of the three would change something.</param>
/// <param name="Tables">Of the run that is landed, looked after or shown; one row a table.</param>
/// <param name="Costs">Of what is planned; empty where nothing is exported or landed.</param>
/// <param name="Prices">Those that the costs were made with.</param>
/// <param name="Notes">Worth knowing, and no problem.</param>
/// <param name="Problems">Need a person: lines of the list that match no table, and the like.</param>
public sealed record Plan(
    DateTimeOffset At, bool Changes, PlannedExport Export, PlannedLoad Load, PlannedSync Sync, IReadOnlyList<PlannedTable> Tables,
    IReadOnlyList<CostItem> Costs, IReadOnlyList<Price> Prices, IReadOnlyList<string> Notes, IReadOnlyList<string> Problems)
{
    public string ToJson() => JsonSerializer.Serialize(this, PlanJson.Default.Plan);
}

/// <summary>What <c>export</c> would do.</summary>
/// <param name="Action"><c>start</c>, <c>follow</c> (a task is under way), <c>nothing</c>, <c>wait</c> or <c>refuse</c>.</param>
/// <param name="ExportTask">The task that would be started, is followed, or is done.</param>
/// <param name="Only">What the export is limited to; empty for everything.</param>
/// <param name="OnlyReason">Why that, in words.</param>
public sealed record PlannedExport(
    string Action, bool Changes, string Reason, string? ExportTask, string? RunTime, PlannedSnapshot? Snapshot, IReadOnlyList<string> Only, string OnlyReason);

/// <param name="CreatedAt">Null where RDS does not tell it.</param>
/// <param name="Gigabytes">At most; null where RDS does not tell it.</param>
/// <param name="Size">Where the size is from, or why it is not known.</param>
public sealed record PlannedSnapshot(string Id, DateTimeOffset? CreatedAt, decimal? Gigabytes, string Size);

/// <summary>What <c>load</c> would do.</summary>
/// <param name="Action"><c>land</c>, <c>continue</c> (a run is under way), <c>wait</c>, <c>nothing</c> or <c>refuse</c>.</param>
/// <param name="Publishes">The views would be repointed by this very call: all is proven already.</param>
public sealed record PlannedLoad(string Action, bool Changes, bool Publishes, string Reason, string? RunTime, string? ExportTask);

/// <param name="Table">Source table, or the line of the list that nothing matches.</param>
/// <param name="Rows">Null where nobody has counted them yet.</param>
/// <param name="Action">
/// What <c>load</c> does: <c>land</c>, <c>land empty</c>, <c>skip</c>, <c>start</c> (a transfer run), <c>judge</c>, <c>wait</c>, <c>stuck</c> or <c>nothing</c>.
/// </param>
/// <param name="ViewAction">What becomes of the view once the run is proven: <c>create</c>, <c>repoint</c> or <c>keep</c>.</param>
public sealed record PlannedTable(
    string? RunTime, string Table, long? Rows, long? Files, long? Bytes, string Action, string Detail, string View, string ViewAction);

/// <summary>What <c>sync</c> would do; and <c>load</c> creates the configs that a landing lacks by itself.</summary>
public sealed record PlannedSync(bool Changes, string Reason, IReadOnlyList<PlannedConfig> Configs);

/// <param name="Action"><c>create</c>, <c>recreate</c>, <c>rotate</c>, <c>prune</c> …</param>
public sealed record PlannedConfig(string Config, string Action, string Why);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Plan))]
internal sealed partial class PlanJson : JsonSerializerContext;
