using RdsBq.Core.Diagnosis;

namespace RdsBq.Core.Tests.Diagnosis;

/// <summary>A text as the wire has it, with examples where the documents have placeholders, and the row that it must find.</summary>
public sealed record Documented(DiagnosisKind Kind, string Text, string Id)
{
    private const string Role = "arn:aws:iam::123456789012:role/rds-export";

    private const string Written =
        $"The RDS export failed to write the export task's metadata to the S3 bucket [exp-bucket] using the IAM role [{Role}] with the "
            + "KMS key [5f1e7b7e-0f0c-4a53-9a38-0a4d2f0f7c11]. Error code: ";

    public static IReadOnlyList<Documented> All { get; } = [.. Exports(), .. Warnings(), .. Aws(), .. SignIns(), .. DocumentedTransfers.All, .. Slack()];

    private static IEnumerable<Documented> Exports() => Of(DiagnosisKind.Export,
    [
        ("An unknown internal error occurred.", "export-aws-fault"),
        ("An unknown internal error occurred writing the export task's metadata to the S3 bucket [exp-bucket].", "export-aws-fault"),
        ($"The RDS export failed to write the export task's metadata because it can't assume the IAM role [{Role}].", "export-role-not-assumed"),
        ($"The RDS export failed to write the export task’s metadata because it can’t assume the IAM role {Role}.", "export-role-not-assumed"),
        ("The principal export.rds.amazonaws.com isn't allowed to assume the IAM role rds-export", "export-role-not-assumed"),
        (Written + "AccessDenied", "export-bucket-denied"),
        (Written + "403 Forbidden", "export-bucket-denied"),
        (Written + "NoSuchBucket", "export-bucket-missing"),
        (Written + "KMS.KMSInvalidStateException", "export-key-disabled"),
        (Written + "KMS.DisabledException", "export-key-disabled"),
        (Written + "SomethingNewer", "export-bucket-unwritable"),
        ($"The IAM role [{Role}] isn't authorized to call [s3:PutObject] on the S3 bucket [exp-bucket]. Review your permissions and "
            + "retry the export.", "export-bucket-denied"),
        ("KMS key check failed. Check the credentials on your KMS key and try again.", "export-key-refused"),
        ("S3 credential check failed. Check the permissions on your S3 bucket and IAM policy.", "export-bucket-denied"),
        ("The S3 bucket [exp-bucket] isn't valid. Either it isn't located in the current AWS Region or it doesn't exist. Review your "
            + "S3 bucket name and retry the export.",
            "export-bucket-missing"),
        ("The S3 bucket [exp-bucket] isn't located in the current AWS Region. Review your S3 bucket name and retry the export.", "export-bucket-region"),
        ("The S3 bucket [exp-bucket] isn't located in the current AWS Region. Please, review your S3 bucket name and retry the export.", "export-bucket-region"),
        ("Failed to find or access the source DB cluster: [shop-prd]", "export-cluster-missing"),
    ]);

    private static IEnumerable<Documented> Warnings() => Of(DiagnosisKind.Warning,
    [
        ("FAILED_TO_EXTRACT_TABLES_LIST_FOR_DATABASE", "table-list-failed"),
        ("PERMISSIONS_DO_NOT_EXIST", "table-no-privileges"),
        ("COLUMN_WITH_UNSUPPORTED_CHARACTER_IN_NAME", "table-column-characters"),
        ("no table of shop: FAILED_TO_EXTRACT_TABLES_LIST_FOR_DATABASE", "table-list-failed"),
        ("FAILED: PERMISSIONS_DO_NOT_EXIST", "table-no-privileges"),
        ("FAILED: RDS gives no reason", "table-no-reason"),
        ("not in the export", "table-not-exported"),
        ("not in the export; did you mean shop.public.orders?", "table-not-exported"),
        ("the export was limited to shop.public.orders: run rdsbq export --again to take it in", "table-not-asked-for"),
        ("it would be published as orders, as shop.public.orders is: name one of them in the list of target tables, e.g. "
            + "archive.orders -> another_name", "table-view-taken"),
        ("no file and no _SUCCESS marker in the export", "table-files-missing"),
        ("it is empty, and the export does not name its columns", "table-files-missing"),
        ("its files disagree: column id is missing", "table-files-disagree"),
        ("column at of shop.public.t is OPTIONAL INT96 DECIMAL(1,1) in Parquet, which BigQuery does not load", "table-type-refused"),
        ("Transfer config shop-prd-orders-transfer is disabled. Switch it on (rdsbq sync --enable), or delete it.", "table-config-disabled"),
        ("Transfer config shop-prd-orders-transfer reads s3://a/*.parquet, wants s3://b/*.parquet. rdsbq sync makes the right one.", "table-config-elsewhere"),
        ("Transfer config shop-prd-orders-transfer lands in a_{run_time}, wants b_{run_time}. rdsbq sync makes the right one.", "table-config-elsewhere"),
    ]);

    private static IEnumerable<Documented> Aws() => Of(DiagnosisKind.Aws,
    [
        ("DBSnapshotNotFound", "aws-snapshot-gone"), ("DBClusterSnapshotNotFoundFault", "aws-snapshot-gone"), ("DBClusterNotFoundFault", "aws-database-unknown"),
        ("ExportTaskAlreadyExists", "aws-export-id-taken"), ("InvalidS3BucketFault", "aws-export-bucket"), ("IamRoleNotFound", "aws-export-role-unknown"),
        ("IamRoleMissingPermissions", "aws-export-role-rights"), ("InvalidExportOnly", "aws-export-only"), ("KMSKeyNotAccessibleFault", "aws-export-key"),
        ("InvalidExportSourceState", "aws-snapshot-busy"), ("InvalidExportSourceStateFault", "aws-snapshot-busy"), ("ExportTaskLimitReachedFault", "aws-export-slots"),
        ("ExportTaskNotFound", "aws-export-task-unknown"), ("InvalidExportTaskStateFault", "aws-export-task-ended"),
        ("InvalidParameterValue", "aws-value"), ("InvalidParameterCombination", "aws-value"), ("ValidationError", "aws-value"), ("ValidationException", "aws-value"),
        ("AccessDenied", "aws-denied"), ("AccessDeniedException", "aws-denied"), ("NotAuthorized", "aws-denied"), ("403 Forbidden", "aws-denied"),
        ("ExpiredToken", "aws-credentials"), ("ExpiredTokenException", "aws-credentials"), ("InvalidClientTokenId", "aws-credentials"),
        ("UnrecognizedClientException", "aws-credentials"), ("SignatureDoesNotMatch", "aws-credentials"), ("IncompleteSignature", "aws-credentials"),
        ("MissingAuthenticationToken", "aws-credentials"), ("OptInRequired", "aws-not-subscribed"), ("RequestExpired", "aws-clock"),
        ("Throttling", "aws-throttled"), ("ThrottlingException", "aws-throttled"), ("SlowDown", "aws-throttled"),
        ("InvalidQueryParameter", "aws-request"), ("MissingParameter", "aws-request"), ("MissingAction", "aws-request"), ("InvalidAction", "aws-request"),
        ("MalformedQueryString", "aws-request"), ("MalformedPolicyDocument", "aws-request"), ("PackedPolicyTooLarge", "aws-request"),
        ("InternalFailure", "aws-fault"), ("ServiceUnavailable", "aws-fault"),
        ("NoSuchBucket", "aws-bucket-unknown"), ("KMS.KMSInvalidStateException", "aws-key-disabled"), ("KMS.DisabledException", "aws-key-disabled"),
    ]);

    private static IEnumerable<Documented> SignIns() => Of(DiagnosisKind.AwsSignIn,
    [
        ("InvalidIdentityToken", "aws-token-refused"), ("ExpiredTokenException", "aws-token-refused"), ("IDPRejectedClaim", "aws-token-refused"),
        ("AccessDenied", "aws-token-refused"), ("IDPCommunicationError", "aws-google-keys"), ("RegionDisabledException", "aws-sts-region"),
    ]);

    private static IEnumerable<Documented> Slack() => Of(DiagnosisKind.Slack,
    [
        ("channel_not_found", "slack-channel-unknown"), ("not_in_channel", "slack-bot-outside"), ("is_archived", "slack-channel-archived"),
        ("no_text", "slack-message-refused"), ("msg_too_long", "slack-message-refused"), ("msg_blocks_too_long", "slack-message-refused"),
        ("invalid_blocks", "slack-message-refused"), ("invalid_blocks_format", "slack-message-refused"), ("too_many_attachments", "slack-message-refused"),
        ("restricted_action", "slack-workspace-forbids"), ("restricted_action_read_only_channel", "slack-workspace-forbids"),
        ("not_authed", "slack-token-refused"), ("invalid_auth", "slack-token-refused"), ("account_inactive", "slack-token-refused"),
        ("token_revoked", "slack-token-refused"), ("token_expired", "slack-token-refused"), ("missing_scope", "slack-scope-missing"),
        ("no_permission", "slack-scope-missing"), ("ekm_access_denied", "slack-workspace-forbids"), ("team_access_not_granted", "slack-workspace-forbids"),
        ("invalid_arg_name", "slack-message-refused"), ("invalid_charset", "slack-message-refused"), ("missing_post_type", "slack-message-refused"),
        ("invalid_metadata_format", "slack-message-refused"), ("invalid_metadata_schema", "slack-message-refused"), ("metadata_too_large", "slack-message-refused"),
        ("cannot_reply_to_message", "slack-message-closed"), ("ratelimited", "slack-rate-limited"), ("rate_limited", "slack-rate-limited"),
        ("message_limit_exceeded", "slack-rate-limited"), ("fatal_error", "slack-fault"), ("internal_error", "slack-fault"),
        ("service_unavailable", "slack-fault"), ("request_timeout", "slack-fault"),
    ]);

    internal static IEnumerable<Documented> Of(DiagnosisKind kind, (string Text, string Id)[] texts) => texts.Select(t => new Documented(kind, t.Text, t.Id));
}
