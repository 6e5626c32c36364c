namespace RdsBq.Core.Checks;

/// <summary>Whom AWS takes the caller for.</summary>
/// <param name="Account">12 digits.</param>
/// <param name="Arn">Of an assumed role's session, or of a user.</param>
public sealed record AwsIdentity(string Account, string Arn)
{
    /// <summary><c>aws</c>, or one of the partitions that have nothing to do with it: <c>aws-cn</c>, <c>aws-us-gov</c>.</summary>
    public string Partition => Arn.Split(':') is [_, { Length: > 0 } partition, ..] ? partition : "aws";
}
