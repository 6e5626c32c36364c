using System.Text.Json.Nodes;
using RdsBq.Local;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>The vendors' own command lines see what job and function have done, with the settings that the local cloud prints.</summary>
public sealed class StockTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private readonly string folder = Directory.CreateTempSubdirectory("rdsbq-stock-").FullName;
    private SourceRig rig = null!;

    public async Task InitializeAsync()
    {
        rig = await SourceRig.StartAsync(new LocalOptions(Speed: 240, Scale: 0.005));
        var ended = await rig.PublishAsync(TimeSpan.FromSeconds(90));
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }

    public async Task DisposeAsync()
    {
        await rig.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [RequiresFact("bq", "aws", "gcloud")]
    public async Task Bq_aws_and_gcloud_see_a_published_run()
    {
        await BqShowsTablesAndViewsAsync();
        await BqKnowsTheTransferConfigsAsync();
        await AwsSeesTheExportAsync();
        var gcloud = await RunAsync(
            "gcloud", Google(), "secrets", "versions", "access", "latest", "--secret=access_key_id", $"--project={Estate.Project}");
        Assert.Equal(rig.Cloud.Estate.ReaderKeyId, gcloud.Trim());
    }

    private async Task BqShowsTablesAndViewsAsync()
    {
        var dataset = rig.Dataset.Split('.')[1];
        var landed = await rig.QueryAsync(
            $"SELECT landing_table, expected_rows FROM `{rig.Dataset}_landing.rdsbq_ledger` "
            + "WHERE event = 'expected' AND view_name = 'orders'");
        // bq asks the service to describe itself, which the local one does not; the description that bq ships with does as well.
        const string Shipped = "/usr/lib/google-cloud-sdk/platform/bq";
        var discovery = "--discovery_file=" + Directory.GetFiles(Shipped, "bigquery.json", SearchOption.AllDirectories)
            .First(f => f.Contains("discovery_next", StringComparison.Ordinal));
        var table = await BqAsync(discovery, "show", $"{dataset}_landing.{landed[0][0]}");
        Assert.Equal(landed[0][1], (string?)table["numRows"]);
        Assert.Equal("VIEW", (string?)(await BqAsync(discovery, "show", $"{dataset}.orders"))["type"]);
        var counted = await BqAsync(discovery, "query", "--use_legacy_sql=false", $"SELECT COUNT(*) AS n FROM {dataset}.orders");
        Assert.Equal(landed[0][1], (string?)counted[0]!["n"]);
    }

    private async Task BqKnowsTheTransferConfigsAsync()
    {
        var configs = (await BqAsync("ls", "--transfer_config", $"--transfer_location={Estate.Location}")).AsArray();
        var orders = configs.Single(c => (string?)c!["displayName"] == "shop-orders-transfer")!;
        var shown = await BqAsync("show", "--transfer_config", (string)orders["name"]!);
        Assert.Equal(Estate.NotificationTopic, (string?)shown["notificationPubsubTopic"]);
        var parameters = shown["params"]!.AsObject();
        parameters["destination_table_name_template"] = "by_hand";
        var made = await RunAsync("bq", Google(), [
            .. Common, "mk", "--transfer_config", "--data_source=amazon_s3", $"--target_dataset={rig.Dataset.Split('.')[1]}_landing",
            "--display_name=by hand", "--no_auto_scheduling", $"--params={parameters.ToJsonString()}",
        ]);
        Assert.Contains("successfully created", made, StringComparison.Ordinal);
    }

    private async Task AwsSeesTheExportAsync()
    {
        var environment = rig.StockEnvironment();
        var described = JsonNode.Parse(await RunAsync("aws", environment, "rds", "describe-export-tasks", "--output", "json"))!;
        var task = described["ExportTasks"]!.AsArray().Single()!;
        Assert.Equal("COMPLETE", (string?)task["Status"]);
        var id = (string)task["ExportTaskIdentifier"]!;
        var listed = await RunAsync("aws", environment, "s3", "ls", $"s3://{Estate.Bucket}/{Estate.Prefix}/{id}/", "--recursive");
        Assert.Contains($"{Estate.Prefix}/{id}/export_info_{id}.json", listed, StringComparison.Ordinal);
        Assert.Matches($@"\d+ {Estate.Prefix}/{id}/shop/public\.orders/\d+/part-\d{{5}}-[0-9a-f-]+-c000\.gz\.parquet", listed);
    }

    private string[] Common =>
    [
        $"--api={rig.Cloud.Google.Rest.GetLeftPart(UriPartial.Authority)}", $"--project_id={Estate.Project}",
        $"--oauth_access_token={Token}", "--headless=true", "--format=json",
    ];

    private string Token => rig.Cloud.Aws.Metadata.Identity.AccessToken().Token;

    private Dictionary<string, string?> Google()
    {
        var token = Path.Combine(folder, "token");
        File.WriteAllText(token, Token);
        return new Dictionary<string, string?>
        {
            ["HOME"] = folder,
            ["CLOUDSDK_CONFIG"] = folder,
            ["CLOUDSDK_AUTH_ACCESS_TOKEN_FILE"] = token,
            ["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1",
            ["CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER"] = rig.Cloud.Google.Rest.ToString(),
            ["no_proxy"] = "127.0.0.1",
        };
    }

    private async Task<JsonNode> BqAsync(params string[] arguments) =>
        JsonNode.Parse(await RunAsync("bq", Google(), [.. Common, .. arguments]))!;

    private async Task<string> RunAsync(string program, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        await using var child = Child.Start(Tools.Find(program)!, arguments, environment, folder);
        var code = await child.WaitAsync(Limit);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: {code}\n{child.Output}\n{child.Error}");
        return child.Output;
    }
}
