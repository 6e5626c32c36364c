using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using LifecycleRule = RdsBq.Core.Exports.LifecycleRule;

namespace RdsBq.Cloud.Aws;

/// <summary>The lifecycle rules of one bucket. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html</summary>
internal static class LifecycleReading
{
    /// <returns>Empty where the bucket has none; null where they may not be read (s3:GetLifecycleConfiguration).</returns>
    /// <exception cref="Core.StopException">S3 can't be reached, or refuses for another reason.</exception>
    public static Task<IReadOnlyList<LifecycleRule>?> RulesAsync(IAmazonS3 client, string bucket, CancellationToken token) => AwsErrors.MapAsync(async () =>
    {
        try
        {
            var answer = await client.GetLifecycleConfigurationAsync(new GetLifecycleConfigurationRequest { BucketName = bucket }, token);
            return (IReadOnlyList<LifecycleRule>?)[.. (answer.Configuration?.Rules ?? []).Select(Rule)];
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "NoSuchLifecycleConfiguration")
        {
            return [];
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "AccessDenied" || (e.StatusCode == HttpStatusCode.Forbidden && string.IsNullOrEmpty(e.ErrorCode)))
        {
            return null;
        }
    });

    private static LifecycleRule Rule(Amazon.S3.Model.LifecycleRule rule)
    {
        var filter = new FilterReading();
        if (rule.Filter?.LifecycleFilterPredicate is { } predicate) filter.Read(predicate);
#pragma warning disable CS0618 // Rules written before filters existed carry their prefix here.
        var prefix = filter.Prefix ?? rule.Prefix ?? "";
#pragma warning restore CS0618
        return new LifecycleRule(
            rule.Id ?? "", rule.Status == LifecycleRuleStatus.Enabled, prefix, rule.Expiration is { } e && (e.Days > 0 || e.Date is not null), filter.Narrowed);
    }

    /// <summary>A filter is one condition, or several under an And.</summary>
    private sealed class FilterReading
    {
        public string? Prefix { get; private set; }

        public bool Narrowed { get; private set; }

        public void Read(LifecycleFilterPredicate predicate)
        {
            if (predicate is LifecyclePrefixPredicate prefix) Prefix = prefix.Prefix;
            else if (predicate is LifecycleAndOperator and) (and.Operands ?? []).ForEach(Read);
            else Narrowed = true;
        }
    }
}
