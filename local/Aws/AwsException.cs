namespace RdsBq.Local.Aws;

/// <summary>An answer that refuses: the service's wire words it in its own shape.</summary>
/// <param name="code">The code as it stands on the wire, e.g. <c>DBSnapshotNotFound</c>.</param>
public sealed class AwsException(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    /// <summary>Further elements of the error document (S3 names the expected region, the object's size and so on).</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    /// <summary>An operation that AWS has and the local cloud leaves out.</summary>
    public static AwsException LeftOut(string operation) =>
        new(StatusCodes.Status501NotImplemented, "NotImplemented", $"The local cloud does not emulate {operation}.");
}
