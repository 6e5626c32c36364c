using RdsBq.Core.Runs;

namespace RdsBq.Core.Ledger;

public enum TransferState
{
    /// <summary>A state that is not known: treated as under way.</summary>
    Unknown,
    Pending,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

/// <summary>A transfer run without its params, which carry the AWS keys.</summary>
/// <param name="ErrorCode">The name of the google.rpc code; empty for none.</param>
public sealed record TransferRunInfo(
    string Name, RunTime RunTime, TransferState State, DateTimeOffset? EndedAt, string ErrorCode, string? ErrorMessage)
{
    public bool IsUnderWay => State is TransferState.Unknown or TransferState.Pending or TransferState.Running;
}

/// <summary>What <c>load</c> does about one table of a run that is planned.</summary>
public abstract record TableStep
{
    public sealed record Nothing : TableStep;

    public sealed record Start(string Why) : TableStep;

    public sealed record WaitForRun(TransferRunInfo Run) : TableStep;

    /// <summary>Finished without a verdict in the ledger: the function missed it.</summary>
    public sealed record Judge(TransferRunInfo Run) : TableStep;

    /// <summary>Only a person can say whether to try again.</summary>
    public sealed record GaveUp(string Why) : TableStep;
}
