using System.Collections;
using System.Diagnostics.CodeAnalysis;
using RdsBq.Core.Exports;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;
using RdsBq.Core.Tables;

namespace RdsBq.Export.Settings;

/// <summary>The RDS source: a DB cluster (Aurora, Multi-AZ cluster) or a DB instance; their snapshots are different kinds of thing.</summary>
internal sealed record SourceDatabase(string Id, bool IsCluster);

/// <summary>
/// Everything that this process takes from its environment, read once and checked whole. Every verb reads all of it: one image has one environment.
/// Each doc comment names the variable, then its default where it has one.
/// </summary>
internal sealed record JobSettings
{
    /// <summary>ENV: part of export ids and dataset names; lower-case letters, digits and single hyphens.</summary>
    public required string Env { get; init; }

    /// <summary>DB_CLUSTER_IDENTIFIER or DB_INSTANCE_IDENTIFIER.</summary>
    public required SourceDatabase Source { get; init; }

    /// <summary>DATABASE_NAME: the database in the snapshot, or several with commas between them.</summary>
    public required IReadOnlyList<string> Databases { get; init; }

    /// <summary>S3_EXPORT_BUCKET_NAME and S3_EXPORT_PREFIX (no prefix).</summary>
    public required ExportPlace Place { get; init; }

    /// <summary>S3_EXPORT_IAM_ROLE_ARN: the role that RDS writes with.</summary>
    public required string ExportRoleArn { get; init; }

    /// <summary>KMS_KEY_ID: key id, alias or ARN.</summary>
    public required string KmsKeyId { get; init; }

    /// <summary>AWS_REGION.</summary>
    public required string Region { get; init; }

    /// <summary>AWS_ROLE_ARN with AWS_TOKEN_AUDIENCE; unset: the AWS SDK's default credential chain.</summary>
    public Federation? Federation { get; init; }

    /// <summary>EXPORT_ID_TEMPLATE: <c>export-id-{env}-{run_time|"%Y%m%d-%H%M"}</c>.</summary>
    public required RunTimeTemplate Ids { get; init; }

    /// <summary>SNAPSHOT_TYPE: <c>automated</c>.</summary>
    public required string SnapshotType { get; init; }

    /// <summary>TARGET_TABLES: the list in <c>target_tables.txt</c>; every table where that file does not exist.</summary>
    public required TargetList Targets { get; init; }

    /// <summary>GOOGLE_CLOUD_PROJECT, BIGQUERY_LOCATION, BIGQUERY_DATASET, PUBLISH, TYPES.</summary>
    public required WarehouseSettings Warehouse { get; init; }

    /// <summary>LANDING_RETENTION: <c>7d</c>.</summary>
    public required TimeSpan LandingRetention { get; init; }

    /// <summary>DROPPED_TABLE_GRACE: <c>7d</c>, for which the view of a table that the source no longer has is kept.</summary>
    public required TimeSpan DroppedTableGrace { get; init; }

    /// <summary>FRESHNESS: <c>26h</c> after its snapshot what is published counts as stale.</summary>
    public required TimeSpan Freshness { get; init; }

    /// <summary>LOAD_DEADLINE: <c>12h</c> after its run time an unpublished run is overdue.</summary>
    public required TimeSpan LoadDeadline { get; init; }

    /// <summary>TRANSFER_NOTIFICATION_TOPIC: <c>projects/…/topics/…</c>, where transfer runs report their end.</summary>
    public required string NotificationTopic { get; init; }

    /// <summary>READY_TOPIC: told when a run is published; unset: nobody is.</summary>
    public string? ReadyTopic { get; init; }

    /// <summary>AWS_ACCESS_KEY_ID_SECRET (<c>access_key_id</c>): the secret's name in Secret Manager.</summary>
    public required string ReaderKeyIdSecret { get; init; }

    /// <summary>AWS_SECRET_ACCESS_KEY_SECRET (<c>secret_access_key</c>): the secret's name in Secret Manager.</summary>
    public required string ReaderKeySecret { get; init; }

    /// <summary>SLACK_CHANNEL with SLACK_TOKEN_SECRET; unset: alerts are logged only.</summary>
    public SlackSettings? Slack { get; init; }

    /// <summary>Where the services are, for the local cloud and tests.</summary>
    public required Endpoints Endpoints { get; init; }

    public ExportPolicy Policy => new(Ids, Place, SnapshotType, Source.Id);

    /// <summary>Reads all settings; false gives every problem there is.</summary>
    public static bool TryRead(
        IReadOnlyDictionary<string, string> environment, [NotNullWhen(true)] out JobSettings? settings, out IReadOnlyList<SettingsProblem> problems)
    {
        var read = SettingsReading.Read(new SettingsReader(environment), out problems);
        settings = problems.Count == 0 ? read : null;
        return settings is not null;
    }

    /// <summary>This process's environment, for <c>Program</c> to hand over; nothing else reads it.</summary>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The one place that reads the environment of the process.")]
    public static IReadOnlyDictionary<string, string> ProcessEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => e.Value as string ?? "", StringComparer.Ordinal);
}

/// <summary>The AWS role to assume with a Google ID token, and the audience to ask the token for.</summary>
internal sealed record Federation(string RoleArn, string Audience);
