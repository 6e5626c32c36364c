using RdsBq.Tests.Kit;

namespace RdsBq.Local.Tests.BigQuery;

/// <summary>Google's own command line against the local BigQuery.</summary>
public sealed class BqCliTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("rdsbq-bq").FullName;
    private Rig rig = null!;

    public async Task InitializeAsync() => rig = await Rig.StartAsync();

    public async Task DisposeAsync()
    {
        await rig.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<string> BqAsync(params string[] arguments)
    {
        var discovery = Directory.GetFiles("/usr/lib/google-cloud-sdk/platform/bq", "bigquery.json", SearchOption.AllDirectories).First(f => f.Contains("discovery_next", StringComparison.Ordinal));
        string[] common = ["--api", rig.Address.ToString().TrimEnd('/'), $"--discovery_file={discovery}", "--project_id", Rig.Project, "--oauth_access_token=good", "--headless=true", "--format=json"];
        var environment = new Dictionary<string, string?> { ["CLOUDSDK_CONFIG"] = folder, ["HOME"] = folder };
        await using var bq = Child.Start(Tools.Find("bq")!, common.Concat(arguments), environment, folder);
        var code = await bq.WaitAsync(TimeSpan.FromSeconds(90));
        Assert.True(code == 0, $"bq {string.Join(' ', arguments)}: {code}\n{bq.Output}\n{bq.Error}");
        return bq.Output;
    }

    [RequiresFact("bq")]
    public async Task Bq_makes_shows_queries_and_removes()
    {
        await BqAsync("--location=asia-northeast1", "mk", "--dataset", "made");
        Assert.Contains("\"made\"", await BqAsync("ls"), StringComparison.Ordinal);
        await rig.TableAsync("t", """[{"name":"id","type":"INT64"}]""");
        await rig.QueryAsync("INSERT INTO shop.t VALUES (7)");
        Assert.Contains("\"numRows\":\"1\"", await BqAsync("show", "shop.t"), StringComparison.Ordinal);
        await rig.QueryAsync("CREATE VIEW shop.v AS SELECT id * 6 AS answer FROM shop.t");
        Assert.Contains("[{\"answer\":\"42\"}]", await BqAsync("query", "--use_legacy_sql=false", "SELECT answer FROM shop.v"), StringComparison.Ordinal);
        await BqAsync("rm", "-r", "-f", "-d", "made");
        Assert.Equal(404, (await rig.RefusedAsync("GET", "datasets/made")).Status);
    }
}
