using System.Xml.Linq;
using RdsBq.Local.Aws;

namespace RdsBq.Local.Rds;

/// <summary>DescribeDBClusters and DescribeDBInstances; each cluster has one instance, <c>{cluster}-instance-1</c>.</summary>
internal sealed class SourceOperations(RdsWorld world)
{
    private const string Window = "17:00-17:30";

    public IEnumerable<XElement?> Clusters(QueryCall call)
    {
        var id = call.Request.Text("DBClusterIdentifier");
        call.Caller!.Demand("rds:DescribeDBClusters", RdsArn.Of("cluster", id ?? "*"));
        var clusters = world.Sources.Where(s => s.IsCluster && (id is null || IsNamed(s.Id, id))).ToList();
        if (id is not null && clusters.Count == 0) throw new AwsException(404, "DBClusterNotFoundFault", $"DBCluster {id} not found.");
        var known = new Dictionary<string, Func<RdsSource, string>> { ["db-cluster-id"] = s => s.Id, ["engine"] = s => s.Engine };
        var (page, marker) = Paging.Page(call.Request, Filters.Apply(call.Request, clusters, known).ToList());
        return [call.Optional("Marker", marker), call.Element("DBClusters", page.Select(s => Cluster(call, s)))];
    }

    public IEnumerable<XElement?> Instances(QueryCall call)
    {
        var id = call.Request.Text("DBInstanceIdentifier");
        call.Caller!.Demand("rds:DescribeDBInstances", RdsArn.Of("db", id ?? "*"));
        var instances = world.Sources.Select(s => (Id: InstanceId(s), Source: s)).Where(i => id is null || IsNamed(i.Id, id)).ToList();
        if (id is not null && instances.Count == 0) throw new AwsException(404, "DBInstanceNotFound", $"DBInstance {id} not found.");
        var known = new Dictionary<string, Func<(string Id, RdsSource Source), string>>
        {
            ["db-instance-id"] = i => i.Id,
            ["db-cluster-id"] = i => i.Source.IsCluster ? i.Source.Id : "",
            ["engine"] = i => i.Source.Engine,
        };
        var (page, marker) = Paging.Page(call.Request, Filters.Apply(call.Request, instances, known).ToList());
        return [call.Optional("Marker", marker), call.Element("DBInstances", page.Select(i => Instance(call, i.Id, i.Source)))];
    }

    private static bool IsNamed(string id, string idOrArn) => id.Equals(RdsArn.Id(idOrArn), StringComparison.OrdinalIgnoreCase);

    internal static string InstanceId(RdsSource source) => source.IsCluster ? source.Id + "-instance-1" : source.Id;

    private static XElement Cluster(QueryCall call, RdsSource source) => call.Element(
        "DBCluster",
        call.Element("DBClusterIdentifier", source.Id),
        call.Element("DBClusterArn", source.Arn),
        call.Element("Status", "available"),
        call.Element("Engine", source.Engine),
        call.Element("EngineVersion", source.EngineVersion),
        call.Element("EngineMode", "provisioned"),
        call.Optional("DatabaseName", source.Databases is [var first, ..] ? first : null),
        call.Element("AllocatedStorage", 1),
        call.Element("BackupRetentionPeriod", 7),
        call.Element("PreferredBackupWindow", Window),
        call.Element("StorageEncrypted", "true"),
        call.Element("KmsKeyId", Estate.KmsKeyArn),
        call.Element(
            "DBClusterMembers",
            call.Element("DBClusterMember", call.Element("DBInstanceIdentifier", InstanceId(source)),
                call.Element("IsClusterWriter", "true"))),
        call.Element("TagList"));

    private static XElement Instance(QueryCall call, string id, RdsSource source) => call.Element(
        "DBInstance",
        call.Element("DBInstanceIdentifier", id),
        call.Element("DBInstanceArn", RdsArn.Of("db", id)),
        call.Element("DBInstanceStatus", "available"),
        call.Element("DBInstanceClass", "db.t4g.medium"),
        call.Element("Engine", source.Engine),
        call.Element("EngineVersion", source.EngineVersion),
        call.Optional("DBName", source.Databases is [var first, ..] ? first : null),
        call.Optional("DBClusterIdentifier", source.IsCluster ? source.Id : null),
        call.Element("AllocatedStorage", source.IsCluster ? 1 : 20),
        call.Element("BackupRetentionPeriod", 7),
        call.Element("PreferredBackupWindow", Window),
        call.Element("StorageType", source.IsCluster ? "aurora" : "gp3"),
        call.Element("StorageEncrypted", "true"),
        call.Element("KmsKeyId", Estate.KmsKeyArn),
        call.Element("TagList"));
}
