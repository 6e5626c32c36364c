using RdsBq.Cloud.Transfers;
using RdsBq.Core.Checks;
using RdsBq.Core.Transfers;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Checking;

/// <summary>The Data Transfer Service, and the transfer configs that are there.</summary>
internal static class TransferChecks
{
    private const string Service = "transfer api";

    public static IEnumerable<Check> Of(JobSettings settings, GoogleEyes eyes, GoogleSeen seen)
    {
        var warehouse = settings.Warehouse;
        yield return new Check(Service, GoogleChecks.Access, token => seen.AskAsync(
            new GoogleLook($"The S3 data source in {warehouse.Location}", TransferClient.Host, "bigquery.transfers.get", Needed: true,
                seen.Commands.GrantOnProject("roles/bigquery.admin"), $"Check BIGQUERY_LOCATION ({warehouse.Location}): it is where the datasets are."),
            async () =>
            {
                var source = await eyes.Transfers.DataSourceAsync(token);
                seen.Configs = await eyes.Transfers.ConfigsAsync(token);
                seen.ProjectNumber = seen.Configs.Select(c => c.Name).Append(source).Select(NumberIn).FirstOrDefault(n => n is not null);
                return Answer.Ok($"S3 transfers can be made in {warehouse.Location}; {seen.Configs.Count} are there");
            },
            token));
        var scope = ConfigScope.Of(warehouse.LandingDataset, settings.Place, settings.Databases);
        yield return new Check("transfer configs", Service, _ => Task.FromResult(ConfigJudge.Judge(seen.Configs, scope, settings.NotificationTopic)));
    }

    // The service names things by the project's number, a caller by number or id.
    private static string? NumberIn(string name) => name.Split('/') is ["projects", var project, ..] && project.All(char.IsAsciiDigit) ? project : null;
}
