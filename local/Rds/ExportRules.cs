using System.Text;
using System.Text.RegularExpressions;
using RdsBq.Local.Aws;
using RdsBq.Local.Kms;
using RdsBq.Local.S3;

namespace RdsBq.Local.Rds;

/// <summary>StartExportTask's fields as they came.</summary>
internal sealed record ExportRequest(
    string Id, string SourceArn, string Bucket, string Prefix, string IamRoleArn, string KmsKeyId, IReadOnlyList<string> Only);

/// <summary>
/// What StartExportTask checks before it accepts, with its error codes (API reference, "StartExportTask"; user guide, "Exporting DB
/// snapshot data to Amazon S3"). The order of the checks is not documented.
/// </summary>
internal sealed partial class ExportRules(ObjectStore store, KeyRing keys)
{
    private const int Slots = 5;
    private const int MaxIdLength = 60;
    private const int MaxOnlyBytes = 200 * 1024;

    public ExportTask Accept(ExportRequest request, RdsWorld world, IReadOnlyList<ExportTask> tasks)
    {
        CheckId(request.Id, tasks);
        var snapshot = FindSnapshot(request.SourceArn, world, tasks);
        if (request.Prefix.Contains(':', StringComparison.Ordinal))
            throw new AwsException(400, "InvalidParameterValue", "The parameter S3Prefix must not contain a colon.");
        CheckOnly(request.Only, snapshot.Source);
        CheckRole(request.IamRoleArn);
        if (store.RegionOf(request.Bucket) != Estate.Region)
        {
            throw new AwsException(
                400, "InvalidS3BucketFault",
                $"The S3 bucket {request.Bucket} doesn't exist, isn't in region {Estate.Region} or you aren't authorized to access it.");
        }
        if (keys.Key is not { State: "Enabled" } key || !key.IsNamed(request.KmsKeyId))
        {
            throw new AwsException(
                400, "KMSKeyNotAccessibleFault",
                $"The KMS key [{request.KmsKeyId}] does not exist, is not enabled or you do not have permission to use it.");
        }
        if (tasks.Count(t => !t.IsFinal) >= Slots)
            throw new AwsException(400, "ExportTaskLimitReachedFault", $"You have reached the limit of {Slots} concurrent export tasks");
        return new ExportTask(
            request.Id, snapshot, request.Bucket, request.Prefix, request.IamRoleArn, Estate.KmsKeyArn, request.Only, world.Now);
    }

    public static AwsException NotFound(string id) => new(404, "ExportTaskNotFound", $"The export task {id} could not be found.");

    private static void CheckId(string id, IReadOnlyList<ExportTask> tasks)
    {
        if (!Identifier().IsMatch(id)) throw Identifiers.Invalid("ExportTaskIdentifier");
        if (id.Length > MaxIdLength)
            throw new AwsException(400, "InvalidParameterValue",
                $"The parameter ExportTaskIdentifier must not be longer than {MaxIdLength} characters.");
        if (tasks.Any(t => t.Id.Equals(id, StringComparison.OrdinalIgnoreCase)))
            throw new AwsException(400, "ExportTaskAlreadyExists", $"The export task with the ID {id} already exists.");
    }

    private static RdsSnapshot FindSnapshot(string arn, RdsWorld world, IReadOnlyList<ExportTask> tasks)
    {
        var (type, id) = RdsArn.Parse(arn) ?? throw new AwsException(400, "InvalidParameterValue", $"Invalid resource ARN: {arn}");
        var snapshot = type switch
        {
            "snapshot" => world.FindSnapshot(cluster: false, id)
                ?? throw new AwsException(404, "DBSnapshotNotFound", $"Could not find snapshot with name {id}"),
            "cluster-snapshot" => world.FindSnapshot(cluster: true, id)
                ?? throw new AwsException(404, "DBClusterSnapshotNotFoundFault", $"Could not find cluster snapshot with name {id}"),
            "cluster" => throw (world.Sources.Any(s => s.IsCluster && s.Id == id)
                ? AwsException.LeftOut("the export of a live cluster")
                : new AwsException(404, "DBClusterNotFoundFault", $"DBCluster {id} not found.")),
            _ => throw new AwsException(400, "InvalidParameterValue", $"Invalid resource ARN for an export: {arn}"),
        };
        if (!snapshot.IsAvailable(world.Now))
            throw new AwsException(400, "InvalidExportSourceState",
                $"The snapshot {id} is {snapshot.Status(world.Now)}; it must be available.");
        if (tasks.Any(t => !t.IsFinal && t.Snapshot.Arn == snapshot.Arn))
            throw new AwsException(400, "InvalidExportSourceState", $"An export task for the snapshot {id} is already running.");
        return snapshot;
    }

    private static void CheckOnly(IReadOnlyList<string> only, RdsSource source)
    {
        if (only.Sum(Encoding.UTF8.GetByteCount) > MaxOnlyBytes)
            throw new AwsException(400, "InvalidExportOnly", "The ExportOnly parameter must not be longer than 200 KB.");
        var levels = source.IsPostgres ? 3 : 2;
        foreach (var item in only)
        {
            var parts = item.Split('.');
            if (parts.Length > levels || !parts.All(p => ExportableName().IsMatch(p)))
                throw new AwsException(400, "InvalidExportOnly", $"The ExportOnly value {item} is not valid for {source.Engine}.");
        }
    }

    private static void CheckRole(string arn)
    {
        if (arn == Estate.ExportRoleArn) return;
        if (arn == Estate.CallerRoleArn)
            throw new AwsException(400, "IamRoleMissingPermissions",
                $"The principal export.rds.amazonaws.com isn't allowed to assume the IAM role {arn}.");
        throw new AwsException(404, "IamRoleNotFound", $"The IAM role {arn} could not be found.");
    }

    [GeneratedRegex(@"\A[A-Za-z](?:[A-Za-z0-9]|-(?=[A-Za-z0-9]))*\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\A[A-Za-z0-9$_]+\z")]
    private static partial Regex ExportableName();

    /// <summary>The rule that export tasks and snapshots share.</summary>
    internal static class Identifiers
    {
        public static bool IsValid(string id) => Identifier().IsMatch(id);

        public static AwsException Invalid(string parameter) => new(
            400,
            "InvalidParameterValue",
            $"The parameter {parameter} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, "
            + "digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.");
    }
}
