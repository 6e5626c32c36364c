using System.Text.RegularExpressions;
using RdsBq.Core.Views;

namespace RdsBq.Core.Settings;

/// <summary>Where the data goes.</summary>
/// <param name="PublishAll">All views of a run are repointed together, not each when its table is proven.</param>
/// <param name="CastTypes">The views cast what RDS exports as text to the source's own types.</param>
public sealed partial record WarehouseSettings(
    string Project, string Location, string Dataset, string LandingDataset, bool PublishAll, bool CastTypes = true)
{
    private static readonly Dictionary<string, bool> Publish = new() { ["all"] = true, ["each"] = false };
    private static readonly Dictionary<string, bool> Types = new() { ["cast"] = true, ["raw"] = false };

    /// <summary>
    /// <c>GOOGLE_CLOUD_PROJECT</c>, <c>BIGQUERY_LOCATION</c>, <c>BIGQUERY_DATASET</c> (default <c>{database}_{env}_rds_data</c>, with _ for
    /// what BigQuery refuses; required where the two are not given), <c>PUBLISH</c> (all) and <c>TYPES</c> (cast).
    /// </summary>
    /// <param name="database"><c>DATABASE_NAME</c> as it is.</param>
    public static WarehouseSettings Read(SettingsReader reader, string? env, string? database)
    {
        const string datasetExpected = "a dataset id of letters, digits and _";
        var project = reader.Required("GOOGLE_CLOUD_PROJECT", "a project id, e.g. my-project-123", ProjectId().IsMatch);
        var location = reader.Required("BIGQUERY_LOCATION", "a BigQuery location, e.g. EU or asia-northeast1", LocationId().IsMatch);
        var several = DatabaseNames.Split(database).Count > 1;
        var dataset = several || string.IsNullOrEmpty(env) || string.IsNullOrEmpty(database)
            ? reader.Required(
                "BIGQUERY_DATASET", several ? $"{datasetExpected}; it has no default for several databases" : datasetExpected, DatasetId().IsMatch)
            : reader.Optional(
                "BIGQUERY_DATASET", Refused().Replace($"{database}_{env}_rds_data", "_"), datasetExpected, DatasetId().IsMatch);
        return new WarehouseSettings(
            project, location, dataset, Names.LandingDataset(dataset), reader.Choice("PUBLISH", true, Publish), reader.Choice("TYPES", true, Types));
    }

    [GeneratedRegex(@"^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]\z")]
    private static partial Regex ProjectId();

    [GeneratedRegex(@"^[A-Za-z]+(-[A-Za-z]+[0-9]+)?\z")]
    private static partial Regex LocationId();

    [GeneratedRegex(@"^[A-Za-z0-9_]{1,1000}\z")]
    private static partial Regex DatasetId();

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex Refused();
}
