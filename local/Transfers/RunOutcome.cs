using Google.Cloud.BigQuery.DataTransfer.V1;
using Grpc.Core;

namespace RdsBq.Local.Transfers;

/// <summary>How a run ends.</summary>
/// <param name="Lines">Its log after "Dispatched run…".</param>
internal sealed record RunOutcome(TransferState State, StatusCode Code, IReadOnlyList<(bool IsError, string Text)> Lines)
{
    /// <summary>
    /// What a failed run says of itself: the useful text is in the log only
    /// (https://cloud.google.com/bigquery/docs/transfer-troubleshooting; googleapis/java-bigquerydatatransfer#1250).
    /// </summary>
    public string StatusMessage => Code switch
    {
        StatusCode.OK => "",
        StatusCode.PermissionDenied or StatusCode.Unauthenticated => "The caller does not have permission.",
        StatusCode.ResourceExhausted => "Quota Exceeded.",
        StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.FailedPrecondition or StatusCode.AlreadyExists =>
            "Please look into the errors[] collection for more details.",
        _ => "An unexpected issue was encountered. If this issue persists, please contact customer support.",
    };

    public static RunOutcome Failed(StatusCode code, params IEnumerable<(bool IsError, string Text)> lines) =>
        new(TransferState.Failed, code, [.. lines, (false, "Summary: succeeded 0 jobs, failed 1 jobs.")]);
}
