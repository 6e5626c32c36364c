using RdsBq.Core.Exports;

namespace RdsBq.Core.Checks;

/// <summary>A bucket's public access block.</summary>
public sealed record PublicAccessSeen(bool BlocksAcls, bool IgnoresAcls, bool BlocksPolicies, bool RestrictsPolicies);

/// <summary>A bucket's default encryption.</summary>
/// <param name="Algorithm"><c>aws:kms</c>, <c>aws:kms:dsse</c> or <c>AES256</c>.</param>
public sealed record EncryptionSeen(string Algorithm, string? Key);

/// <summary>What is right and wrong about the bucket that exports lie in.</summary>
public static class BucketJudge
{
    /// <param name="location">LocationConstraint: empty for us-east-1, <c>EU</c> for eu-west-1, else the region.</param>
    public static Answer Region(string bucket, string location, string region)
    {
        var found = location switch { "" => "us-east-1", "EU" => "eu-west-1", _ => location };
        return found == region ? Answer.Ok($"{bucket} is in {found}, as AWS_REGION says of the database") : Answer.NotOk(
            $"{bucket} is in {found}, and AWS_REGION is {region}: RDS exports to a bucket of the database's region only, and may take hours to say so",
            "Set S3_EXPORT_BUCKET_NAME to a bucket of AWS_REGION; infra/aws/template.yaml makes one.");
    }

    public static Answer PublicAccess(string bucket, PublicAccessSeen block)
    {
        (bool Set, string Name)[] all =
        [
            (block.BlocksAcls, "BlockPublicAcls"), (block.IgnoresAcls, "IgnorePublicAcls"), (block.BlocksPolicies, "BlockPublicPolicy"),
            (block.RestrictsPolicies, "RestrictPublicBuckets"),
        ];
        var open = all.Where(a => !a.Set).Select(a => a.Name).ToList();
        return open.Count == 0 ? Answer.Ok($"{bucket} blocks public access") : Answer.NotOk($"{bucket} does not set {string.Join(", ", open)}", Block);
    }

    public static Answer WithoutBlock(string bucket) => Answer.NotOk($"{bucket} has no public access block of its own", Block);

    public static Answer Encryption(string bucket, EncryptionSeen encryption) => Answer.Ok(
        $"{bucket} encrypts with {encryption.Algorithm}{(encryption.Key is { } key ? $" and the key {key}" : "")} what comes without a key; exports come with KMS_KEY_ID");

    public static Answer WithoutEncryption(string bucket) =>
        Answer.NotOk($"{bucket} has no default encryption: what is put beside the exports lies open", $"Set it: {AwsMends.Encrypt}");

    /// <param name="rules">Null where they may not be read.</param>
    public static Answer Lifecycle(ExportPlace place, IReadOnlyList<LifecycleRule>? rules)
    {
        const string todo = " What to do: ";
        if (rules is null)
            return Answer.NotChecked(BucketLifecycle.NotAllowed, "Give the role of AWS_ROLE_ARN s3:GetLifecycleConfiguration on the bucket; no verb needs it.");
        if (BucketLifecycle.Problem(place, rules) is not { } problem) return Answer.Ok($"a rule of {place.Bucket} deletes exports in time");
        var at = problem.IndexOf(todo, StringComparison.Ordinal);
        return Answer.NotOk(problem[..at], problem[(at + todo.Length)..]);
    }

    private const string Block = "Block it: " + AwsMends.BlockPublic;
}
