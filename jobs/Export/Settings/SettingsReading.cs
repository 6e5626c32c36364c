using RdsBq.Core.Exports;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;
using RdsBq.Core.Tables;

namespace RdsBq.Export.Settings;

/// <summary>Variables to settings. Every reader runs, whatever the ones before it found, so that all problems are told at once.</summary>
internal static class SettingsReading
{
    private const string DefaultIds = "export-id-{env}-{run_time|\"%Y%m%d-%H%M\"}";

    private static readonly Dictionary<string, string> SnapshotTypes = new(StringComparer.Ordinal)
    {
        ["automated"] = "automated", ["manual"] = "manual", ["any"] = "any",
    };

    /// <summary>What was read is only of use where <paramref name="problems"/> is empty.</summary>
    public static JobSettings? Read(SettingsReader reader, out IReadOnlyList<SettingsProblem> problems)
    {
        var env = reader.Required("ENV", "lower-case letters, digits and single hyphens, such as prd", Patterns.IsEnv);
        var database = reader.Required("DATABASE_NAME", DatabaseNames.Expected, DatabaseNames.IsValid);
        var source = ReadSource(reader);
        var place = new ExportPlace(
            reader.Required("S3_EXPORT_BUCKET_NAME", "a bucket's name: 3 to 63 lower-case letters, digits, hyphens, dots", Patterns.IsBucket),
            reader.Optional("S3_EXPORT_PREFIX", "", "a key prefix without colon", v => !v.Contains(':', StringComparison.Ordinal)).Trim('/'));
        var exportRole = reader.Required("S3_EXPORT_IAM_ROLE_ARN", "arn:aws:iam::<account>:role/<name>", Patterns.IsRole);
        var key = reader.Required("KMS_KEY_ID", "a KMS key's id, alias (alias/<name>) or ARN", Patterns.IsKey);
        var region = reader.Required("AWS_REGION", "an AWS region, such as ap-northeast-1", Patterns.IsRegion);
        var federation = ReadFederation(reader);
        var ids = ReadIds(reader, env);
        var snapshotType = reader.Choice("SNAPSHOT_TYPE", "automated", SnapshotTypes);
        var targets = ReadTargets(reader, DatabaseNames.Split(database));
        var warehouse = WarehouseSettings.Read(reader, OrStandIn(env), OrStandIn(database));
        var retention = reader.Duration("LANDING_RETENTION", TimeSpan.FromDays(7));
        var grace = reader.Duration("DROPPED_TABLE_GRACE", TimeSpan.FromDays(7));
        var freshness = reader.Duration("FRESHNESS", TimeSpan.FromHours(26));
        var deadline = reader.Duration("LOAD_DEADLINE", TimeSpan.FromHours(12));
        if (deadline >= retention)
            reader.Refuse("LOAD_DEADLINE", $"{deadline.TotalHours:0.##}h", $"less than LANDING_RETENTION ({retention.TotalHours:0.##}h): landing tables must outlive the run that they wait for");
        var notification = reader.Required("TRANSFER_NOTIFICATION_TOPIC", TopicName.Expected, TopicName.IsValid);
        var ready = reader.Maybe("READY_TOPIC", TopicName.Expected, TopicName.IsValid);
        if (ready is not null && ready == notification)
            reader.Refuse("READY_TOPIC", ready, "another topic than TRANSFER_NOTIFICATION_TOPIC: the function would take the news for a transfer run");
        var keyIdSecret = reader.Optional("AWS_ACCESS_KEY_ID_SECRET", "access_key_id", "a secret's name in Secret Manager, never the key itself", Patterns.IsSecretName);
        var keySecret = reader.Optional("AWS_SECRET_ACCESS_KEY_SECRET", "secret_access_key", "a secret's name in Secret Manager, never the key itself", Patterns.IsSecretName);
        var slack = SlackSettings.Read(reader);
        var endpoints = Endpoints.Read(reader);
        problems = reader.Problems;
        if (source is null || ids is null || targets is null) return null;
        return new JobSettings
        {
            Env = env, Source = source, Databases = DatabaseNames.Split(database), Place = place, ExportRoleArn = exportRole, KmsKeyId = key, Region = region,
            Federation = federation, Ids = ids, SnapshotType = snapshotType, Targets = targets, Warehouse = warehouse, LandingRetention = retention,
            DroppedTableGrace = grace, Freshness = freshness, LoadDeadline = deadline, NotificationTopic = notification, ReadyTopic = ready, ReaderKeyIdSecret = keyIdSecret, ReaderKeySecret = keySecret,
            Slack = slack, Endpoints = endpoints,
        };
    }

    private static SourceDatabase? ReadSource(SettingsReader reader)
    {
        const string Expected = "an RDS identifier: letters, digits and single hyphens";
        var cluster = reader.Maybe("DB_CLUSTER_IDENTIFIER", Expected, Patterns.IsDatabaseId);
        var instance = reader.Maybe("DB_INSTANCE_IDENTIFIER", Expected, Patterns.IsDatabaseId);
        if (cluster is not null && instance is not null) reader.Refuse("DB_INSTANCE_IDENTIFIER", instance, "to be unset, since DB_CLUSTER_IDENTIFIER is set");
        else if (cluster is null && instance is null && !reader.Problems.Any(p => p.Name is "DB_CLUSTER_IDENTIFIER" or "DB_INSTANCE_IDENTIFIER"))
            reader.Refuse("DB_CLUSTER_IDENTIFIER", null, "the DB cluster's identifier (or, for a DB instance, DB_INSTANCE_IDENTIFIER)");
        return cluster is not null ? new SourceDatabase(cluster, true) : instance is not null ? new SourceDatabase(instance, false) : null;
    }

    private static Federation? ReadFederation(SettingsReader reader)
    {
        var role = reader.Maybe("AWS_ROLE_ARN", "arn:aws:iam::<account>:role/<name>", Patterns.IsRole);
        var audience = reader.Maybe("AWS_TOKEN_AUDIENCE", "the audience that the role's trust policy names (accounts.google.com:oaud)");
        if (role is null) return null;
        if (audience is not null) return new Federation(role, audience);
        reader.Refuse("AWS_TOKEN_AUDIENCE", null, "the audience that the trust policy of AWS_ROLE_ARN names (accounts.google.com:oaud)");
        return null;
    }

    private static RunTimeTemplate? ReadIds(SettingsReader reader, string env)
    {
        const string Name = "EXPORT_ID_TEMPLATE";
        var text = reader.Optional(Name, DefaultIds, "a template with {run_time|\"…\"}");
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { ["env"] = OrStandIn(env) };
        if (!RunTimeTemplate.TryParse(text, names, out var template, out var problem)) reader.Refuse(Name, text, problem);
        else if (ExportTaskIds.Problem(template) is { } bad) reader.Refuse(Name, text, bad);
        return template;
    }

    private static TargetList? ReadTargets(SettingsReader reader, IReadOnlyList<string> databases)
    {
        const string Name = "TARGET_TABLES";
        const string Default = "target_tables.txt";
        var path = reader.Maybe(Name, "a file");
        if (path is null && !File.Exists(Default)) return TargetList.Everything(databases);
        try
        {
            var file = path ?? Default;
            if (TargetList.TryParse(Path.GetFileName(file), File.ReadAllText(file), databases, out var list, out var problems)) return list;
            foreach (var problem in problems) reader.Refuse(Name, file, problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reader.Refuse(Name, path, "a file that can be read");
        }
        return null;
    }

    // What is derived from a missing name is still checked, and not reported a second time.
    private static string OrStandIn(string value) => value.Length == 0 ? "unset" : value;
}
