using System.Text.Json;
using RdsBq.Core.Settings;

namespace RdsBq.Core.Checks;

/// <summary>A dataset, as far as it matters here.</summary>
/// <param name="Location">As BigQuery writes it.</param>
/// <param name="TableLife">What tables and views get that are made without an end of their own; null for none.</param>
/// <param name="Views">Ids of the datasets of this project whose views may read it.</param>
public sealed record DatasetSeen(string Id, string Location, TimeSpan? TableLife, IReadOnlyList<string> Views);

/// <summary>Whether the two datasets are what the verbs need.</summary>
public static class DatasetJudge
{
    /// <param name="seen">Null where there is none.</param>
    /// <param name="mayCreate">Whether the job may make it; null where that is not known.</param>
    public static Answer Views(DatasetSeen? seen, WarehouseSettings warehouse, bool? mayCreate) =>
        Judge(seen, warehouse.Dataset, "the views", warehouse, mayCreate);

    /// <inheritdoc cref="Views"/>
    public static Answer Landing(DatasetSeen? seen, WarehouseSettings warehouse, bool? mayCreate) =>
        Judge(seen, warehouse.LandingDataset, "the ledger", warehouse, mayCreate);

    /// <summary>Without it whoever reads a view needs a right on the landing tables as well.</summary>
    /// <param name="landing">Null where there is none yet.</param>
    public static Answer Authorised(DatasetSeen? landing, WarehouseSettings warehouse)
    {
        if (landing is null) return Answer.NotChecked($"{warehouse.LandingDataset} is not there yet", "Run doctor again after the first load.");
        return landing.Views.Contains(warehouse.Dataset)
            ? Answer.Ok($"views of {warehouse.Dataset} may read {landing.Id}")
            : Answer.NotOk(
                $"{landing.Id} does not let the views of {warehouse.Dataset} read: who reads them would need a right on the landing tables too",
                $"infra/gcp/bootstrap.sh makes it so; by hand: {Authorise(warehouse)}");
    }

    // Landing tables have an end of their own; what has none takes the dataset's.
    private static Answer Judge(DatasetSeen? seen, string dataset, string lasting, WarehouseSettings warehouse, bool? mayCreate) => seen switch
    {
        null => Missing(dataset, warehouse, mayCreate),
        _ when !string.Equals(seen.Location, warehouse.Location, StringComparison.OrdinalIgnoreCase) => Answer.NotOk(
            $"{seen.Id} is in {seen.Location}, BIGQUERY_LOCATION is {warehouse.Location}: transfers and queries won't find it there",
            $"A dataset can't move: set BIGQUERY_LOCATION to {seen.Location}, or BIGQUERY_DATASET to another dataset."),
        { TableLife: { } life } => Answer.NotOk(
            $"{seen.Id} deletes tables and views {life.TotalDays:0.##} days after they are made: it would delete {lasting}",
            $"Take that away: bq update --default_table_expiration=0 --project_id={warehouse.Project} {warehouse.Project}:{seen.Id}"),
        _ => Answer.Ok($"{seen.Id} in {seen.Location}"),
    };

    private static Answer Missing(string dataset, WarehouseSettings warehouse, bool? mayCreate) => mayCreate switch
    {
        true => Answer.Ok($"{dataset} is not there; load makes it"),
        false => Answer.NotOk($"{dataset} does not exist, and this service account may not make it (bigquery.datasets.create)", $"Make it: {Make(dataset, warehouse)}"),
        null => Answer.NotChecked($"{dataset} does not exist; whether load may make it is not known", $"Make it: {Make(dataset, warehouse)}"),
    };

    private static string Make(string dataset, WarehouseSettings warehouse) =>
        $"bq --location={warehouse.Location} mk --dataset --project_id={warehouse.Project} {warehouse.Project}:{dataset}";

    private static string Authorise(WarehouseSettings warehouse)
    {
        var landing = $"{warehouse.Project}:{warehouse.LandingDataset}";
        var entry = $$$"""{"dataset":{"dataset":{"projectId":{{{Json(warehouse.Project)}}},"datasetId":{{{Json(warehouse.Dataset)}}}},"targetTypes":["VIEWS"]}}""";
        return $"bq show --format=json --dataset {landing} | jq '.access += [{entry}]' > landing.json && bq update --source=landing.json --dataset {landing}";
    }

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
