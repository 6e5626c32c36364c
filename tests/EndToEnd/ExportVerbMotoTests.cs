using System.Net;
using RdsBq.Local.Hosting;
using RdsBq.Local.Metadata;
using RdsBq.Tests.Kit;
using Xunit;

namespace RdsBq.EndToEnd.Tests;

/// <summary><c>export</c> against RDS and STS that were not written by us. moto knows manual snapshots only, does not page and completes at once.</summary>
public sealed class ExportVerbMotoTests
{
    [RequiresFact("moto_server")]
    public async Task The_newest_manual_snapshot_is_exported_once_and_then_there_is_nothing_to_do()
    {
        await using var moto = await MotoServer.StartAsync();
        var clock = new LocalClock(TimeProvider.System);
        await using var metadata = await MetadataServer.StartAsync(clock, new Journal(clock), new Faults());
        await CreateClusterAsync(moto.Address, "before", "newest");
        var environment = ExportVerbProcess.Settings();
        environment["SNAPSHOT_TYPE"] = "manual";
        environment["AWS_ENDPOINT_URL_RDS"] = environment["AWS_ENDPOINT_URL_STS"] = environment["AWS_ENDPOINT_URL_S3"] = moto.Address.ToString().TrimEnd('/');
        environment["GCE_METADATA_HOST"] = $"{metadata.Address.Host}:{metadata.Address.Port}";

        var first = await ExportVerbProcess.RunAsync([], environment);
        var second = await ExportVerbProcess.RunAsync([], environment);

        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.Matches(@"^export task export-id-test-\d{8}-\d{4}  run time \S+  snapshot newest  started\n$", first.Output);
        Assert.True(second.ExitCode == 0, second.ToString());
        Assert.Equal(first.Output.Replace("started", "nothing to do", StringComparison.Ordinal), second.Output);
    }

    private static async Task CreateClusterAsync(Uri moto, params string[] snapshots)
    {
        using var http = new HttpClient { BaseAddress = moto };
        http.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260401/ap-northeast-1/rds/aws4_request, SignedHeaders=host, Signature=0");
        await CallAsync(http, "CreateDBCluster", ("DBClusterIdentifier", "shop"), ("Engine", "aurora-postgresql"), ("MasterUsername", "admin1"), ("MasterUserPassword", "a-long-password"));
        foreach (var id in snapshots)
            await CallAsync(http, "CreateDBClusterSnapshot", ("DBClusterIdentifier", "shop"), ("DBClusterSnapshotIdentifier", id));
    }

    private static async Task CallAsync(HttpClient http, string action, params (string Name, string Value)[] fields)
    {
        var form = fields.Prepend(("Version", "2014-10-31")).Prepend(("Action", action)).Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        using var content = new FormUrlEncodedContent(form);
        using var answer = await http.PostAsync(new Uri("/", UriKind.Relative), content);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }
}
