namespace RdsBq.Core.Checks;

/// <summary>Whether this machine's clock is good enough to sign by.</summary>
public static class ClockJudge
{
    /// <summary>
    /// AWS refuses signatures that are further off (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html); S3 has 15 minutes.
    /// </summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <param name="ahead">AWS's time less this machine's.</param>
    public static Answer Of(TimeSpan ahead)
    {
        var seconds = Math.Abs(ahead.TotalSeconds);
        if (seconds < 2) return Answer.Ok("this machine's clock agrees with AWS's");
        var what = $"this machine's clock is {Reports.Words.Age(ahead.Duration())} {(ahead > TimeSpan.Zero ? "behind" : "ahead of")} AWS's";
        return ahead.Duration() <= Tolerance ? Answer.Ok($"{what}: less than the 5 minutes that AWS allows")
            : Answer.NotOk($"{what}, and AWS refuses signatures that are more than 5 minutes off", "Set it: timedatectl set-ntp true");
    }
}
