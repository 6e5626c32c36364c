namespace RdsBq.Core;

/// <summary>
/// A verb can't go on. The exit code says who acts next: <see cref="NeedsPerson"/> 1, <see cref="TryAgain"/> 75.
/// The message is the reason; <see cref="Mend"/> is what to do about it. Neither ever carries a secret.
/// </summary>
public sealed class StopException(int exitCode, string reason, string mend, Exception? cause = null) : Exception(reason, cause)
{
    public const int NeedsPerson = 1;

    /// <summary>Of <c>plan --exit-code</c>: nothing is wrong, and something would change.</summary>
    public const int ChangesPending = 2;

    /// <summary>Only <c>status</c>: it has reported, and something is stale or failed.</summary>
    public const int Stale = 3;

    public const int BadSettings = 64;
    public const int TryAgain = 75;

    public int ExitCode => exitCode;

    public string Mend => mend;

    public static StopException ForPerson(string reason, string mend, Exception? cause = null) => new(NeedsPerson, reason, mend, cause);

    public static StopException Passing(string reason, string mend, Exception? cause = null) => new(TryAgain, reason, mend, cause);
}
