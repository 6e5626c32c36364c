namespace RdsBq.Core.Checks;

/// <summary>What a check of <c>doctor</c> comes to.</summary>
public enum CheckVerdict
{
    Ok,

    /// <summary>A verb would fail on this, or show something wrong.</summary>
    NotOk,

    /// <summary>It could not be looked at: a right to look is missing, nobody answers, or what it builds on is not ok.</summary>
    NotChecked,
}

/// <summary>The answer of one check.</summary>
/// <param name="What">What was found, in one line; names what it looked at.</param>
/// <param name="Mend">What to do about it, with the command where there is one; null where nothing is to be done.</param>
public sealed record Answer(CheckVerdict Verdict, string What, string? Mend = null)
{
    public static Answer Ok(string what) => new(CheckVerdict.Ok, what);

    public static Answer NotOk(string what, string mend) => new(CheckVerdict.NotOk, what, mend);

    public static Answer NotChecked(string what, string? mend = null) => new(CheckVerdict.NotChecked, what, mend);

    /// <summary>A call that failed: what passes by itself says nothing about the estate.</summary>
    public static Answer Of(StopException stop) =>
        stop.ExitCode == StopException.TryAgain ? NotChecked(stop.Message, "Run doctor again.") : NotOk(stop.Message, stop.Mend);
}
