namespace RdsBq.Core.Exports;

/// <summary>One lifecycle rule of an S3 bucket, as far as it matters here.</summary>
/// <param name="Prefix">Of the keys that it is about; empty for all.</param>
/// <param name="Expires">It deletes objects after a number of days, or on a date.</param>
/// <param name="Narrowed">By tags or sizes: then it may not be about every file of an export.</param>
public sealed record LifecycleRule(string Id, bool Enabled, string Prefix, bool Expires, bool Narrowed);

/// <summary>
/// Whether exports are ever deleted from S3. Nothing here deletes them: that is left to the bucket's lifecycle
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html).
/// </summary>
public static class BucketLifecycle
{
    private const int SuggestedDays = 14;

    /// <param name="rules">Empty where the bucket has no lifecycle configuration.</param>
    /// <returns>What is amiss and the command that mends it; null where a rule expires the exports.</returns>
    public static string? Problem(ExportPlace place, IReadOnlyList<LifecycleRule> rules)
    {
        if (rules.Any(r => r is { Enabled: true, Expires: true, Narrowed: false } && place.KeyPrefix.StartsWith(r.Prefix, StringComparison.Ordinal))) return null;
        var rule = $$$"""{"ID":"rdsbq-exports","Status":"Enabled","Filter":{"Prefix":"{{{place.KeyPrefix}}}"},"Expiration":{"Days":{{{SuggestedDays}}}}}""";
        var command = $$"""aws s3api put-bucket-lifecycle-configuration --bucket {{place.Bucket}} --lifecycle-configuration '{"Rules":[{{rule}}]}'""";
        var where = place.KeyPrefix.Length == 0 ? $"s3://{place.Bucket}" : $"s3://{place.Bucket}/{place.KeyPrefix}";
        return rules.Count == 0
            ? $"exports under {where} are never deleted: the bucket has no lifecycle rule. What to do: {command}"
            : $"exports under {where} are never deleted: none of the bucket's {rules.Count} lifecycle rules expires them. What to do: add this rule to those that "
                + $"`aws s3api get-bucket-lifecycle-configuration --bucket {place.Bucket}` shows, since putting replaces them all: {rule}";
    }

    /// <summary>What is said where the bucket's lifecycle may not be read.</summary>
    public const string NotAllowed = "whether exports are ever deleted from the bucket was not checked: that needs s3:GetLifecycleConfiguration";
}
