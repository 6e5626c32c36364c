using RdsBq.Local;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>How the process ended and what it said.</summary>
internal sealed record Ended(int ExitCode, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() => $"exit {ExitCode}\n--- output\n{Output}\n--- error\n{Error}";
}

/// <summary>The job as it ships: a process with its own environment.</summary>
internal static class ExportVerbProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>A complete and valid set without endpoints; the machine's own AWS and Google settings are taken away.</summary>
    public static Dictionary<string, string?> Settings() => new()
    {
        ["ENV"] = "test",
        ["DB_CLUSTER_IDENTIFIER"] = "shop",
        ["DB_INSTANCE_IDENTIFIER"] = null,
        ["DATABASE_NAME"] = "shop",
        ["S3_EXPORT_BUCKET_NAME"] = Estate.Bucket,
        ["S3_EXPORT_PREFIX"] = Estate.Prefix,
        ["S3_EXPORT_IAM_ROLE_ARN"] = Estate.ExportRoleArn,
        ["KMS_KEY_ID"] = Estate.KmsKeyArn,
        ["AWS_REGION"] = Estate.Region,
        ["AWS_ROLE_ARN"] = Estate.CallerRoleArn,
        ["AWS_TOKEN_AUDIENCE"] = Estate.TokenAudience,
        ["GOOGLE_CLOUD_PROJECT"] = Estate.Project,
        ["BIGQUERY_LOCATION"] = Estate.Location,
        ["TRANSFER_NOTIFICATION_TOPIC"] = Estate.NotificationTopic,
        ["EXPORT_ID_TEMPLATE"] = null,
        ["SNAPSHOT_TYPE"] = null,
        ["TARGET_TABLES"] = null,
        ["CLOUD_RUN_JOB"] = null,
        ["K_SERVICE"] = null,
        ["AWS_PROFILE"] = null,
        ["AWS_ENDPOINT_URL"] = null,
        ["AWS_ACCESS_KEY_ID"] = null,
        ["AWS_SECRET_ACCESS_KEY"] = null,
        ["GOOGLE_APPLICATION_CREDENTIALS"] = null,
        ["AWS_CONFIG_FILE"] = "/nonexistent/config",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent/credentials",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    public static async Task<Ended> RunAsync(string[] arguments, IReadOnlyDictionary<string, string?> environment)
    {
        await using var child = Start(arguments, environment);
        var exitCode = await child.WaitAsync(Limit);
        return new Ended(exitCode, child.Output, child.Error);
    }

    public static Child Start(string[] arguments, IReadOnlyDictionary<string, string?> environment) =>
        Child.Start("dotnet", [Tools.Built("jobs/Export", "rdsbq.dll"), .. arguments], environment);
}
