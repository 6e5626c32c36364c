namespace RdsBq.Core.Checks;

/// <summary>A KMS key as DescribeKey tells it, in KMS's own words.</summary>
public sealed record KeySeen(string Arn, string State, string Spec, string Usage, string Manager);

/// <summary>Whether RDS can encrypt an export with a key: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ExportSnapshot.Setup.html.</summary>
public static class KeyJudge
{
    private const string OtherKey = "Set KMS_KEY_ID to a symmetric customer key of AWS_REGION; infra/aws/template.yaml makes one.";

    /// <summary>What the name alone tells. To describe an AWS managed key by its alias may even make that key, so it is not looked at.</summary>
    public static Answer? OfName(string keyId, string region)
    {
        if (keyId.StartsWith("alias/aws/", StringComparison.Ordinal) || keyId.Contains(":alias/aws/", StringComparison.Ordinal))
            return Answer.NotOk($"{keyId} is managed by AWS: RDS can't be given the use of it", OtherKey);
        return keyId.Split(':') is ["arn", _, _, var elsewhere, ..] && elsewhere != region
            ? Answer.NotOk($"{keyId} is in {elsewhere}, and AWS_REGION is {region}: RDS exports with a key of the database's region", OtherKey) : null;
    }

    public static Answer Of(KeySeen key)
    {
        if (key.Manager != "CUSTOMER") return Answer.NotOk($"{key.Arn} is managed by AWS: RDS can't be given the use of it", OtherKey);
        if (key.Spec != "SYMMETRIC_DEFAULT" || key.Usage != "ENCRYPT_DECRYPT")
            return Answer.NotOk($"{key.Arn} is of the kind {key.Spec} for {key.Usage}: RDS exports with a symmetric key for encryption", OtherKey);
        return key.State switch
        {
            "Enabled" => Answer.Ok($"{key.Arn} is enabled, symmetric and the account's own"),
            "Disabled" => Answer.NotOk($"{key.Arn} is disabled", $"Enable it: {AwsMends.EnableKey}"),
            "PendingDeletion" => Answer.NotOk(
                $"{key.Arn} waits for its deletion, and every export with it", $"Keep it, then enable it: {AwsMends.KeepKey} && {AwsMends.EnableKey}"),
            var state => Answer.NotOk($"{key.Arn} is {state}; only an enabled key encrypts", $"Wait until it is enabled, or: {OtherKey}"),
        };
    }
}
