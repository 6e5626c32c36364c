using RdsBq.Local.Aws;

namespace RdsBq.Local.Rds;

/// <summary>The RDS API, version 2014-10-31, over an <see cref="RdsWorld"/>.</summary>
internal sealed class RdsService : IQueryService
{
    public RdsService(RdsWorld world)
    {
        var exports = new ExportOperations(world);
        var sources = new SourceOperations(world);
        var clusters = new SnapshotOperations(world, cluster: true);
        var instances = new SnapshotOperations(world, cluster: false);
        Operations = new Dictionary<string, QueryOperation>
        {
            ["StartExportTask"] = new(exports.Start, "ExportTaskIdentifier", Mutates: true),
            ["DescribeExportTasks"] = new(exports.Describe, "ExportTaskIdentifier"),
            ["CancelExportTask"] = new(exports.Cancel, "ExportTaskIdentifier", Mutates: true),
            ["DescribeDBClusters"] = new(sources.Clusters, "DBClusterIdentifier"),
            ["DescribeDBInstances"] = new(sources.Instances, "DBInstanceIdentifier"),
            ["DescribeDBClusterSnapshots"] = new(clusters.Describe, clusters.SourceField),
            ["DescribeDBSnapshots"] = new(instances.Describe, instances.SourceField),
            ["CreateDBClusterSnapshot"] = new(clusters.Create, clusters.SnapshotField, Mutates: true),
            ["CreateDBSnapshot"] = new(instances.Create, instances.SnapshotField, Mutates: true),
        };
    }

    public string Name => "rds";

    public string Version => "2014-10-31";

    public string Namespace => "http://rds.amazonaws.com/doc/2014-10-31/";

    public string[] Regions { get; } = [Estate.Region];

    public IReadOnlyDictionary<string, QueryOperation> Operations { get; }

    public IReadOnlySet<string> KnownActions => RdsActions.All;
}
