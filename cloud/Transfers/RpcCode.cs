namespace RdsBq.Cloud.Transfers;

/// <summary>google.rpc.Code by name: what a run's error_status carries as a number. https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto</summary>
public static class RpcCode
{
    private static readonly string[] Names =
    [
        "", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    /// <summary>Empty for 0 (no error) and <c>CODE_n</c> for a number that has no name.</summary>
    public static string Name(int code) => code >= 0 && code < Names.Length ? Names[code] : $"CODE_{code}";
}
