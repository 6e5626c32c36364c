using RdsBq.Core.Ledger;
using RdsBq.Core.Settings;

namespace RdsBq.Core.Alerts;

/// <summary>Pages of the Google Cloud console. Their addresses are not documented; they are those that the console itself shows.</summary>
internal static class ConsoleLinks
{
    private const string Root = "https://console.cloud.google.com";

    public static IReadOnlyList<Link> Of(RunReceipts run, IReadOnlyList<Trouble> troubles, WarehouseSettings warehouse)
    {
        List<Link> links = [Logs(run, warehouse)];
        if (troubles.FirstOrDefault(t => t.TransferRun is not null) is { TransferRun: { } name } && Transfer(name, warehouse.Project) is { } transfer) links.Add(transfer);
        links.Add(Dataset(warehouse));
        return links;
    }

    /// <summary>Job and function, from the run time on.</summary>
    private static Link Logs(RunReceipts run, WarehouseSettings warehouse)
    {
        var query = $"resource.type=(\"cloud_run_job\" OR \"cloud_run_revision\") severity>=WARNING timestamp>=\"{run.RunTime.Instant:yyyy-MM-dd'T'HH:mm:ss'Z'}\"";
        return new Link("Logs", $"{Root}/logs/query;query={Uri.EscapeDataString(query)}?project={Uri.EscapeDataString(warehouse.Project)}");
    }

    /// <param name="name">projects/P/locations/L/transferConfigs/C/runs/R, or without location.</param>
    private static Link? Transfer(string name, string project) => name.Split('/') switch
    {
        ["projects", _, "locations", var location, "transferConfigs", var config, "runs", _] =>
            new("Transfer runs", $"{Root}/bigquery/transfers/locations/{Uri.EscapeDataString(location)}/configs/{Uri.EscapeDataString(config)}/runs?project={Uri.EscapeDataString(project)}"),
        _ => null,
    };

    public static Link Dataset(WarehouseSettings warehouse)
    {
        var project = Uri.EscapeDataString(warehouse.Project);
        return new Link("Dataset", $"{Root}/bigquery?project={project}&p={project}&d={Uri.EscapeDataString(warehouse.Dataset)}&page=dataset");
    }
}
