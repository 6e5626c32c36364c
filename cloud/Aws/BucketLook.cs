using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using RdsBq.Core.Checks;

namespace RdsBq.Cloud.Aws;

/// <summary>How the bucket that exports lie in is set up (S3 API reference, the operations' pages).</summary>
public sealed class BucketLook(IAmazonS3 client, string bucket)
{
    /// <returns>LocationConstraint: empty for us-east-1.</returns>
    public Task<Look<string>> LocationAsync(CancellationToken token) => AwsErrors.LookAsync(async () =>
        (string?)((await client.GetBucketLocationAsync(new GetBucketLocationRequest { BucketName = bucket }, token)).Location?.Value ?? ""));

    /// <summary>What <c>load</c> does first. A right that is missing ends it.</summary>
    public Task<bool> AnyAsync(string prefix, CancellationToken token) => AwsErrors.MapAsync(async () =>
        (await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, MaxKeys = 1 }, token)).KeyCount > 0);

    /// <returns>No value where the bucket has none.</returns>
    public Task<Look<PublicAccessSeen>> PublicAccessAsync(CancellationToken token) => AwsErrors.LookAsync(() => OrNoneAsync(async () =>
    {
        var block = (await client.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = bucket }, token)).PublicAccessBlockConfiguration;
        return new PublicAccessSeen(
            block.BlockPublicAcls == true, block.IgnorePublicAcls == true, block.BlockPublicPolicy == true, block.RestrictPublicBuckets == true);
    }));

    /// <returns>No value where the bucket has none.</returns>
    public Task<Look<EncryptionSeen>> EncryptionAsync(CancellationToken token) => AwsErrors.LookAsync(() => OrNoneAsync(async () =>
    {
        var answer = await client.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = bucket }, token);
        var rules = answer.ServerSideEncryptionConfiguration?.ServerSideEncryptionRules ?? [];
        var rule = rules.Select(r => r.ServerSideEncryptionByDefault).FirstOrDefault(r => r is not null);
        return rule is null ? null : new EncryptionSeen(rule.ServerSideEncryptionAlgorithm?.Value ?? "", rule.ServerSideEncryptionKeyManagementServiceKeyId);
    }));

    private static async Task<T?> OrNoneAsync<T>(Func<Task<T?>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException e) when (e.ErrorCode is "NoSuchPublicAccessBlockConfiguration" or "ServerSideEncryptionConfigurationNotFoundError")
        {
            return null;
        }
    }
}
