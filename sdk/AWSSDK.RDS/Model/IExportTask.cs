namespace Amazon.RDS.Model;

/// <summary>Start and cancel answer with the task's members in the response itself, describe with a list: one parser reads all.</summary>
internal interface IExportTask
{
    List<string> ExportOnly { get; set; }

    string ExportTaskIdentifier { get; set; }

    string FailureCause { get; set; }

    string IamRoleArn { get; set; }

    string KmsKeyId { get; set; }

    int? PercentProgress { get; set; }

    string S3Bucket { get; set; }

    string S3Prefix { get; set; }

    DateTime? SnapshotTime { get; set; }

    string SourceArn { get; set; }

    ExportSourceType SourceType { get; set; }

    string Status { get; set; }

    DateTime? TaskEndTime { get; set; }

    DateTime? TaskStartTime { get; set; }

    int? TotalExtractedDataInGB { get; set; }

    string WarningMessage { get; set; }
}
