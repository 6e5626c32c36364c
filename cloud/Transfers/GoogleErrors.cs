using Grpc.Core;
using RdsBq.Core;

namespace RdsBq.Cloud.Transfers;

/// <summary>Google's gRPC status codes as outcomes: who has to do what. Decided by code, never by message.</summary>
public static class GoogleErrors
{
    private const string Grant =
        "Give the job's service account roles/bigquery.admin (or bigquery.transfers.get and .update and the datasets' rights), "
        + "and pubsub.topics.setIamPolicy on TRANSFER_NOTIFICATION_TOPIC.";

    private const string Check = "Check BIGQUERY_LOCATION, BIGQUERY_DATASET (load makes the landing dataset) and TRANSFER_NOTIFICATION_TOPIC.";

    /// <param name="what">What was being done, to begin a sentence with: <c>Listing the transfer configs</c>.</param>
    public static StopException Of(RpcException e, string what)
    {
        var said = $"{what} answered {RpcCode.Name((int)e.StatusCode)}";
        return e.StatusCode switch
        {
            _ when Patience.IsPassing(e) => StopException.Passing($"{said}.", "Nothing to do: the next run tries again.", e),
            StatusCode.PermissionDenied or StatusCode.Unauthenticated => StopException.ForPerson($"{said}: {e.Status.Detail}", Grant, e),
            StatusCode.NotFound => StopException.ForPerson($"{said}: {e.Status.Detail}", Check, e),
            _ => StopException.ForPerson($"{said}: {e.Status.Detail}", "Mend what it says, and run it again.", e),
        };
    }
}
