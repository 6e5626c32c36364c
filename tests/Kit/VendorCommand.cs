using System.Net;
using System.Net.Sockets;
using Xunit;

namespace RdsBq.Tests.Kit;

/// <summary>A command of aws, gcloud or bq that people are told to paste: the vendor's own program reads the whole of it and makes its call. All else needs an account.</summary>
public static class VendorCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // Of Google's services that a command may call; the AWS CLI and bq are told at once for all.
    private static readonly string[] Apis = ["SECRETMANAGER", "SERVICEUSAGE", "CLOUDRESOURCEMANAGER", "PUBSUB"];

    /// <summary>Fails where the program ends without a call.</summary>
    /// <param name="files">That the command reads, by name.</param>
    public static async Task AssertUnderstoodAsync(string command, params (string Name, string Text)[] files)
    {
        using var cloud = new TcpListener(IPAddress.Loopback, 0);
        cloud.Start();
        var root = $"http://127.0.0.1:{((IPEndPoint)cloud.LocalEndpoint).Port}/";
        var folder = Directory.CreateTempSubdirectory("rdsbq-commands");
        foreach (var (name, text) in files) await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text);
        // bq is the only one of the three that is told by an option alone where its cloud is.
        var elsewhere = command.StartsWith("bq ", StringComparison.Ordinal) ? $"bq --api={root} {command[3..]}" : command;
        var child = Child.Start("/bin/sh", ["-c", elsewhere], Values(root, folder.FullName), folder: folder.FullName);
        using var patience = new CancellationTokenSource(Patience);

        var called = cloud.AcceptTcpClientAsync(patience.Token).AsTask();
        var ended = child.WaitAsync(Patience);
        var first = await Task.WhenAny(called, ended);

        await child.DisposeAsync();
        folder.Delete(recursive: true);
        Assert.True(first == called, $"{command}\nended without a call:\n{child.Output}{child.Error}");
        (await called).Dispose();
    }

    private static Dictionary<string, string?> Values(string root, string config)
    {
        var values = new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL"] = root, ["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "none", ["AWS_DEFAULT_REGION"] = "eu-central-1",
            ["AWS_CONFIG_FILE"] = "/nonexistent/config", ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent/credentials", ["AWS_MAX_ATTEMPTS"] = "1",
            ["CLOUDSDK_CONFIG"] = config, ["CLOUDSDK_AUTH_ACCESS_TOKEN"] = "none", ["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1",
            ["AWS_REGION"] = "eu-central-1", ["S3_EXPORT_BUCKET_NAME"] = "exp-bucket", ["S3_EXPORT_PREFIX"] = "rds", ["KMS_KEY_ID"] = "alias/export",
            ["S3_EXPORT_IAM_ROLE_ARN"] = "arn:aws:iam::123456789012:role/service/rds-export", ["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/rds-export-caller",
            ["DB_INSTANCE_IDENTIFIER"] = "shop", ["GOOGLE_CLOUD_PROJECT"] = "some-project", ["BIGQUERY_DATASET"] = "shop_prd_rds_data", ["SLACK_TOKEN_SECRET"] = "slack_token",
        };
        foreach (var api in Apis) values[$"CLOUDSDK_API_ENDPOINT_OVERRIDES_{api}"] = root;
        return values;
    }
}
