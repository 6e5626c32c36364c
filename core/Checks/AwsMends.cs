namespace RdsBq.Core.Checks;

/// <summary>The commands that <c>doctor</c> gives for AWS; settings are shell variables, as in the table of <see cref="Diagnosis.Diagnoses"/>.</summary>
public static class AwsMends
{
    private const string Key = "--region \"$AWS_REGION\" --key-id \"$KMS_KEY_ID\"";

    private const string Bucket = "--bucket \"$S3_EXPORT_BUCKET_NAME\"";

    private const string Instance = "--region \"$AWS_REGION\" --db-instance-identifier \"$DB_INSTANCE_IDENTIFIER\"";

    public const string EnableKey = $"aws kms enable-key {Key}";

    public const string KeepKey = $"aws kms cancel-key-deletion {Key}";

    public const string SeeGrants = $"aws kms list-grants {Key}";

    public const string BlockPublic = $"aws s3api put-public-access-block {Bucket} --public-access-block-configuration "
        + "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true";

    public const string Encrypt = $"aws s3api put-bucket-encryption {Bucket} --server-side-encryption-configuration "
        + "'{\"Rules\":[{\"ApplyServerSideEncryptionByDefault\":{\"SSEAlgorithm\":\"aws:kms\",\"KMSMasterKeyID\":\"'\"$KMS_KEY_ID\"'\"},\"BucketKeyEnabled\":true}]}'";

    public const string BackUp = $"aws rds modify-db-instance {Instance} --backup-retention-period 7 --apply-immediately";

    public const string Ssd = $"aws rds modify-db-instance {Instance} --storage-type gp3 --apply-immediately";

    /// <summary>On behalf of the role's own account alone: RDS would else export for anybody who knows the role's name.</summary>
    public const string Trust = "aws iam update-assume-role-policy --role-name \"${S3_EXPORT_IAM_ROLE_ARN##*/}\" --policy-document "
        + "'{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"export.rds.amazonaws.com\"},\"Action\":\"sts:AssumeRole\","
        + "\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"'\"$(printf %s \"$S3_EXPORT_IAM_ROLE_ARN\" | cut -d: -f5)\"'\"}}}]}'";

    public const string SeeRole = "aws iam get-role --role-name \"${S3_EXPORT_IAM_ROLE_ARN##*/}\"";

    public const string Cancel = "aws rds cancel-export-task --region \"$AWS_REGION\" --export-task-identifier " + StartQuestion.ExportTaskId;

    public static IReadOnlyList<string> All { get; } = [EnableKey, KeepKey, SeeGrants, BlockPublic, Encrypt, BackUp, Ssd, Trust, SeeRole, Cancel];
}
