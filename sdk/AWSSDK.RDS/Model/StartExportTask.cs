using Amazon.Runtime;

namespace Amazon.RDS.Model;

/// <summary>
/// The bucket is <c>S3BucketName</c> here and <c>S3Bucket</c> in the answer
/// (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StartExportTask.html).
/// </summary>
public partial class StartExportTaskRequest : AmazonRDSRequest
{
    public List<string> ExportOnly { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ExportTaskIdentifier { get; set; }

    public string IamRoleArn { get; set; }

    public string KmsKeyId { get; set; }

    public string S3BucketName { get; set; }

    public string S3Prefix { get; set; }

    public string SourceArn { get; set; }
}

/// <summary>The new task's members stand in the response itself.</summary>
public partial class StartExportTaskResponse : AmazonWebServiceResponse, IExportTask
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
