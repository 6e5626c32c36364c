using RdsBq.Tests.Kit;

namespace RdsBq.Local.Tests.Google;

/// <summary>Google's own command line tools against the local endpoint.</summary>
public sealed class StockClientTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [RequiresFact("bq")]
    public async Task Bq_makes_lists_and_shows_a_transfer_config()
    {
        await using var rig = await GoogleRig.StartAsync();
        var parameters = global::Google.Protobuf.JsonFormatter.Default.Format(rig.Config().Params);
        var made = await BqAsync(rig, "mk", "--transfer_config", "--data_source=amazon_s3", $"--target_dataset={GoogleRig.Dataset}",
            "--display_name=by bq", "--no_auto_scheduling", $"--params={parameters}");
        Assert.Contains("successfully created", made, StringComparison.Ordinal);
        var name = made[made.IndexOf("projects/", StringComparison.Ordinal)..].Split('\'')[0];
        Assert.Contains("by bq", await BqAsync(rig, "ls", "--transfer_config", $"--transfer_location={RdsBq.Local.Estate.Location}"),
            StringComparison.Ordinal);
        Assert.Contains("by bq", await BqAsync(rig, "show", "--transfer_config", name), StringComparison.Ordinal);
    }

    [RequiresFact("gcloud")]
    public async Task Gcloud_reads_a_secret()
    {
        await using var rig = await GoogleRig.StartAsync();
        rig.Secrets.Add("access_key_id", "AKIAEXAMPLE"u8);
        var (folder, tokenFile) = Scratch();
        var environment = new Dictionary<string, string?>
        {
            ["CLOUDSDK_CONFIG"] = folder,
            ["CLOUDSDK_AUTH_ACCESS_TOKEN_FILE"] = tokenFile,
            ["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1",
            ["CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER"] = rig.Apis.Rest.ToString(),
            ["no_proxy"] = "127.0.0.1",
        };
        await using var child = Child.Start(Tools.Find("gcloud")!,
            ["secrets", "versions", "access", "latest", "--secret=access_key_id", $"--project={RdsBq.Local.Estate.Project}"], environment);
        Assert.True(await child.WaitAsync(Limit) == 0, child.Output + child.Error);
        Assert.Equal("AKIAEXAMPLE", child.Output.Trim());
    }

    [RequiresFact("gcloud")]
    public async Task Gcloud_reads_a_topic_s_policy_and_a_subscription()
    {
        await using var rig = await GoogleRig.StartAsync();
        const string topic = RdsBq.Local.Estate.NotificationTopic;
        rig.Topics.Grant(topic, "roles/pubsub.publisher", "serviceAccount:a@b.iam.gserviceaccount.com");
        rig.Topics.Subscribe(topic, "projects/local-project/subscriptions/rdsbq-push", new Uri("https://f.example/"), "aud");
        var (folder, tokenFile) = Scratch();
        var environment = new Dictionary<string, string?>
        {
            ["CLOUDSDK_CONFIG"] = folder,
            ["CLOUDSDK_AUTH_ACCESS_TOKEN_FILE"] = tokenFile,
            ["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1",
            ["CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB"] = rig.Apis.Rest.ToString(),
            ["no_proxy"] = "127.0.0.1",
        };
        async Task<string> GcloudAsync(params string[] arguments)
        {
            await using var child = Child.Start(Tools.Find("gcloud")!, ["pubsub", .. arguments], environment);
            Assert.True(await child.WaitAsync(Limit) == 0, child.Output + child.Error);
            return child.Output.Trim();
        }

        Assert.Equal("roles/pubsub.publisher", await GcloudAsync("topics", "get-iam-policy", topic, "--format=value(bindings.role)"));
        Assert.Equal("https://f.example/", await GcloudAsync("subscriptions", "describe", "projects/local-project/subscriptions/rdsbq-push", "--format=value(pushConfig.pushEndpoint)"));
    }

    private static async Task<string> BqAsync(GoogleRig rig, params string[] arguments)
    {
        string[] common = [$"--api={rig.Apis.Rest}", $"--project_id={RdsBq.Local.Estate.Project}",
            $"--oauth_access_token={GoogleRig.Token}", "--headless"];
        var environment = new Dictionary<string, string?> { ["CLOUDSDK_CONFIG"] = Scratch().Folder, ["no_proxy"] = "127.0.0.1" };
        await using var child = Child.Start(Tools.Find("bq")!, [.. common, .. arguments], environment);
        var code = await child.WaitAsync(Limit);
        Assert.True(code == 0, child.Output + child.Error);
        return child.Output;
    }

    private static (string Folder, string TokenFile) Scratch()
    {
        var folder = Directory.CreateTempSubdirectory("rdsbq-gcloud-").FullName;
        var token = Path.Combine(folder, "token");
        File.WriteAllText(token, GoogleRig.Token);
        return (folder, token);
    }
}
