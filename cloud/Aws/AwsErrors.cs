using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using RdsBq.Core;
using RdsBq.Core.Exports;

namespace RdsBq.Cloud.Aws;

/// <summary>
/// AWS's error codes as outcomes: who has to do what. Decided by code, never by message. RDS's codes end in Fault or Exception or not,
/// without a rule (the API model and the wire disagree as well), so they are compared without that ending.
/// </summary>
internal static class AwsErrors
{
    private const string GrantMend =
        "Give the role that the job assumes (AWS_ROLE_ARN) the right named above on this resource; for S3 that is s3:ListBucket, s3:GetObject and kms:Decrypt.";

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
    public static string? WhyLookAgain(AmazonServiceException e) => Code(e) switch
    {
        "ExportTaskAlreadyExists" => "RDS says that this export task id exists already",
        "InvalidExportSourceState" => "RDS says that the snapshot can't be exported now: it is not available, or is being exported already",
        _ when IsSilence(e) => "RDS did not say whether it started the export",
        _ => null,
    };

    /// <summary>No answer, or one that does not say whether the call took effect.</summary>
    public static bool IsSilence(Exception e) => e is HttpRequestException or SocketException or TimeoutException or IOException or TaskCanceledException
        || (e is AmazonServiceException { StatusCode: 0 or >= HttpStatusCode.InternalServerError } service && !IsThrottling(service));

    public static StopException OfExport(AmazonServiceException e, StartExport start) => Code(e) switch
    {
        // Not in any SDK's model, yet what RDS answers to a sixth task.
        "ExportTaskLimitReached" => Passing(e, "All five export slots of this AWS account are taken.", "Nothing to do: the next run tries again when an export has ended."),
        "DBSnapshotNotFound" or "DBClusterSnapshotNotFound" => Passing(e, $"The snapshot {start.SnapshotArn} is gone.", "Nothing to do: the next run takes the snapshot that is newest then."),
        "IamRoleNotFound" => ForPerson(e, $"S3_EXPORT_IAM_ROLE_ARN names a role that does not exist: {start.IamRoleArn}.", "Set it to the role that RDS exports with."),
        "IamRoleMissingPermissions" => ForPerson(e, $"RDS can't export with the role {start.IamRoleArn} (S3_EXPORT_IAM_ROLE_ARN).",
            $"Let export.rds.amazonaws.com assume it, and give it s3:PutObject*, s3:GetObject*, s3:DeleteObject*, s3:ListBucket and s3:GetBucketLocation on {start.Place.Bucket}."),
        "InvalidS3Bucket" => ForPerson(e, $"RDS can't use the bucket {start.Place.Bucket} (S3_EXPORT_BUCKET_NAME).", "It must exist, in the region of the snapshot, and the export role must be allowed to write to it."),
        "KMSKeyNotAccessible" => ForPerson(e, $"RDS can't use the key {start.KmsKeyId} (KMS_KEY_ID).",
            "It must be an enabled symmetric customer key of the same region; the role that the job assumes needs kms:CreateGrant and kms:DescribeKey on it."),
        "InvalidExportOnly" => ForPerson(e, $"RDS can't export only {ExportScope.Words(start.Only)}.", "Check DATABASE_NAME and TARGET_TABLES: they must name what is in the snapshot."),
        _ => OfAny(e),
    };

    public static StopException OfFederation(AmazonServiceException e, string roleArn) => Code(e) switch
    {
        "IDPCommunicationError" => Passing(e, "AWS STS could not fetch Google's keys.", "Nothing to do: the next run tries again."),
        "AccessDenied" or "IDPRejectedClaim" or "InvalidIdentityToken" or "ExpiredToken" => ForPerson(e, $"AWS STS refused Google's ID token for {roleArn} (AWS_ROLE_ARN).",
            "Its trust policy must name accounts.google.com, with the service account's unique id as accounts.google.com:sub and :aud, and AWS_TOKEN_AUDIENCE as accounts.google.com:oaud."),
        "RegionDisabled" => ForPerson(e, "AWS STS is disabled in this region.", "Enable it in the account, or set AWS_REGION to the region of the database."),
        _ => OfAny(e),
    };

    /// <summary>What any AWS service may answer. A code that is not known here is a person's business: its words are RDS's, S3's or STS's own.</summary>
    public static StopException OfAny(AmazonServiceException e) => Code(e) switch
    {
        _ when e.InnerException is StopException inner => inner,
        _ when IsThrottling(e) => Passing(e, "AWS is throttling this account.", "Nothing to do: the next run tries again."),
        _ when IsSilence(e) => Passing(e, "AWS had an error of its own.", "Nothing to do: the next run tries again."),
        "AccessDenied" or "NotAuthorized" or "UnauthorizedOperation" => ForPerson(e, "AWS denied access.", GrantMend),
        "ExpiredToken" or "InvalidClientTokenId" or "UnrecognizedClient" or "SignatureDoesNotMatch" or "InvalidAccessKeyId" => ForPerson(e,
            "AWS does not accept these credentials.", "Check AWS_ROLE_ARN; where it is not set, renew the credentials that the AWS SDK finds on this machine."),
        "NoSuchBucket" => ForPerson(e, "S3_EXPORT_BUCKET_NAME names a bucket that does not exist.", "Set it to the bucket that exports are written to."),
        _ => ForPerson(e, $"AWS refused the call ({(int)e.StatusCode}).", "Mend what the message names, then run again."),
    };

    private static StopException OfClient(AmazonClientException e) => e.InnerException as StopException ?? StopException.ForPerson(
        "The AWS SDK can't make the call (most often: no credentials were found).", "Set AWS_ROLE_ARN, or sign in to AWS on this machine.", e);

    private static StopException Unreachable(Exception e) =>
        StopException.Passing($"AWS can't be reached ({e.GetType().Name}).", "Nothing to do: the next run tries again. If it lasts, check AWS_REGION and the network.", e);

    private static bool IsThrottling(AmazonServiceException e) =>
        Code(e) is "Throttling" or "TooManyRequests" or "RequestLimitExceeded" or "SlowDown" or "RequestThrottled" || e.StatusCode == HttpStatusCode.TooManyRequests;

    private static string Code(AmazonServiceException e)
    {
        var code = e.ErrorCode ?? "";
        foreach (var ending in (ReadOnlySpan<string>)["Exception", "Fault"])
        {
            if (code.EndsWith(ending, StringComparison.Ordinal)) return code[..^ending.Length];
        }
        return code;
    }

    private static StopException Passing(AmazonServiceException e, string what, string mend) => StopException.Passing($"{what} {Said(e)}", mend, e);

    private static StopException ForPerson(AmazonServiceException e, string what, string mend) => StopException.ForPerson($"{what} {Said(e)}", mend, e);

    // The service's own words name ARNs and rights, which is what a person needs; they are cut so that no answer can flood a log.
    private static string Said(AmazonServiceException e)
    {
        var words = string.Join(' ', e.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"[{e.ErrorCode}] {(words.Length > 400 ? words[..400] + "…" : words)}".TrimEnd();
    }
}
