using Amazon.RDS;
using Amazon.RDS.Model;
using RdsBq.Core.Checks;

namespace RdsBq.Cloud.Aws;

/// <summary>The database itself, which no verb but <c>doctor</c> looks at.</summary>
public sealed class DatabaseLook(IAmazonRDS client)
{
    /// <exception cref="Core.StopException">There is none of this name, or RDS can't be reached.</exception>
    public Task<Look<DatabaseSeen>> SeeAsync(string id, bool isCluster, CancellationToken token) =>
        AwsErrors.LookAsync(() => isCluster ? ClusterAsync(id, token) : InstanceAsync(id, token));

    private async Task<DatabaseSeen?> ClusterAsync(string id, CancellationToken token)
    {
        var answer = await client.DescribeDBClustersAsync(new DescribeDBClustersRequest { DBClusterIdentifier = id }, token);
        return (answer.DBClusters ?? []).Select(c => new DatabaseSeen(
            c.DBClusterIdentifier, true, c.Engine ?? "", c.EngineVersion ?? "", c.Status ?? "", c.BackupRetentionPeriod, null, null)).FirstOrDefault();
    }

    private async Task<DatabaseSeen?> InstanceAsync(string id, CancellationToken token)
    {
        var answer = await client.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { DBInstanceIdentifier = id }, token);
        return (answer.DBInstances ?? []).Select(i => new DatabaseSeen(
            i.DBInstanceIdentifier, false, i.Engine ?? "", i.EngineVersion ?? "", i.DBInstanceStatus ?? "", i.BackupRetentionPeriod, i.StorageType,
            i.DBClusterIdentifier)).FirstOrDefault();
    }
}
