namespace RdsBq.Core.Diagnosis;

/// <summary>
/// What transfer runs say: https://cloud.google.com/bigquery/docs/transfer-troubleshooting, and messages of load jobs. The cause is often in the log only, as
/// the run's own error is a general one: the specific rows stand first.
/// </summary>
internal static class TransferRows
{
    private const string Runs = "https://console.cloud.google.com/bigquery/transfers";

    private const string Retry = "rdsbq load --retry";

    private const string Rotate = "rdsbq sync --rotate";

    private const string Landing = "bq show \"$GOOGLE_CLOUD_PROJECT:${BIGQUERY_DATASET}_landing\"";

    private const string Lifecycle = "aws s3api get-bucket-lifecycle-configuration --bucket \"$S3_EXPORT_BUCKET_NAME\"";

    public static IReadOnlyList<DiagnosisRow> All { get; } =
    [
        Row(["The AWS Access Key Id you provided does not exist in our records"], new(
            "transfer-key-unknown",
            "AWS does not know the access key that transfers read the bucket with: it was deleted or made inactive.",
            "Make a new key for the reader user, put it into the secrets AWS_ACCESS_KEY_ID_SECRET and AWS_SECRET_ACCESS_KEY_SECRET, "
                + $"give it to the configs, then {Retry}.",
            Rotate)),
        Row(["The request signature we calculated does not match the signature you provided"], new(
            "transfer-key-mismatch",
            "The secret access key that transfers read the bucket with does not belong to its access key id.",
            "Put both halves of one key into the secrets AWS_ACCESS_KEY_ID_SECRET and AWS_SECRET_ACCESS_KEY_SECRET, give it to the "
                + $"configs, then {Retry}.",
            Rotate)),
        Row(["InvalidObjectState"], new(
            "transfer-files-archived",
            "The export's files have been moved to an archive class (Glacier), which transfers can't read.",
            "Take the transition out of the bucket's lifecycle rules, at least for S3_EXPORT_PREFIX, then rdsbq export --again.",
            Lifecycle)),
        Row(["All access to this object has been disabled"], new(
            "transfer-bucket-closed",
            "AWS has closed all access to the bucket or the file, which it does with suspended accounts and with bucket names that are "
                + "not to be used.",
            $"Check S3_EXPORT_BUCKET_NAME and the state of the AWS account, then {Retry}.",
            "aws s3api head-bucket --bucket \"$S3_EXPORT_BUCKET_NAME\"")),
        Row(["Failed to obtain the location of the source S3 bucket"], new(
            "transfer-bucket-denied",
            "The key that transfers read with may not see the bucket.",
            "Give the reader user s3:GetBucketLocation and s3:ListBucket on the bucket; a bucket policy must not deny by address or "
                + "network, as transfers come from Google's. "
                + $"Then {Retry}.",
            "aws s3api get-bucket-policy --bucket \"$S3_EXPORT_BUCKET_NAME\"")),
        Row(["Permission bigquery.… denied", "Access Denied: Dataset", "Access Denied: Table", "Access Denied: Project", "Access Denied : Dataset"], new(
            "transfer-dataset-denied",
            "BigQuery does not let the transfer write to the landing dataset.",
            "Give the service account that the transfer configs run as BigQuery Data Editor on the landing dataset and BigQuery Job "
                + $"User on the project, then {Retry}.",
            Landing)),
        Row(["DTS service agent needs iam.serviceAccounts.getAccessToken"], new(
            "transfer-agent-rights",
            "The Data Transfer Service's own agent may not act for the service account that the transfer configs run as, or that "
                + "account is gone.",
            "Give the agent (service-PROJECT_NUMBER@gcp-sa-bigquerydatatransfer.iam.gserviceaccount.com) the role BigQuery Data "
                + "Transfer Service Agent on the project, and check that "
                + $"the service account exists. Then {Retry}.",
            "gcloud projects get-iam-policy \"$GOOGLE_CLOUD_PROJECT\" --flatten=\"bindings[].members\" "
                + "--filter=\"bindings.members:gcp-sa-bigquerydatatransfer\"")),
        Row(["Error code: INVALID_USERID", "Authentication failure: User Id not found"], new(
            "transfer-owner-gone",
            "The account that made the transfer config no longer exists, and the config runs as that account.",
            "Delete the config; the command makes it again as the job's service account.",
            "rdsbq sync", Runs)),
        Row(["Cannot modify restricted parameters without taking ownership"], new(
            "transfer-config-foreign",
            "The transfer config belongs to another account, and only its owner may change its keys.",
            "Delete the config; the command makes it again as the job's service account.",
            "rdsbq sync", Runs)),
        Row(["Parameter type required for …, Parameter type provided in transfer config"], new(
            "transfer-config-parameter",
            "The transfer config holds a parameter of a type that the Data Transfer Service does not take; somebody else has made or "
                + "changed it.",
            "Delete the config and let the command make it again. If it fails in the same way, report it to this project.",
            "rdsbq sync", Runs)),
        Row(["Invalid transfer config name"], new(
            "transfer-config-unknown",
            "The Data Transfer Service has no such transfer config: it was deleted, or is in another location than BIGQUERY_LOCATION.",
            "Check BIGQUERY_LOCATION; the command makes the configs that are missing.",
            "rdsbq sync", Runs)),
        Row(["on-demand schedule requires 'requested_run_time'"], new(
            "transfer-run-without-time",
            "Somebody has started the config for a range of dates. These configs only run for the run time of an export.",
            "Start it by the command instead, which names the run time.",
            Retry)),
        Row(["Number of files in transfer exceeds limit", "Size of files in transfer exceeds limit", "Transfer Run limits exceeded"], new(
            "transfer-too-big",
            "The table is more than one transfer run takes: 15 TB, and 10 million files (10,000 if the config's path has two wildcards).",
            "If it is the files, a config of another make is in the way: rdsbq sync makes it anew. If it is the size, take the table "
                + "off the list (!table) or split it at the source.",
            "rdsbq sync", "https://cloud.google.com/bigquery/quotas#load_jobs")),
        Row(["Provided schema is not compatible with the file", "Provided Schema does not match Table"], new(
            "transfer-schema",
            "The columns of the files are not those of the landing table. Every run lands in a table of its own, made for its files, "
                + "so that somebody or something has changed one of the two.",
            "Export again: that run makes new files and a new landing table. If it comes back, report it to this project with the message.",
            "rdsbq export --again")),
        Row(["No new files found matching"], new(
            "transfer-no-files",
            "The transfer run found no file to load: they were deleted, the config reads another path, or they were younger than 5 "
                + "minutes.",
            $"If the files are there: rdsbq sync for the path, then {Retry}. If they are gone, look at the bucket's lifecycle rules and "
                + "export again: rdsbq export --again.",
            "aws s3 ls \"s3://$S3_EXPORT_BUCKET_NAME/${S3_EXPORT_PREFIX:+$S3_EXPORT_PREFIX/}\"")),
        Row(["Not found: Table", "Not found: Dataset"], new(
            "transfer-landing-gone",
            "The landing table or its dataset does not exist: somebody has deleted it, or it has expired.",
            $"{Retry} makes a dataset that is missing; for a landing table that is gone export again: rdsbq export --again.",
            Landing)),
        Row(["BigQuery Data Transfer Service has not been used in project"], new(
            "transfer-api-off",
            "The BigQuery Data Transfer API is not switched on in this project.",
            $"Switch it on, wait some minutes, then {Retry}.",
            "gcloud services enable bigquerydatatransfer.googleapis.com --project=\"$GOOGLE_CLOUD_PROJECT\"",
            "https://console.cloud.google.com/apis/library/bigquerydatatransfer.googleapis.com")),
        Row(["The caller does not have permission"], new(
            "transfer-caller-denied",
            "Google denied a call for a right that is missing: the job's service account's, or that of the one that the transfer "
                + "configs run as.",
            $"Give it roles/bigquery.admin on the project, or the single rights that README.md names. Then {Retry}.",
            "gcloud projects get-iam-policy \"$GOOGLE_CLOUD_PROJECT\"", "https://console.cloud.google.com/iam-admin/iam")),
        Row(["Access Denied", "AccessDenied"], new(
            "transfer-files-denied",
            "The key that transfers read with may list the bucket but not read the files. Most often it lacks kms:Decrypt, as exports "
                + "are always encrypted.",
            $"Give the reader user s3:GetObject on the bucket's objects and kms:Decrypt on KMS_KEY_ID, then {Retry}.",
            "aws kms get-key-policy --region \"$AWS_REGION\" --key-id \"$KMS_KEY_ID\" --policy-name default")),
        Row(["Quota Exceeded", "^RESOURCE_EXHAUSTED"], new(
            "transfer-quota",
            "A quota of BigQuery or of the Data Transfer Service is used up for now.",
            $"Nothing at first: load tries again after 5, 10 and 20 minutes. After that {Retry}; if it is every day, ask for more on "
                + "the page.",
            Retry, "https://console.cloud.google.com/iam-admin/quotas", Passes: true)),
        Row(
            ["An unexpected issue was encountered", "An internal error occurred", "^INTERNAL", "^UNAVAILABLE", "^ABORTED", "^DEADLINE_EXCEEDED"],
            new(
                "transfer-google-fault",
                "Google had an error of its own.",
                $"Nothing at first: load tries again after 5, 10 and 20 minutes. After that {Retry}; if it lasts, the page says what "
                    + "Google knows of it.",
                Retry, "https://status.cloud.google.com", Passes: true)),
        Row(["look into the errors[] collection", "Summary: succeeded 0 jobs, failed 1", "Job … failed with error"], new(
            "transfer-load-failed",
            "BigQuery's load job failed; its errors are with the job, not here.",
            $"Open the job's errors with bq show -j and its id, or the run's log on the page. Mend what they name, then {Retry}.",
            "bq ls -j -a -n 50 --project_id=\"$GOOGLE_CLOUD_PROJECT\"", Runs)),
        Row(["^PERMISSION_DENIED$"], new(
            "transfer-denied",
            "The transfer run was denied access, at S3 or in BigQuery; its error does not say at which.",
            $"Read the run's log on the page: it names the bucket or the dataset. Give the right, then {Retry}.",
            Retry, Runs)),
    ];

    private static DiagnosisRow Row(string[] seen, Finding finding) => new(DiagnosisKind.Transfer, seen, finding);
}
