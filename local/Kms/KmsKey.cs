namespace RdsBq.Local.Kms;

/// <summary>The key that exports are encrypted with, as DescribeKey tells it. Whoever holds the cloud may put another in its place.</summary>
/// <param name="State">Only an <c>Enabled</c> key encrypts and grants.</param>
public sealed record KmsKey(
    string Arn, string State = "Enabled", string Spec = "SYMMETRIC_DEFAULT", string Usage = "ENCRYPT_DECRYPT", string Manager = "CUSTOMER")
{
    public string Id => Arn.Split('/')[^1];

    public bool IsNamed(string idOrArn) => idOrArn == Arn || idOrArn == Id;
}

/// <summary>KMS's only key.</summary>
public sealed class KeyRing
{
    public KmsKey Key { get; set; } = new(Estate.KmsKeyArn);
}
