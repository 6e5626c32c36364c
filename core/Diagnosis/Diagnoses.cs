namespace RdsBq.Core.Diagnosis;

/// <summary>
/// The failures that the clouds and Slack are known to report, by their texts and codes. Null means an unknown one: its text is then shown as it is.
/// </summary>
public static class Diagnoses
{
    private static readonly char[] LineEnds = ['\r', '\n'];

    /// <summary>All rows. Of those of one kind the first that takes a text has it, so that the specific stand before the general.</summary>
    public static IReadOnlyList<DiagnosisRow> Table { get; } =
        [.. ExportRows.All, .. WarningRows.All, .. AwsRows.All, .. AwsRows.SignIn, .. TransferRows.All, .. SlackRows.All];

    /// <param name="failureCause">Of an export task; AWS's words around the names vary.</param>
    public static Finding? OfExportFailure(string? failureCause) => Find(DiagnosisKind.Export, failureCause);

    /// <param name="reason">From a WarningMessage, a perTableStatus, or why a run left out a table.</param>
    public static Finding? OfWarning(string? reason) => Find(DiagnosisKind.Warning, reason);

    /// <param name="code">Of RDS, S3, KMS or STS, with or without its ending Fault or Exception.</param>
    public static Finding? OfAwsError(string? code) => Find(DiagnosisKind.Aws, Bare(code)) ?? Find(DiagnosisKind.AwsSignIn, Bare(code));

    /// <summary>As <see cref="OfAwsError"/>, of STS's answer to Google's token: the same codes mean something else there.</summary>
    public static Finding? OfAwsSignIn(string? code) => Find(DiagnosisKind.AwsSignIn, Bare(code)) ?? Find(DiagnosisKind.Aws, Bare(code));

    /// <param name="detail">Lines of a transfer run's log or its error message, perhaps with the google.rpc code in front.</param>
    public static Finding? OfTransfer(string? detail) => Find(DiagnosisKind.Transfer, detail);

    /// <param name="errorCode">Of an answer with <c>ok: false</c>.</param>
    public static Finding? OfSlack(string? errorCode) => Find(DiagnosisKind.Slack, errorCode);

    /// <summary>An AWS error code without its ending: the API models, the documents and the wire disagree about it.</summary>
    public static string Bare(string? code)
    {
        foreach (var ending in (ReadOnlySpan<string>)["Exception", "Fault"])
        {
            if (code?.EndsWith(ending, StringComparison.Ordinal) == true) return code[..^ending.Length];
        }
        return code ?? "";
    }

    private static Finding? Find(DiagnosisKind kind, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var lines = Plain(text).Split(LineEnds, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Table.FirstOrDefault(r => r.Kind == kind && lines.Any(r.Takes))?.Finding;
    }

    // The documents set apostrophes that the wire does not, and the other way round.
    private static string Plain(string text) => text.Replace('’', '\'');
}
