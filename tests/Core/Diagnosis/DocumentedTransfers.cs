using RdsBq.Core.Diagnosis;

namespace RdsBq.Core.Tests.Diagnosis;

/// <summary>What transfer runs say, alone and as it is met: behind a google.rpc code, in a load job's line, between the other lines of the run's log.</summary>
internal static class DocumentedTransfers
{
    private const string Located = "Failed to obtain the location of the source S3 bucket. Additional details: ";

    public static IEnumerable<Documented> All => Documented.Of(DiagnosisKind.Transfer,
    [
        ("The AWS Access Key Id you provided does not exist in our records.", "transfer-key-unknown"),
        ("PERMISSION_DENIED The AWS Access Key Id you provided does not exist in our records.", "transfer-key-unknown"),
        ("The request signature we calculated does not match the signature you provided. Check your key and signing method.", "transfer-key-mismatch"),
        (Located + "Access Denied", "transfer-bucket-denied"),
        (Located + "HTTP/1.1 403 Forbidden", "transfer-bucket-denied"),
        (Located + "All access to this object has been disabled", "transfer-bucket-closed"),
        ("All access to this object has been disabled", "transfer-bucket-closed"),
        ("Access Denied", "transfer-files-denied"),
        ("PERMISSION_DENIED: Access Denied", "transfer-files-denied"),
        ("PERMISSION_DENIED", "transfer-denied"),
        ("Server unable to initialize object upload.; InvalidObjectState: The operation is not valid for the object's storage class", "transfer-files-archived"),
        ("Number of files in transfer exceeds limit of 10,000.", "transfer-too-big"),
        ("Size of files in transfer exceeds limit of 16492674416640 bytes.", "transfer-too-big"),
        ("Transfer Run limits exceeded. Max size: 15.00 TB. Max file count: 10000. Found: 10001", "transfer-too-big"),
        ("An unexpected issue was encountered. If this issue persists, please contact customer support.", "transfer-google-fault"),
        ("INTERNAL: An internal error occurred and the request could not be completed. Error: 80038528", "transfer-google-fault"),
        ("INTERNAL", "transfer-google-fault"),
        ("UNAVAILABLE Backend error.", "transfer-google-fault"),
        ("ABORTED", "transfer-google-fault"),
        ("DEADLINE_EXCEEDED", "transfer-google-fault"),
        ("Quota Exceeded.", "transfer-quota"),
        ("RESOURCE_EXHAUSTED Too many of something.", "transfer-quota"),
        ("The caller does not have permission.", "transfer-caller-denied"),
        ("Error code 7 : Access Denied : Dataset p:shop_prd_rds_data_landing: Permission bigquery.tables.create denied on dataset "
            + "p:shop_prd_rds_data_landing", "transfer-dataset-denied"),
        ("Access Denied: Table p:d.t: User does not have the right", "transfer-dataset-denied"),
        ("Error code 5 : Authentication failure: User Id not found. Error code: INVALID_USERID", "transfer-owner-gone"),
        ("Please look into the errors[] collection for more details.", "transfer-load-failed"),
        ("Summary: succeeded 0 jobs, failed 1 jobs.", "transfer-load-failed"),
        ("Job bqts_6a9c1592 (table orders_202604011705) failed with error INVALID_ARGUMENT: no words; JobID: 409146382768:bqts_6a9c1592", "transfer-load-failed"),
        ("Error 400: DTS service agent needs iam.serviceAccounts.getAccessToken permission or [rdsbq@p.iam.gserviceaccount.com] "
            + "doesn't exist.", "transfer-agent-rights"),
        ("BigQuery Data Transfer Service has not been used in project 409146382768 before or it is disabled.", "transfer-api-off"),
        ("Moving data from Amazon S3 to Google Cloud complete: Moved 0 object(s).\nNo new files found matching "
            + "s3://b/e/shop/public.orders/*.parquet.", "transfer-no-files"),
        (
            "Provided schema is not compatible with the file 'part-00000.snappy.parquet'. Field 'x' is specified as NULLABLE in "
                + "provided schema which does not match REQUIRED "
            + "as specified in the file.",
            "transfer-schema"),
        ("Provided Schema does not match Table p:d.t. Field bar has changed type from FLOAT to RECORD", "transfer-schema"),
        ("Dispatched run to data source with id 1234\r\nJob bqts_6a (table t) failed with error INVALID_ARGUMENT: Provided Schema does "
            + "not match Table p:d.t. Field bar is new.",
            "transfer-schema"),
        ("NOT_FOUND Not found: Table p:d.orders_202604011705", "transfer-landing-gone"),
        ("Not found: Dataset p:d_landing was not found in location EU", "transfer-landing-gone"),
        ("INVALID_ARGUMENT: Starting transfer run with on-demand schedule requires 'requested_run_time' to be specified.", "transfer-run-without-time"),
        ("3 INVALID_ARGUMENT: Invalid transfer config name.", "transfer-config-unknown"),
        ("Cannot modify restricted parameters without taking ownership of the transfer configuration.", "transfer-config-foreign"),
        ("Parameter type required for assets: LIST, Parameter type provided in transfer config: string_value. Config name: c", "transfer-config-parameter"),
    ]);

    /// <summary>Lines of runs that went well, and words that are nobody's: no finding.</summary>
    public static TheoryData<string> Harmless => new(
        "Dispatched run to data source with id 648762e0",
        "Job 409146382768:bqts_1 started.",
        "Job 409146382768:bqts_1 completed successfully.",
        "Summary: succeeded 1 jobs, failed 0 jobs.",
        "Moving data from Amazon S3 to Google Cloud complete: Moved 3 object(s).",
        "Starting transfer from Amazon S3 for files modified before 2026-04-01T17:05:00Z (exclusive).",
        "Transfer from Amazon S3 for files modified before 2026-04-01T17:05:00Z (exclusive) complete.",
        "Job bqts_6a (table T) completed successfully. Number of records: 9, with errors: 0.",
        "PERMISSION_DENIED The moon is in the wrong phase.");
}
