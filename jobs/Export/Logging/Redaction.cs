using System.Text.RegularExpressions;

namespace RdsBq.Export.Logging;

/// <summary>
/// The last line of defence: what looks like a credential never reaches a log, whichever library put it into a message. Nothing here logs one on purpose.
/// </summary>
internal static partial class Redaction
{
    public static string Of(string text) => Credential().Replace(text, "[redacted]");

    // AWS key ids, JWTs, Google access tokens, Slack tokens, the signed parts of a presigned URL, and what follows "secret" or "token" and an equals sign or colon.
    [GeneratedRegex(
        @"\b(AKIA|ASIA)[A-Z0-9]{12,}\b|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|\bya29\.[\w.-]+|\bxox[a-z]-[\w-]+|(?<=X-Amz-(Signature|Credential|Security-Token)=)[^&\s""']+"
        + @"|(?<=(secret_access_key|SecretAccessKey|SessionToken|Authorization)[""']?\s*[:=]\s*[""']?)[^\s""',}]+",
        RegexOptions.IgnoreCase)]
    private static partial Regex Credential();
}
