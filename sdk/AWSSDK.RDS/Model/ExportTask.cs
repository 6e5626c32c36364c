namespace Amazon.RDS.Model;

/// <summary>
/// Status is one of STARTING, IN_PROGRESS, COMPLETE, FAILED, CANCELING, CANCELED
/// (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ExportTask.html).
/// </summary>
public partial class ExportTask : IExportTask
{
    public List<string> ExportOnly { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ExportTaskIdentifier { get; set; }

    public string FailureCause { get; set; }

    public string IamRoleArn { get; set; }

    public string KmsKeyId { get; set; }

    public int? PercentProgress { get; set; }

    public string S3Bucket { get; set; }

    public string S3Prefix { get; set; }

    public DateTime? SnapshotTime { get; set; }

    public string SourceArn { get; set; }

    public ExportSourceType SourceType { get; set; }

    public string Status { get; set; }

    public DateTime? TaskEndTime { get; set; }

    public DateTime? TaskStartTime { get; set; }

    public int? TotalExtractedDataInGB { get; set; }

    public string WarningMessage { get; set; }
}
