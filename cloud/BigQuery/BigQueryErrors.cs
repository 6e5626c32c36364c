using System.Net;
using RdsBq.Core;

namespace RdsBq.Cloud.BigQuery;

/// <summary>BigQuery's errors as outcomes: who has to do what. Decided by status and reason, never by message. https://cloud.google.com/bigquery/docs/error-messages</summary>
public static class BigQueryErrors
{
    public static StopException Of(BigQueryException e) => e switch
    {
        { IsPassing: true } => StopException.Passing(e.Message, "Nothing to do: the next run tries again.", e),
        { Status: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } => StopException.ForPerson(
            e.Message, "Give the job's service account the right that it names; infra/gcp/README.md lists what it needs where. rdsbq doctor looks at all of them.", e),
        { IsNotFound: true } => StopException.ForPerson(e.Message, "Check GOOGLE_CLOUD_PROJECT, BIGQUERY_LOCATION and BIGQUERY_DATASET: rdsbq doctor looks at all of them.", e),
        _ => StopException.ForPerson(e.Message, "Mend what it says, and run it again.", e),
    };
}
