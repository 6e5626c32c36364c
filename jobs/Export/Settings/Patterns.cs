using System.Text.RegularExpressions;

namespace RdsBq.Export.Settings;

/// <summary>What the clouds accept as names, as far as a typo can be told before a call.</summary>
internal static partial class Patterns
{
    public static bool IsEnv(string value) => Env().IsMatch(value);

    public static bool IsDatabaseId(string value) => DatabaseId().IsMatch(value) && value.Length <= 63;

    public static bool IsBucket(string value) => Bucket().IsMatch(value);

    public static bool IsRole(string value) => Role().IsMatch(value);

    public static bool IsKey(string value) => Key().IsMatch(value);

    public static bool IsRegion(string value) => Region().IsMatch(value);

    public static bool IsSecretName(string value) => SecretName().IsMatch(value);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Env();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$")]
    private static partial Regex DatabaseId();

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
    private static partial Regex Bucket();

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]{1,512}$")]
    private static partial Regex Role();

    [GeneratedRegex(@"^(arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)/[\w/-]{1,256}|alias/[\w/-]{1,250}|(mrk-)?[0-9a-f-]{32,36})$")]
    private static partial Regex Key();

    [GeneratedRegex(@"^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$")]
    private static partial Regex Region();

    // An access key id fits this pattern too; a secret access key (40 characters with / or +) does not.
    [GeneratedRegex("^(projects/[a-z0-9:.-]+/secrets/)?[A-Za-z0-9_-]{1,255}$")]
    private static partial Regex SecretName();
}
