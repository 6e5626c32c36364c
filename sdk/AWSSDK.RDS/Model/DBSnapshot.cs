namespace Amazon.RDS.Model;

public partial class DBSnapshot
{
    public int? AllocatedStorage { get; set; }

    public string AvailabilityZone { get; set; }

    public string DBInstanceIdentifier { get; set; }

    public string DbiResourceId { get; set; }

    public string DBSnapshotArn { get; set; }

    public string DBSnapshotIdentifier { get; set; }

    public bool? Encrypted { get; set; }

    public string Engine { get; set; }

    public string EngineVersion { get; set; }

    public DateTime? InstanceCreateTime { get; set; }

    public int? Iops { get; set; }

    public string KmsKeyId { get; set; }

    public string LicenseModel { get; set; }

    public string MasterUsername { get; set; }

    public DateTime? OriginalSnapshotCreateTime { get; set; }

    public int? PercentProgress { get; set; }

    public int? Port { get; set; }

    public DateTime? SnapshotCreateTime { get; set; }

    public DateTime? SnapshotDatabaseTime { get; set; }

    public string SnapshotTarget { get; set; }

    public string SnapshotType { get; set; }

    public string SourceDBSnapshotIdentifier { get; set; }

    public string SourceRegion { get; set; }

    public string Status { get; set; }

    public string StorageType { get; set; }

    public List<Tag> TagList { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string VpcId { get; set; }
}
