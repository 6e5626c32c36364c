using RdsBq.Cloud.BigQuery;
using RdsBq.Core.Checks;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Checking;

/// <summary>The dataset of the views, and the one that exports land in.</summary>
internal static class DatasetChecks
{
    public const string Api = "bigquery.googleapis.com";
    private const string Landing = "landing dataset";

    public static IEnumerable<Check> Of(JobSettings settings, GoogleEyes eyes, GoogleSeen seen)
    {
        var warehouse = settings.Warehouse;
        yield return new Check("views dataset", GoogleChecks.Access, token => seen.AskAsync(
            Look(warehouse.Dataset, seen),
            async () => DatasetJudge.Views(await eyes.BigQuery.DatasetAsync(warehouse.Dataset, token), warehouse, seen.MayCreateDatasets),
            token));
        yield return new Check(Landing, GoogleChecks.Access, token => seen.AskAsync(
            Look(warehouse.LandingDataset, seen),
            async () =>
            {
                seen.Landing = await eyes.BigQuery.DatasetAsync(warehouse.LandingDataset, token);
                return DatasetJudge.Landing(seen.Landing, warehouse, seen.MayCreateDatasets);
            },
            token));
        yield return new Check("landing authorised", Landing, _ => Task.FromResult(DatasetJudge.Authorised(seen.Landing, warehouse)));
    }

    private static GoogleLook Look(string dataset, GoogleSeen seen) => new(
        $"Dataset {dataset}", Api, "bigquery.datasets.get", Needed: true, seen.Commands.GrantOnDataset(dataset, "roles/bigquery.dataOwner"), "Check GOOGLE_CLOUD_PROJECT.");
}
