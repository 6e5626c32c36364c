namespace RdsBq.Core.Settings;

/// <summary>
/// Where the clouds are, when they are not the real ones: null means the real one. Each SDK's own variable is used where it has one.
/// </summary>
/// <param name="MetadataHost">Host and port, or a URL; likewise for Pub/Sub and BigQuery. The others are URLs.</param>
public sealed record Endpoints(
    string? Rds, string? Sts, string? S3, string? Kms, string? Iam, string? MetadataHost, string? PubSub, string? BigQuery,
    string? DataTransfer, string? SecretManager, string? Slack, string? ResourceManager)
{
    /// <summary>In Cloud Run every override is a problem: a production image must never talk to an emulator by accident.</summary>
    public static Endpoints Read(SettingsReader reader)
    {
        var inCloudRun = reader.Maybe("CLOUD_RUN_JOB", "") is not null || reader.Maybe("K_SERVICE", "") is not null;
        if (inCloudRun) Override(reader, "AWS_ENDPOINT_URL", inCloudRun, IsUrl);
        return new Endpoints(
            Override(reader, "AWS_ENDPOINT_URL_RDS", inCloudRun, IsUrl),
            Override(reader, "AWS_ENDPOINT_URL_STS", inCloudRun, IsUrl),
            Override(reader, "AWS_ENDPOINT_URL_S3", inCloudRun, IsUrl),
            Override(reader, "AWS_ENDPOINT_URL_KMS", inCloudRun, IsUrl),
            Override(reader, "AWS_ENDPOINT_URL_IAM", inCloudRun, IsUrl),
            Override(reader, "GCE_METADATA_HOST", inCloudRun, IsHost),
            Override(reader, "PUBSUB_EMULATOR_HOST", inCloudRun, IsHost),
            Override(reader, "BIGQUERY_EMULATOR_HOST", inCloudRun, IsHost),
            Override(reader, "RDSBQ_ENDPOINT_DATATRANSFER", inCloudRun, IsUrl),
            Override(reader, "RDSBQ_ENDPOINT_SECRETMANAGER", inCloudRun, IsUrl),
            Override(reader, "RDSBQ_ENDPOINT_SLACK", inCloudRun, IsUrl),
            Override(reader, "RDSBQ_ENDPOINT_RESOURCEMANAGER", inCloudRun, IsUrl));
    }

    private static string? Override(SettingsReader reader, string name, bool inCloudRun, Func<string, bool> valid)
    {
        if (!inCloudRun) return reader.Maybe(name, valid == IsUrl ? "an http or https URL" : "host:port, or an http or https URL", valid);
        if (reader.Maybe(name, "") is { } value)
            reader.Refuse(name, value, $"nothing here: {name} is for the local cloud and tests; unset it");
        return null;
    }

    private static bool IsUrl(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.Host.Length > 0;

    private static bool IsHost(string value) =>
        IsUrl(value) || (!value.Contains("//", StringComparison.Ordinal) && Uri.TryCreate("http://" + value, UriKind.Absolute, out var url)
            && url.PathAndQuery == "/" && value[^1] != '/');
}
