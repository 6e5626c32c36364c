using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using RdsBq.Core;
using RdsBq.Core.Checks;
using RdsBq.Core.Diagnosis;
using RdsBq.Core.Exports;

namespace RdsBq.Cloud.Aws;

/// <summary>
/// AWS's error codes as outcomes: who has to do what, in the words of <see cref="Diagnoses"/>. Decided by code, never by message.
/// </summary>
internal static class AwsErrors
{
    /// <summary>Runs a call and turns what every service may answer into a <see cref="StopException"/>.</summary>
    public static async Task<T> MapAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException e)
        {
            throw OfAny(e);
        }
        catch (AmazonClientException e)
        {
            throw OfClient(e);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or TimeoutException or IOException)
        {
            throw Unreachable(e);
        }
    }

    /// <summary>Why a refused or failed start has to be followed by a look at what is there; null where the refusal is plain.</summary>
    public static string? WhyLookAgain(AmazonServiceException e) => Diagnoses.Bare(e.ErrorCode) switch
    {
        "ExportTaskAlreadyExists" => "RDS says that this export task id exists already",
        "InvalidExportSourceState" => "RDS says that the snapshot can't be exported now: it is not available, or is being exported already",
        _ when IsSilence(e) => "RDS did not say whether it started the export",
        _ => null,
    };

    /// <summary>No answer, or one that does not say whether the call took effect.</summary>
    public static bool IsSilence(Exception e) => e is HttpRequestException or SocketException or TimeoutException or IOException or TaskCanceledException
        || (e is AmazonServiceException { StatusCode: 0 or >= HttpStatusCode.InternalServerError } service && !IsThrottling(service));

    /// <summary>Runs a call that only looks: that it is denied is an answer too.</summary>
    public static Task<Look<T>> LookAsync<T>(Func<Task<T?>> call)
        where T : class => MapAsync(async () =>
        {
            try
            {
                return new Look<T>(await call());
            }
            catch (AmazonServiceException e) when (IsDenied(e))
            {
                return new Look<T>(null, Said(e));
            }
        });

    public static bool IsDenied(AmazonServiceException e) => Diagnoses.Bare(e.ErrorCode) is "AccessDenied" or "NotAuthorized" or "UnauthorizedOperation"
        || (e.StatusCode == HttpStatusCode.Forbidden && string.IsNullOrEmpty(e.ErrorCode));

    public static StopException OfExport(AmazonServiceException e, StartExport start) =>
        Named(e, start) is { } named && Diagnoses.OfAwsError(e.ErrorCode) is { } finding ? Of(e, finding, named) : OfAny(e);

    public static StopException OfFederation(AmazonServiceException e, string roleArn) => IsThrottling(e) || IsSilence(e) ? OfAny(e)
        : Diagnoses.OfAwsSignIn(e.ErrorCode) is { } finding ? Of(e, finding, $"AWS_ROLE_ARN is {roleArn}.") : OfAny(e);

    /// <summary>What any AWS service may answer. A code that is not known here is a person's business: its words are RDS's, S3's or STS's own.</summary>
    public static StopException OfAny(AmazonServiceException e)
    {
        if (e.InnerException is StopException inner) return inner;
        var finding = Diagnoses.OfAwsError(IsThrottling(e) ? "Throttling" : IsSilence(e) ? "InternalFailure" : e.ErrorCode);
        return finding is null ? StopException.ForPerson($"AWS refused the call ({(int)e.StatusCode}). {Said(e)}", "Mend what the message names, then run again.", e)
            : Of(e, finding, "");
    }

    private static StopException Of(AmazonServiceException e, Finding finding, string named)
    {
        var what = string.Join(' ', ((string[])[finding.Cause, named, Said(e)]).Where(w => w.Length > 0));
        return finding.Passes ? StopException.Passing(what, Mend(finding), e) : StopException.ForPerson(what, Mend(finding), e);
    }

    /// <summary>What of ours a refused start means; null where the code says nothing about this call's own values.</summary>
    private static string? Named(AmazonServiceException e, StartExport start) => Diagnoses.Bare(e.ErrorCode) switch
    {
        "DBSnapshotNotFound" or "DBClusterSnapshotNotFound" => $"It was {start.SnapshotArn}.",
        "IamRoleNotFound" or "IamRoleMissingPermissions" => $"S3_EXPORT_IAM_ROLE_ARN is {start.IamRoleArn}.",
        "InvalidS3Bucket" => $"S3_EXPORT_BUCKET_NAME is {start.Place.Bucket}.",
        "KMSKeyNotAccessible" => $"KMS_KEY_ID is {start.KmsKeyId}.",
        "InvalidExportOnly" => $"They are {ExportScope.Words(start.Only)}.",
        _ => null,
    };

    // Where there is nothing to do, a command would read as if there was.
    private static string Mend(Finding finding) => finding.Passes || finding.Command is null ? finding.Mend : $"{finding.Mend} To look: {finding.Command}";

    private static StopException OfClient(AmazonClientException e) => e.InnerException as StopException ?? StopException.ForPerson(
        "The AWS SDK can't make the call (most often: no credentials were found).", "Set AWS_ROLE_ARN, or sign in to AWS on this machine.", e);

    private static StopException Unreachable(Exception e) =>
        StopException.Passing($"AWS can't be reached ({e.GetType().Name}).", "Nothing to do: the next run tries again. If it lasts, check AWS_REGION and the network.", e);

    private static bool IsThrottling(AmazonServiceException e) =>
        Diagnoses.Bare(e.ErrorCode) is "Throttling" or "TooManyRequests" or "RequestLimitExceeded" or "SlowDown" or "RequestThrottled" || e.StatusCode == HttpStatusCode.TooManyRequests;

    // The service's own words name ARNs and rights, which is what a person needs; they are cut so that no answer can flood a log.
    public static string Said(AmazonServiceException e)
    {
        var words = string.Join(' ', e.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"[{e.ErrorCode}] {(words.Length > 400 ? words[..400] + "…" : words)}".TrimEnd();
    }
}
