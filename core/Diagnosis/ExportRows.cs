namespace RdsBq.Core.Diagnosis;

/// <summary>
/// FailureCause of export tasks: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ExportSnapshot.html#USER_ExportSnapshot.failure-msg.
/// They come minutes to hours after StartExportTask was answered well.
/// </summary>
internal static class ExportRows
{
    private const string Then = "Then rdsbq export starts a new task.";

    private const string Location = "aws s3api get-bucket-location --bucket \"$S3_EXPORT_BUCKET_NAME\"";

    private const string Key = "aws kms describe-key --region \"$AWS_REGION\" --key-id \"$KMS_KEY_ID\"";

    private const string Keys = "https://console.aws.amazon.com/kms/home";

    private const string Buckets = "https://console.aws.amazon.com/s3/buckets";

    private const string Setup = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ExportSnapshot.Setup.html";

    public static IReadOnlyList<DiagnosisRow> All { get; } =
    [
        Row(["can't assume the IAM role", "isn't allowed to assume the IAM role"], new(
            "export-role-not-assumed",
            "RDS may not assume the export role (S3_EXPORT_IAM_ROLE_ARN): its trust policy does not let it.",
            "Let export.rds.amazonaws.com do sts:AssumeRole in the role's trust policy, and check its conditions (account, source "
                + $"ARN). {Then}",
            "aws iam get-role --role-name \"${S3_EXPORT_IAM_ROLE_ARN##*/}\"",
            Setup)),
        Row(["Error code: KMS.KMSInvalidState", "Error code: KMS.Disabled"], new(
            "export-key-disabled",
            "The key that the export is encrypted with (KMS_KEY_ID) is disabled or waits for its deletion.",
            $"Look at its state; enable it, or cancel its deletion first. {Then}",
            Key,
            Keys)),
        Row(["KMS key check failed"], new(
            "export-key-refused",
            "RDS could not use the key that the export is encrypted with (KMS_KEY_ID).",
            "It must be an enabled symmetric customer key of the database's region. The export role must be allowed to encrypt and "
                + "decrypt with it, the job's role "
                + $"to kms:CreateGrant and kms:DescribeKey. {Then}",
            Key,
            Keys)),
        Row(["S3 bucket … isn't valid", "Error code: NoSuchBucket"], new(
            "export-bucket-missing",
            "The bucket S3_EXPORT_BUCKET_NAME does not exist, or is in another region than the database.",
            $"Set S3_EXPORT_BUCKET_NAME to a bucket of AWS_REGION. {Then}",
            Location,
            Buckets)),
        Row(["S3 bucket … isn't located in the current AWS Region"], new(
            "export-bucket-region",
            "The bucket S3_EXPORT_BUCKET_NAME is in another region than the database.",
            $"RDS exports within a region only: make a bucket in AWS_REGION and set S3_EXPORT_BUCKET_NAME to it. {Then}",
            Location,
            Buckets)),
        Row(
            ["isn't authorized to call … on the S3 bucket", "S3 credential check failed", "Error code: AccessDenied", "Error code: 403"],
            new(
                "export-bucket-denied",
                "The export role (S3_EXPORT_IAM_ROLE_ARN) was denied access to the bucket or to its key.",
                "Give the role s3:PutObject*, s3:GetObject*, s3:DeleteObject*, s3:ListBucket and s3:GetBucketLocation on the bucket "
                    + "and the use of the key; "
                    + $"look for denials in the bucket's and the key's policies too. {Then}",
                "aws iam simulate-principal-policy --policy-source-arn \"$S3_EXPORT_IAM_ROLE_ARN\" --action-names s3:PutObject "
                    + "s3:GetObject s3:DeleteObject "
                    + "--resource-arns \"arn:aws:s3:::$S3_EXPORT_BUCKET_NAME/*\"",
                Setup)),
        Row(["failed to write the export task's metadata to the S3 bucket"], new(
            "export-bucket-unwritable",
            "RDS could not write to the bucket S3_EXPORT_BUCKET_NAME; the error code in its words is S3's, KMS's or STS's.",
            $"Check the export role's rights on the bucket and the key, and that both exist and are enabled. {Then}",
            Location,
            Setup)),
        Row(["An unknown internal error occurred"], new(
            "export-aws-fault",
            "RDS had an error of its own while it exported.",
            "Start the export again; with the same end time after time, ask AWS's support with the export task's id.",
            "rdsbq export",
            Passes: true)),
        Row(["Failed to find or access the source DB cluster"], new(
            "export-cluster-missing",
            "RDS did not find the cluster that was to be exported: it was deleted or renamed, or may not be read.",
            $"Set DB_CLUSTER_IDENTIFIER to a cluster of AWS_REGION. {Then}",
            "aws rds describe-db-clusters --region \"$AWS_REGION\" --query \"DBClusters[].DBClusterIdentifier\"")),
    ];

    private static DiagnosisRow Row(string[] seen, Finding finding) => new(DiagnosisKind.Export, seen, finding);
}
