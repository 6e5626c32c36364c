using System.Net;

namespace RdsBq.Cloud.BigQuery;

/// <summary>An error that BigQuery answered.</summary>
/// <param name="reason">BigQuery's own word, e.g. <c>notFound</c>, <c>duplicate</c>, <c>rateLimitExceeded</c>; empty where the answer had none.</param>
public sealed class BigQueryException(HttpStatusCode status, string reason, string message) : Exception($"BigQuery: {message} ({(int)status} {reason})")
{
    public HttpStatusCode Status => status;

    public string Reason => reason;

    public bool IsNotFound => status == HttpStatusCode.NotFound;

    public bool IsDuplicate => status == HttpStatusCode.Conflict;

    /// <summary>The google.rpc.Code that stands for it.</summary>
    public string Code => status switch
    {
        _ when IsPassing => "UNAVAILABLE",
        HttpStatusCode.Unauthorized => "UNAUTHENTICATED",
        HttpStatusCode.Forbidden => "PERMISSION_DENIED",
        HttpStatusCode.NotFound => "NOT_FOUND",
        _ => "INVALID_ARGUMENT",
    };

    public string Detail => message;

    /// <summary>A cause that passes: https://cloud.google.com/bigquery/docs/error-messages.</summary>
    public bool IsPassing =>
        (int)status is 429 or >= 500 and not 501 || reason is "rateLimitExceeded" or "backendError" or "internalError" or "jobBackendError" or "jobInternalError" or "jobRateLimitExceeded";
}
