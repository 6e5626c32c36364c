using RdsBq.Core.Checks;

namespace RdsBq.Export.Checking;

internal sealed partial class AwsChecks
{
    private const string Key = "kms key";

    // It is there and may be listed: without that no verb gets to what the rest is about.
    private const string BucketList = "bucket list";

    private string Bucket => settings.Place.Bucket;

    private IEnumerable<Check> KeyChecks() =>
    [
        new(Key, Role, KeyAsync),
        new("kms rights", Key, token => looks.Key.MayGrantAsync(settings.KmsKeyId, settings.ExportRoleArn, token)),
    ];

    private IEnumerable<Check> BucketChecks() =>
    [
        new("bucket region", Role, async token => (await looks.Bucket.LocationAsync(token)).Judged(
            location => BucketJudge.Region(Bucket, location, settings.Region), Answer.NotChecked($"S3 does not say where {Bucket} is"),
            $"s3:GetBucketLocation on {Bucket}")),
        new(BucketList, Role, ListAsync),
        new("bucket encryption", BucketList, async token => (await looks.Bucket.EncryptionAsync(token)).Judged(
            encryption => BucketJudge.Encryption(Bucket, encryption), BucketJudge.WithoutEncryption(Bucket), $"s3:GetEncryptionConfiguration on {Bucket}")),
        new("bucket public access", BucketList, async token => (await looks.Bucket.PublicAccessAsync(token)).Judged(
            block => BucketJudge.PublicAccess(Bucket, block), BucketJudge.WithoutBlock(Bucket), $"s3:GetBucketPublicAccessBlock on {Bucket}")),
        new("bucket lifecycle", BucketList, async token => BucketJudge.Lifecycle(settings.Place, await looks.Files.LifecycleRulesAsync(token))),
    ];

    private async Task<Answer> KeyAsync(CancellationToken token)
    {
        if (KeyJudge.OfName(settings.KmsKeyId, settings.Region) is { } wrong) return wrong;
        return await looks.Key.SeeAsync(settings.KmsKeyId, token) is { } key ? KeyJudge.Of(key)
            : Answer.NotOk($"KMS has no key {settings.KmsKeyId} in {settings.Region}", "Set KMS_KEY_ID to a key of AWS_REGION, by its ARN, id or alias (alias/…).");
    }

    private async Task<Answer> ListAsync(CancellationToken token)
    {
        var any = await looks.Bucket.AnyAsync(settings.Place.Prefix, token);
        return Answer.Ok($"s3://{Bucket}/{settings.Place.Prefix} may be listed, and has {(any ? "files" : "no file yet")}");
    }
}
