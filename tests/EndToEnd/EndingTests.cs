using System.Net;
using Grpc.Core;
using RdsBq.Cloud.BigQuery;
using RdsBq.Core;
using RdsBq.Export;

namespace RdsBq.EndToEnd.Tests;

/// <summary>What a service refuses ends the job with what is to be done, not as something unexpected.</summary>
public sealed class EndingTests
{
    public static TheoryData<Exception, int, string> Refusals => new()
    {
        { new BigQueryException(HttpStatusCode.ServiceUnavailable, "backendError", "try later"), StopException.TryAgain, "the next run tries again" },
        { new BigQueryException(HttpStatusCode.Forbidden, "accessDenied", "no"), StopException.NeedsPerson, "infra/gcp/README.md" },
        { new BigQueryException(HttpStatusCode.NotFound, "notFound", "no dataset"), StopException.NeedsPerson, "BIGQUERY_DATASET" },
        { new BigQueryException(HttpStatusCode.BadRequest, "invalid", "no"), StopException.NeedsPerson, "Mend what it says" },
        { new RpcException(new Status(StatusCode.PermissionDenied, "no")), StopException.NeedsPerson, "roles/bigquery.admin" },
        { new HttpRequestException("refused"), StopException.TryAgain, "check the network" },
        { new InvalidOperationException("a bug"), StopException.NeedsPerson, "report this line" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void It_has_an_exit_code_and_a_mend(Exception refusal, int exitCode, string mend)
    {
        var ending = Ending.Of(refusal, stopped: false);
        Assert.Equal(exitCode, ending.ExitCode);
        Assert.Contains(mend, ending.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(refusal is InvalidOperationException, ending.Lines[0].StartsWith("Unexpected", StringComparison.Ordinal));
    }

    [Fact]
    public void A_call_that_a_signal_has_cut_is_no_failure() =>
        Assert.Equal(StopException.TryAgain, Ending.Of(new RpcException(new Status(StatusCode.Cancelled, "cut")), stopped: true).ExitCode);
}
