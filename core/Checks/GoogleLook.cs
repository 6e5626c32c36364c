namespace RdsBq.Core.Checks;

/// <summary>One look at one thing of Google's, and what its refusals mean.</summary>
/// <param name="Subject">What is looked at, to begin a sentence with.</param>
/// <param name="Api">The service's host, which is also its API's name.</param>
/// <param name="Right">The permission that the look takes.</param>
/// <param name="Needed">Another verb needs that right too, so that to lack it is not ok; else only this look does.</param>
/// <param name="Give">The command that gives it.</param>
/// <param name="Make">What to do where the thing does not exist.</param>
public sealed record GoogleLook(string Subject, string Api, string Right, bool Needed, string Give, string Make)
{
    /// <param name="code">A google.rpc.Code by name.</param>
    /// <param name="detail">The service's own words.</param>
    public Answer Refused(string code, string detail, GoogleCommands commands) => code switch
    {
        "PERMISSION_DENIED" when IsOff(detail) => Off(commands),
        "PERMISSION_DENIED" when Needed => Answer.NotOk($"{Subject}: this service account lacks {Right} ({Line(detail)})", $"Give it: {Give}"),
        "PERMISSION_DENIED" => Answer.NotChecked($"{Subject}: to look takes {Right}", $"Give it: {Give}"),
        "NOT_FOUND" => Answer.NotOk($"{Subject} does not exist ({Line(detail)})", Make),
        "UNAUTHENTICATED" => Answer.NotOk($"{Subject}: Google refused the access token ({Line(detail)})", "Check the service account that this runs as; it may be disabled."),
        "UNIMPLEMENTED" => Answer.NotChecked($"{Subject}: {Api} does not offer this look ({Line(detail)})"),
        "UNAVAILABLE" or "DEADLINE_EXCEEDED" or "INTERNAL" or "ABORTED" or "UNKNOWN" or "CANCELLED" or "RESOURCE_EXHAUSTED" =>
            Answer.NotChecked($"{Subject}: {Api} answered {code}", "Run doctor again."),
        _ => Answer.NotOk($"{Subject}: {Api} answered {code} ({Line(detail)})", Make),
    };

    private Answer Off(GoogleCommands commands)
    {
        var (what, mend) = ($"{Api} is switched off in project {commands.Project}", $"Switch it on and wait some minutes: {commands.Enable(Api)}");
        return Needed ? Answer.NotOk(what, mend) : Answer.NotChecked($"{Subject}: {what}", mend);
    }

    // https://cloud.google.com/apis/docs/troubleshooting: the words around it vary, and the reason SERVICE_DISABLED is in the details alone.
    private static bool IsOff(string detail) => detail.Contains("SERVICE_DISABLED", StringComparison.Ordinal)
        || detail.Contains("has not been used in project", StringComparison.Ordinal) || detail.Contains("it is disabled", StringComparison.Ordinal);

    private static string Line(string detail) => detail.Length == 0 ? "no further word" : detail.Split('\n')[0].TrimEnd('\r', '.', ' ');
}
