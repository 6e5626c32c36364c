using System.Xml.Linq;
using RdsBq.Local.Aws;

namespace RdsBq.Local.Rds;

/// <summary>Describe and create, once for clusters and once for instances: the two differ in every name and in little else.</summary>
internal sealed class SnapshotOperations(RdsWorld world, bool cluster)
{
    private static readonly string[] Types = ["automated", "manual", "shared", "public", "awsbackup"];
    private readonly string noun = cluster ? "DBCluster" : "DB";
    private readonly string sourceField = cluster ? "DBClusterIdentifier" : "DBInstanceIdentifier";

    public string SourceField => sourceField;

    public string SnapshotField => noun + "SnapshotIdentifier";

    public IEnumerable<XElement?> Describe(QueryCall call)
    {
        var request = call.Request;
        var (id, source, type) = (request.Text(SnapshotField), request.Text(sourceField), request.Text("SnapshotType"));
        call.Caller!.Demand($"rds:Describe{noun}Snapshots", RdsArn.Of(cluster ? "cluster-snapshot" : "snapshot", id ?? "*"));
        if (cluster && id is not null && source is not null)
            throw new AwsException(400, "InvalidParameterCombination", $"{SnapshotField} and {sourceField} can't be used together.");
        if (type is not null && !Types.Contains(type))
            throw new AwsException(400, "InvalidParameterValue", $"Invalid value {type} for SnapshotType.");
        IEnumerable<RdsSnapshot> snapshots = world.Snapshots.Where(s => s.Source.IsCluster == cluster);
        if (id is not null) snapshots = [world.FindSnapshot(cluster, RdsArn.Id(id)) ?? throw Missing(id)];
        if (source is not null) snapshots = snapshots.Where(s => s.Source.Id.Equals(RdsArn.Id(source), StringComparison.OrdinalIgnoreCase));
        if (type is not null) snapshots = snapshots.Where(s => s.Type == type);
        var (page, marker) = Paging.Page(request, Filters.Apply(request, snapshots, FilterNames()).ToList());
        return
        [
            call.Optional("Marker", marker),
            call.Element($"{noun}Snapshots", page.Select(s => Element(call, s))),
        ];
    }

    public IEnumerable<XElement?> Create(QueryCall call)
    {
        var request = call.Request;
        var (id, sourceId) = (request.Required(SnapshotField).ToLowerInvariant(), request.Required(sourceField));
        call.Caller!.Demand($"rds:Create{noun}Snapshot", RdsArn.Of(cluster ? "cluster-snapshot" : "snapshot", id));
        if (!ExportRules.Identifiers.IsValid(id) || id.Length > 255) throw ExportRules.Identifiers.Invalid(SnapshotField);
        var source = world.Sources.FirstOrDefault(s =>
            s.IsCluster == cluster && s.Id.Equals(RdsArn.Id(sourceId), StringComparison.OrdinalIgnoreCase))
            ?? throw (cluster
                ? new AwsException(404, "DBClusterNotFoundFault", $"DBCluster {sourceId} not found.")
                : NoSuchInstance(sourceId));
        var snapshot = world.CreateSnapshot(source, id, automated: false)
            ?? throw new AwsException(
                400,
                cluster ? "DBClusterSnapshotAlreadyExistsFault" : "DBSnapshotAlreadyExists",
                $"Cannot create the snapshot because a snapshot with the identifier {id} already exists.");
        return [Element(call, snapshot)];
    }

    private AwsException NoSuchInstance(string id) => world.Sources.Any(s => s.IsCluster && id == SourceOperations.InstanceId(s))
        ? new AwsException(400, "InvalidParameterValue",
            $"{id} is a member of a cluster: its snapshots are made by CreateDBClusterSnapshot.")
        : new AwsException(404, "DBInstanceNotFound", $"DBInstance {id} not found.");

    private AwsException Missing(string id) => cluster
        ? new AwsException(404, "DBClusterSnapshotNotFoundFault", $"DBClusterSnapshot {id} not found.")
        : new AwsException(404, "DBSnapshotNotFound", $"DBSnapshot {id} not found.");

    private Dictionary<string, Func<RdsSnapshot, string>> FilterNames() => new()
    {
        [cluster ? "db-cluster-id" : "db-instance-id"] = s => s.Source.Id,
        [cluster ? "db-cluster-snapshot-id" : "db-snapshot-id"] = s => s.Id,
        ["snapshot-type"] = s => s.Type,
        ["engine"] = s => s.Source.Engine,
    };

    private XElement Element(QueryCall call, RdsSnapshot snapshot)
    {
        var now = world.Now;
        var source = snapshot.Source;
        return call.Element(
            $"{noun}Snapshot",
            call.Element(SnapshotField, snapshot.Id),
            call.Element($"{noun}SnapshotArn", snapshot.Arn),
            call.Element(sourceField, source.Id),
            // Unset while creating: sorting by it must not trip over that.
            call.Optional("SnapshotCreateTime", snapshot.IsAvailable(now) ? AwsHeaders.Timestamp(snapshot.CreateTime) : null),
            call.Element("Status", snapshot.Status(now)),
            call.Element("PercentProgress", snapshot.Percent(now)),
            call.Element("SnapshotType", snapshot.Type),
            call.Element("Engine", source.Engine),
            call.Element("EngineVersion", source.EngineVersion),
            cluster ? call.Element("EngineMode", "provisioned") : null,
            call.Element("AllocatedStorage", cluster ? 1 : 20),
            call.Element(cluster ? "StorageEncrypted" : "Encrypted", "true"),
            call.Element("KmsKeyId", Estate.KmsKeyArn),
            call.Element("StorageType", cluster ? "aurora" : "gp3"),
            call.Element("TagList"));
    }
}
