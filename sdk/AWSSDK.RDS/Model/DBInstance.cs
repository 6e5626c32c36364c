namespace Amazon.RDS.Model;

public partial class DBInstance
{
    public int? AllocatedStorage { get; set; }

    public int? BackupRetentionPeriod { get; set; }

    public string DBClusterIdentifier { get; set; }

    public string DBInstanceArn { get; set; }

    public string DBInstanceIdentifier { get; set; }

    public string DBInstanceStatus { get; set; }

    public string DbiResourceId { get; set; }

    public string DBName { get; set; }

    public string Engine { get; set; }

    public string EngineVersion { get; set; }

    public string KmsKeyId { get; set; }

    public DateTime? LatestRestorableTime { get; set; }

    public string PreferredBackupWindow { get; set; }

    public bool? StorageEncrypted { get; set; }

    public string StorageType { get; set; }

    public List<Tag> TagList { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
