namespace RdsBq.Local.Rds;

/// <summary>
/// The operations of the RDS API (API reference, "Actions"): what is here but not emulated is refused by name, not as unknown.
/// </summary>
internal static class RdsActions
{
    public static IReadOnlySet<string> All { get; } = """
        AddRoleToDBCluster AddRoleToDBInstance AddSourceIdentifierToSubscription AddTagsToResource ApplyPendingMaintenanceAction
        AuthorizeDBSecurityGroupIngress BacktrackDBCluster CancelExportTask CopyDBClusterParameterGroup CopyDBClusterSnapshot
        CopyDBParameterGroup CopyDBSnapshot CopyOptionGroup CreateBlueGreenDeployment CreateCustomDBEngineVersion CreateDBCluster
        CreateDBClusterEndpoint CreateDBClusterParameterGroup CreateDBClusterSnapshot CreateDBInstance CreateDBInstanceReadReplica
        CreateDBParameterGroup CreateDBProxy CreateDBProxyEndpoint CreateDBSecurityGroup CreateDBShardGroup CreateDBSnapshot
        CreateDBSubnetGroup CreateEventSubscription CreateGlobalCluster CreateIntegration CreateOptionGroup CreateTenantDatabase
        DeleteBlueGreenDeployment DeleteCustomDBEngineVersion DeleteDBCluster DeleteDBClusterAutomatedBackup DeleteDBClusterEndpoint
        DeleteDBClusterParameterGroup DeleteDBClusterSnapshot DeleteDBInstance DeleteDBInstanceAutomatedBackup DeleteDBParameterGroup
        DeleteDBProxy DeleteDBProxyEndpoint DeleteDBSecurityGroup DeleteDBShardGroup DeleteDBSnapshot DeleteDBSubnetGroup
        DeleteEventSubscription DeleteGlobalCluster DeleteIntegration DeleteOptionGroup DeleteTenantDatabase DeregisterDBProxyTargets
        DescribeAccountAttributes DescribeBlueGreenDeployments DescribeCertificates DescribeDBClusterAutomatedBackups
        DescribeDBClusterBacktracks DescribeDBClusterEndpoints DescribeDBClusterParameterGroups DescribeDBClusterParameters
        DescribeDBClusterSnapshotAttributes DescribeDBClusterSnapshots DescribeDBClusters DescribeDBEngineVersions
        DescribeDBInstanceAutomatedBackups DescribeDBInstances DescribeDBLogFiles DescribeDBMajorEngineVersions
        DescribeDBParameterGroups DescribeDBParameters DescribeDBProxies DescribeDBProxyEndpoints DescribeDBProxyTargetGroups
        DescribeDBProxyTargets DescribeDBRecommendations DescribeDBSecurityGroups DescribeDBShardGroups DescribeDBSnapshotAttributes
        DescribeDBSnapshotTenantDatabases DescribeDBSnapshots DescribeDBSubnetGroups DescribeEngineDefaultClusterParameters
        DescribeEngineDefaultParameters DescribeEventCategories DescribeEventSubscriptions DescribeEvents DescribeExportTasks
        DescribeGlobalClusters DescribeIntegrations DescribeOptionGroupOptions DescribeOptionGroups DescribeOrderableDBInstanceOptions
        DescribePendingMaintenanceActions DescribeReservedDBInstances DescribeReservedDBInstancesOfferings
        DescribeServerlessV2PlatformVersions DescribeSourceRegions DescribeTenantDatabases DescribeValidDBInstanceModifications
        DisableHttpEndpoint DownloadDBLogFilePortion EnableHttpEndpoint FailoverDBCluster FailoverGlobalCluster ListTagsForResource
        ModifyActivityStream ModifyCertificates ModifyCurrentDBClusterCapacity ModifyCustomDBEngineVersion ModifyDBCluster
        ModifyDBClusterEndpoint ModifyDBClusterParameterGroup ModifyDBClusterSnapshotAttribute ModifyDBInstance ModifyDBParameterGroup
        ModifyDBProxy ModifyDBProxyEndpoint ModifyDBProxyTargetGroup ModifyDBRecommendation ModifyDBShardGroup ModifyDBSnapshot
        ModifyDBSnapshotAttribute ModifyDBSubnetGroup ModifyEventSubscription ModifyGlobalCluster ModifyIntegration ModifyOptionGroup
        ModifyTenantDatabase PromoteReadReplica PromoteReadReplicaDBCluster PurchaseReservedDBInstancesOffering RebootDBCluster
        RebootDBInstance RebootDBShardGroup RegisterDBProxyTargets RemoveFromGlobalCluster RemoveRoleFromDBCluster
        RemoveRoleFromDBInstance RemoveSourceIdentifierFromSubscription RemoveTagsFromResource ResetDBClusterParameterGroup
        ResetDBParameterGroup RestoreDBClusterFromS3 RestoreDBClusterFromSnapshot RestoreDBClusterToPointInTime
        RestoreDBInstanceFromDBSnapshot RestoreDBInstanceFromS3 RestoreDBInstanceToPointInTime RevokeDBSecurityGroupIngress
        StartActivityStream StartDBCluster StartDBInstance StartDBInstanceAutomatedBackupsReplication StartExportTask StopActivityStream
        StopDBCluster StopDBInstance StopDBInstanceAutomatedBackupsReplication SwitchoverBlueGreenDeployment SwitchoverGlobalCluster
        SwitchoverReadReplica
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet();
}
