namespace RdsBq.Local;

/// <summary>The environment that the job and the function need to run against a local cloud, and a few names more for stock clients.</summary>
internal static class Exports
{
    /// <summary>One dataset a database, as the job would name it.</summary>
    public static string DatasetOf(LocalCloud cloud) =>
        string.Concat($"{cloud.Source.Databases[0]}_local_rds_data".Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    /// <summary>Settings and endpoints, as the README's settings table names them.</summary>
    public static IReadOnlyDictionary<string, string> Settings(LocalCloud cloud)
    {
        var source = cloud.Source;
        return new Dictionary<string, string>
        {
            ["ENV"] = "local",
            [source.IsCluster ? "DB_CLUSTER_IDENTIFIER" : "DB_INSTANCE_IDENTIFIER"] = source.Id,
            ["DATABASE_NAME"] = string.Join(',', source.Databases),
            ["S3_EXPORT_BUCKET_NAME"] = Estate.Bucket,
            ["S3_EXPORT_PREFIX"] = Estate.Prefix,
            ["S3_EXPORT_IAM_ROLE_ARN"] = Estate.ExportRoleArn,
            ["KMS_KEY_ID"] = Estate.KmsKeyArn,
            ["SNAPSHOT_TYPE"] = "any",
            ["AWS_REGION"] = Estate.Region,
            ["AWS_ROLE_ARN"] = Estate.CallerRoleArn,
            ["AWS_TOKEN_AUDIENCE"] = Estate.TokenAudience,
            ["GOOGLE_CLOUD_PROJECT"] = Estate.Project,
            ["BIGQUERY_LOCATION"] = Estate.Location,
            ["BIGQUERY_DATASET"] = DatasetOf(cloud),
            ["TRANSFER_NOTIFICATION_TOPIC"] = Estate.NotificationTopic,
            ["READY_TOPIC"] = Estate.ReadyTopic,
            ["SLACK_CHANNEL"] = Estate.SlackChannelId,
            ["SLACK_TOKEN_SECRET"] = "slack_token",
            ["AWS_ENDPOINT_URL_RDS"] = Root(cloud.Aws.QueryAddress),
            ["AWS_ENDPOINT_URL_STS"] = Root(cloud.Aws.QueryAddress),
            ["AWS_ENDPOINT_URL_S3"] = Root(cloud.Aws.S3Address),
            ["AWS_ENDPOINT_URL_KMS"] = Root(cloud.Aws.KmsAddress),
            ["AWS_ENDPOINT_URL_IAM"] = Root(cloud.Aws.QueryAddress),
            ["GCE_METADATA_HOST"] = cloud.Aws.Metadata.Address.Authority,
            ["BIGQUERY_EMULATOR_HOST"] = Root(cloud.Google.Rest),
            ["PUBSUB_EMULATOR_HOST"] = cloud.Google.Grpc.Authority,
            ["RDSBQ_ENDPOINT_DATATRANSFER"] = Root(cloud.Google.Grpc),
            ["RDSBQ_ENDPOINT_SECRETMANAGER"] = Root(cloud.Google.Grpc),
            ["RDSBQ_ENDPOINT_SLACK"] = Root(cloud.Slack.Address),
            ["RDSBQ_ENDPOINT_RESOURCEMANAGER"] = Root(cloud.Google.Rest),
            ["PORT"] = cloud.FunctionPort.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["RDSBQ_LOCAL"] = Root(cloud.Control),
        };
    }

    /// <summary>What stock clients want besides: the AWS CLI's keys and region, and the REST root of the Google services.</summary>
    public static IReadOnlyDictionary<string, string> ForStockClients(LocalCloud cloud) => new Dictionary<string, string>
    {
        ["AWS_ACCESS_KEY_ID"] = cloud.Estate.AdminKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = cloud.Estate.AdminSecret,
        ["AWS_DEFAULT_REGION"] = Estate.Region,
        ["RDSBQ_LOCAL_GOOGLE"] = Root(cloud.Google.Rest),
    };

    public static IEnumerable<string> Lines(IEnumerable<KeyValuePair<string, string>> settings) =>
        settings.Select(s => $"export {s.Key}='{s.Value.Replace("'", "'\\''", StringComparison.Ordinal)}'");

    private static string Root(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
