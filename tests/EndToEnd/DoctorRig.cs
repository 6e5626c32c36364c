using System.Text.Json.Nodes;
using RdsBq.Local;
using RdsBq.Local.Hosting;

namespace RdsBq.EndToEnd.Tests;

/// <summary>A local cloud on which the first run has been loaded and everything is as it should be; <c>doctor</c> looks at it.</summary>
public sealed class DoctorRig : IAsyncLifetime
{
    private SyncRig? rig;

    internal LocalCloud Cloud => rig!.Cloud;

    internal Dictionary<string, string> Changed => rig!.Changed;

    internal string Dataset => rig!.Run.Dataset;

    internal string Landing => $"{Dataset}_landing";

    public async Task InitializeAsync()
    {
        rig = await SyncRig.StartAsync();
        await rig.ExportedAsync();
        await rig.MustAsync("load");
        Authorise();
    }

    public async Task DisposeAsync() => await rig!.DisposeAsync();

    internal void Authorise() => ChangeDataset(Landing, dataset => dataset["access"]!.AsArray().Add(new JsonObject
    {
        ["dataset"] = new JsonObject
        {
            ["dataset"] = new JsonObject { ["projectId"] = Estate.Project, ["datasetId"] = Dataset }, ["targetTypes"] = new JsonArray("VIEWS"),
        },
    }));

    internal void ChangeDataset(string id, Action<JsonObject> change)
    {
        lock (Cloud.Warehouse.Gate) change(Cloud.Warehouse.Catalog.Dataset(id).Resource);
    }

    internal void ChangeConfig(string name, Action<Local.Transfers.ConfigEntry> change) => rig!.Alter(name, change);

    internal Task<Ended> RunAsync(params string[] arguments) => rig!.JobAsync(["doctor", .. arguments]);

    /// <summary>What it says of each check, and what it called of Google and Slack. Nothing that it says is confidential: the rig sees to that.</summary>
    internal async Task<(IReadOnlyDictionary<string, DoctorLine> Lines, IReadOnlyList<JournalEntry> Calls)> LookAsync()
    {
        var ended = new Ended(-1, "", "");
        var calls = await rig!.DuringAsync(async () => ended = await RunAsync("--json"));
        Assert.True(ended.ExitCode is 0 or 1, ended.ToString());
        return (DoctorLine.Read(ended.Output).ToDictionary(l => l.Check), [.. calls.Where(c => c.Operation.Split('.')[0] is not ("sts" or "rds" or "s3" or "kms" or "iam"))]);
    }
}
