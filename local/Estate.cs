namespace RdsBq.Local;

/// <summary>Who and what exists in the local clouds. The names are fixed, the secrets are new at every start.</summary>
public sealed record Estate
{
    public const string Account = "123456789012";
    public const string Region = "ap-northeast-1";
    public const string Bucket = "rdsbq-exports";
    public const string Prefix = "rds";
    public const string KmsKeyArn = $"arn:aws:kms:{Region}:{Account}:key/5f1e7b7e-0f0c-4a53-9a38-0a4d2f0f7c11";
    public const string ExportRoleArn = $"arn:aws:iam::{Account}:role/rdsbq-export";
    public const string CallerRoleArn = $"arn:aws:iam::{Account}:role/rdsbq-caller";
    public const string TokenAudience = "https://rdsbq.example/aws";

    public const string Project = "local-project";
    public const long ProjectNumber = 409146382768;
    public const string Location = "asia-northeast1";
    public const string ServiceAccount = $"rdsbq@{Project}.iam.gserviceaccount.com";
    public const string ServiceAccountId = "112233445566778899001";
    public const string NotificationTopic = $"projects/{Project}/topics/rdsbq-transfer-runs";
    public const string ReadyTopic = $"projects/{Project}/topics/rdsbq-ready";
    public const string SlackChannel = "#data-alerts";

    /// <summary>The transfer service's own account in the project.</summary>
    public static string TransferAgent => $"service-{ProjectNumber}@gcp-sa-bigquerydatatransfer.iam.gserviceaccount.com";

    /// <summary>As Slack gives them: the first channel of a workspace.</summary>
    public const string SlackChannelId = "C0LOCAL0001";

    /// <summary>The IAM user whose key DTS reads the bucket with; the same pair lies in Secret Manager.</summary>
    public required string ReaderKeyId { get; init; }

    public required string ReaderSecret { get; init; }

    /// <summary>An administrator's key for stock clients (AWS CLI); the job never needs it.</summary>
    public required string AdminKeyId { get; init; }

    public required string AdminSecret { get; init; }

    public required string SlackToken { get; init; }

    public static Estate Create(Random random) => new()
    {
        ReaderKeyId = "AKIA" + Letters(random, 16).ToUpperInvariant(),
        ReaderSecret = Letters(random, 40),
        AdminKeyId = "AKIA" + Letters(random, 16).ToUpperInvariant(),
        AdminSecret = Letters(random, 40),
        SlackToken = "xoxb-" + Letters(random, 24),
    };

    private static string Letters(Random random, int count) =>
        string.Create(count, random, (span, r) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = "abcdefghijklmnopqrstuvwxyz234567"[r.Next(32)];
        });
}
