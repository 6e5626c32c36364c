namespace Amazon.RDS.Model;

public partial class DBCluster
{
    public int? AllocatedStorage { get; set; }

    public int? BackupRetentionPeriod { get; set; }

    public string DatabaseName { get; set; }

    public string DBClusterArn { get; set; }

    public string DBClusterIdentifier { get; set; }

    public List<DBClusterMember> DBClusterMembers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string DbClusterResourceId { get; set; }

    public string Engine { get; set; }

    public string EngineMode { get; set; }

    public string EngineVersion { get; set; }

    public string KmsKeyId { get; set; }

    public DateTime? LatestRestorableTime { get; set; }

    public string PreferredBackupWindow { get; set; }

    public string Status { get; set; }

    public bool? StorageEncrypted { get; set; }

    public List<Tag> TagList { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
