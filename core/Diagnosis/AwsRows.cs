namespace RdsBq.Core.Diagnosis;

/// <summary>
/// AWS's error codes, without their endings Fault and Exception: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StartExportTask.html#API_StartExportTask_Errors,
/// CommonErrors of the same reference, and STS's AssumeRoleWithWebIdentity.
/// </summary>
internal static class AwsRows
{
    private const string NextRun = "Nothing to do: the next run tries again.";

    private const string Me = "aws sts get-caller-identity";

    private const string Roles = "https://console.aws.amazon.com/iam/home#/roles";

    private const string Exports = "https://console.aws.amazon.com/rds/home#exports-in-s3:";

    private const string ExportRole = "aws iam get-role --role-name \"${S3_EXPORT_IAM_ROLE_ARN##*/}\"";

    private const string Location = "aws s3api get-bucket-location --bucket \"$S3_EXPORT_BUCKET_NAME\"";

    private const string Key = "aws kms describe-key --region \"$AWS_REGION\" --key-id \"$KMS_KEY_ID\"";

    private const string Tasks = "aws rds describe-export-tasks --region \"$AWS_REGION\"";

    public static IReadOnlyList<DiagnosisRow> All { get; } =
    [
        // In no SDK's model, yet what RDS answers to a sixth task.
        Row(["ExportTaskLimitReached"], new(
            "aws-export-slots", "All five export slots of this AWS account are taken.", "Nothing to do: the next run tries again when "
                + "an export has ended.",
            $"{Tasks} --filters Name=status,Values=starting,in_progress", Exports, Passes: true)),
        Row(["ExportTaskAlreadyExists"], new(
            "aws-export-id-taken",
            "An export task has this id already, and RDS never lets an id be used again.",
            "With minutes in EXPORT_ID_TEMPLATE: nothing, the next run takes another id. Without: give it hours and minutes (%H%M).",
            Tasks, Exports)),
        Row(["InvalidExportSourceState"], new(
            "aws-snapshot-busy", "The snapshot can't be exported now: it is not available yet, or is being exported already.", NextRun, Tasks, Exports, Passes: true)),
        Row(["DBSnapshotNotFound", "DBClusterSnapshotNotFound"], new(
            "aws-snapshot-gone",
            "The snapshot is gone: it was deleted or has expired since it was listed.",
            "Nothing to do: the next run takes the snapshot that is newest then. If it lasts: Aurora and Multi-AZ clusters need "
                + "DB_CLUSTER_IDENTIFIER, not DB_INSTANCE_IDENTIFIER.",
            Passes: true)),
        Row(["DBClusterNotFound", "DBInstanceNotFound"], new(
            "aws-database-unknown",
            "RDS has no database of this name in this account and region.",
            "Set DB_CLUSTER_IDENTIFIER or DB_INSTANCE_IDENTIFIER to what the command lists, and check AWS_REGION.",
            "aws rds describe-db-instances --region \"$AWS_REGION\" --query \"DBInstances[].[DBInstanceIdentifier,DBClusterIdentifier]\"")),
        Row(["ExportTaskNotFound"], new(
            "aws-export-task-unknown", "RDS has no export task of this id in this account and region.", "Check AWS_REGION, and take an "
                + "id that the command lists.", Tasks, Exports)),
        Row(["InvalidExportTaskState"], new(
            "aws-export-task-ended", "The export task has ended and can't be cancelled any more.", "Nothing to do: the command says "
                + "how it ended.", Tasks, Exports)),
        Row(["IamRoleNotFound"], new(
            "aws-export-role-unknown", "S3_EXPORT_IAM_ROLE_ARN names a role that does not exist.", "Set it to the role that RDS "
                + "exports with.", ExportRole, Roles)),
        Row(["IamRoleMissingPermissions"], new(
            "aws-export-role-rights",
            "RDS can't export with the role of S3_EXPORT_IAM_ROLE_ARN.",
            "Let export.rds.amazonaws.com assume it, and give it s3:PutObject*, s3:GetObject*, s3:DeleteObject*, s3:ListBucket and "
                + "s3:GetBucketLocation on the bucket. "
                + "A role that was just made or changed needs some seconds.",
            ExportRole, Roles)),
        Row(["InvalidS3Bucket"], new(
            "aws-export-bucket",
            "RDS can't use the bucket of S3_EXPORT_BUCKET_NAME.",
            "It must exist, in the region of the snapshot, and the export role must be allowed to write to it.",
            Location)),
        Row(["KMSKeyNotAccessible"], new(
            "aws-export-key",
            "RDS can't use the key of KMS_KEY_ID.",
            "It must be an enabled symmetric customer key of the same region; the role that the job assumes needs kms:CreateGrant and "
                + "kms:DescribeKey on it.",
            Key, "https://console.aws.amazon.com/kms/home")),
        Row(["KMS.KMSInvalidState", "KMS.Disabled", "KMSInvalidState", "Disabled"], new(
            "aws-key-disabled",
            "The key that the export is encrypted with (KMS_KEY_ID) is disabled or waits for its deletion.",
            "Look at its state; enable it, or cancel its deletion first.",
            Key, "https://console.aws.amazon.com/kms/home")),
        Row(["InvalidExportOnly"], new(
            "aws-export-only", "RDS can't limit the export to these names.", "Check DATABASE_NAME and TARGET_TABLES: they must name "
                + "what is in the snapshot.", "rdsbq plan")),
        Row(["NoSuchBucket"], new(
            "aws-bucket-unknown", "S3_EXPORT_BUCKET_NAME names a bucket that does not exist.", "Set it to the bucket that exports are "
                + "written to.", Location)),
        Row(["AccessDenied", "NotAuthorized", "UnauthorizedOperation", "403 Forbidden"], new(
            "aws-denied",
            "AWS denied access: the caller lacks a right, or a policy denies it.",
            "Give the role that the job assumes (AWS_ROLE_ARN) the right that AWS's words name on the resource that they name; for S3 "
                + "that is s3:ListBucket, s3:GetObject and kms:Decrypt.",
            "aws iam list-role-policies --role-name \"${AWS_ROLE_ARN##*/}\"", Roles)),
        Row(
            [
                "ExpiredToken", "InvalidClientTokenId", "UnrecognizedClient", "SignatureDoesNotMatch", "InvalidAccessKeyId", "IncompleteSignature", "MissingAuthenticationToken",
            ],
            new(
                "aws-credentials",
                "AWS does not accept these credentials.",
                "Check AWS_ROLE_ARN; where it is not set, renew the credentials that the AWS SDK finds on this machine.",
                Me)),
        Row(["RequestExpired"], new(
            "aws-clock", "AWS refused the call as too old: this machine's clock is wrong, or the call was under way for long.", "Set the machine's clock, then run again.")),
        Row(["OptInRequired"], new(
            "aws-not-subscribed",
            "This AWS account is not signed up for the service or the region.",
            "Switch on the region for the account, or check AWS_REGION; look whether the account is closed or in arrears.",
            "aws account get-region-opt-status --region-name \"$AWS_REGION\"",
            "https://console.aws.amazon.com/billing/home#/account")),
        Row(["InvalidParameterValue", "InvalidParameterCombination", "ValidationError", "Validation"], new(
            "aws-value",
            "AWS does not take a value that it was given; its words name it.",
            "Correct the setting that it comes from: an export task's id comes from EXPORT_ID_TEMPLATE and ENV, and may have only "
                + "letters, digits and single hyphens.",
            "rdsbq plan")),
        Row(
            ["InvalidQueryParameter", "MissingParameter", "MissingAction", "InvalidAction", "MalformedQueryString", "MalformedPolicyDocument", "PackedPolicyTooLarge"],
            new(
                "aws-request",
                "AWS does not understand the call: that is a fault of this program, or of what stands between it and AWS.",
                "Check that no AWS_ENDPOINT_URL points elsewhere, and report AWS's words to this project.")),
        Row(["Throttling", "TooManyRequests", "RequestLimitExceeded", "SlowDown", "RequestThrottled"], new(
            "aws-throttled", "AWS is throttling this account: it has made too many calls in a short time.", NextRun, Passes: true)),
        Row(["InternalFailure", "InternalError", "ServiceUnavailable"], new(
            "aws-fault", "AWS had an error of its own.", NextRun, Page: "https://health.aws.amazon.com/health/status", Passes: true)),
    ];

    /// <summary>Looked at first where STS was given Google's token.</summary>
    public static IReadOnlyList<DiagnosisRow> SignIn { get; } =
    [
        SignInRow(["IDPCommunicationError"], new("aws-google-keys", "AWS STS could not fetch Google's keys.", NextRun, Passes: true)),
        SignInRow(["AccessDenied", "IDPRejectedClaim", "InvalidIdentityToken", "ExpiredToken"], new(
            "aws-token-refused",
            "AWS STS refused Google's ID token for the role of AWS_ROLE_ARN.",
            "Its trust policy must name accounts.google.com, with the service account's unique id as accounts.google.com:sub and :aud, "
                + "and AWS_TOKEN_AUDIENCE as accounts.google.com:oaud.",
            "aws iam get-role --role-name \"${AWS_ROLE_ARN##*/}\"",
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif")),
        SignInRow(["RegionDisabled"], new(
            "aws-sts-region",
            "AWS STS is disabled in this region.",
            "Enable it in the account, or set AWS_REGION to the region of the database.",
            Page: "https://console.aws.amazon.com/iam/home#/account_settings")),
    ];

    private static DiagnosisRow Row(string[] codes, Finding finding) => Row(DiagnosisKind.Aws, codes, finding);

    private static DiagnosisRow SignInRow(string[] codes, Finding finding) => Row(DiagnosisKind.AwsSignIn, codes, finding);

    private static DiagnosisRow Row(DiagnosisKind kind, string[] codes, Finding finding) => new(kind, [.. codes.Select(c => $"^{c}$")], finding);
}
