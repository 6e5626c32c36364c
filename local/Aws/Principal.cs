namespace RdsBq.Local.Aws;

/// <summary>One line of an identity policy; both sides may end in <c>*</c>.</summary>
public sealed record Grant(string Action, string Resource)
{
    public bool Covers(string action, string resource) => Matches(Action, action) && Matches(Resource, resource);

    private static bool Matches(string pattern, string value) =>
        pattern.EndsWith('*') ? value.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == value;
}

/// <summary>Who signed a request, and what that identity may do.</summary>
/// <param name="UserId">As GetCallerIdentity tells it: <c>AIDA…</c> for a user, <c>AROA…:session</c> for a role session.</param>
public sealed record Principal(string Arn, string UserId, IReadOnlyList<Grant> Grants)
{
    public bool May(string action, string resource) => Grants.Any(g => g.Covers(action, resource));

    /// <exception cref="AwsException">AccessDenied 403, in the words of the real services.</exception>
    public void Demand(string action, string resource)
    {
        if (!May(action, resource))
        {
            throw new AwsException(
                StatusCodes.Status403Forbidden,
                "AccessDenied",
                $"User: {Arn} is not authorized to perform: {action} on resource: {resource} because no identity-based policy allows the {action} action");
        }
    }
}

/// <summary>The identities of the emulated account.</summary>
public static class Principals
{
    private const string Bucket = $"arn:aws:s3:::{Estate.Bucket}";

    public static Principal Admin { get; } = new($"arn:aws:iam::{Estate.Account}:user/admin", "AIDAADMINADMINADMIN22",
        [new Grant("*", "*")]);

    /// <summary>The IAM user whose key the transfer service holds: reads one bucket, nothing else.</summary>
    public static Principal Reader { get; } = new(
        $"arn:aws:iam::{Estate.Account}:user/rdsbq-reader",
        "AIDAREADERREADERREA22",
        [new("s3:ListBucket", Bucket), new("s3:GetBucketLocation", Bucket), new("s3:GetObject", Bucket + "/*")]);

    /// <summary>A session of <see cref="Estate.CallerRoleArn"/>, with the rights that the orchestrator needs.</summary>
    public static Principal Caller(string session) => new(
        $"arn:aws:sts::{Estate.Account}:assumed-role/{Estate.CallerRoleArn.Split('/')[^1]}/{session}",
        $"AROACALLERCALLERCAL22:{session}",
        [
            new("rds:StartExportTask", "*"), new("rds:DescribeExportTasks", "*"), new("rds:CancelExportTask", "*"),
            new("rds:DescribeDBSnapshots", "*"), new("rds:DescribeDBClusterSnapshots", "*"),
            new("rds:DescribeDBInstances", "*"), new("rds:DescribeDBClusters", "*"),
            new("s3:ListBucket", Bucket), new("s3:GetObject", Bucket + "/*"), new("s3:GetLifecycleConfiguration", Bucket),
            new("s3:GetBucketLocation", Bucket), new("s3:GetEncryptionConfiguration", Bucket), new("s3:GetBucketPublicAccessBlock", Bucket),
            new("iam:GetRole", Estate.ExportRoleArn), new("kms:DescribeKey", Estate.KmsKeyArn), new("kms:CreateGrant", Estate.KmsKeyArn),
        ]);
}
