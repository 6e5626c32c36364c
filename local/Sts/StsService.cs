using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RdsBq.Local.Aws;

namespace RdsBq.Local.Sts;

/// <summary>
/// STS, version 2011-06-15. One role can be assumed, by one Google service account for one audience: the trust policy of <see
/// cref="Estate.CallerRoleArn"/> pins <c>sub</c>, <c>aud</c> and <c>oaud</c>. Sessions expire on the machine's clock.
/// </summary>
internal sealed partial class StsService : IQueryService
{
    private const int MaxSessionSeconds = 3600;
    private readonly CredentialStore credentials;
    private readonly Func<string, RSAParameters?> providerKeys;
    private readonly TimeProvider machine;

    /// <param name="providerKeys">Google's public key by <c>kid</c>, or null.</param>
    public StsService(CredentialStore credentials, Func<string, RSAParameters?> providerKeys, TimeProvider machine)
    {
        this.credentials = credentials;
        this.providerKeys = providerKeys;
        this.machine = machine;
        Operations = new Dictionary<string, QueryOperation>
        {
            ["AssumeRoleWithWebIdentity"] = new(AssumeRole, "RoleArn", Mutates: true, Signed: false),
            ["GetCallerIdentity"] = new(CallerIdentity),
        };
    }

    public string Name => "sts";

    public string Version => "2011-06-15";

    public string Namespace => "https://sts.amazonaws.com/doc/2011-06-15/";

    /// <summary>The global endpoint's signatures are scoped to us-east-1.</summary>
    public string[] Regions { get; } = [Estate.Region, "us-east-1"];

    /// <summary>Identity lives on the machine's clock, and who asks STS for the time means that of signatures and tokens.</summary>
    public TimeProvider? Time => machine;

    public IReadOnlyDictionary<string, QueryOperation> Operations { get; }

    public IReadOnlySet<string> KnownActions { get; } = new HashSet<string>
    {
        "AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot", "DecodeAuthorizationMessage", "GetAccessKeyInfo",
        "GetCallerIdentity", "GetDelegatedAccessToken", "GetFederationToken", "GetSessionToken", "GetWebIdentityToken",
    };

    private IEnumerable<XElement?> AssumeRole(QueryCall call)
    {
        var request = call.Request;
        var (role, session, token) = (Required(request, "RoleArn"), Required(request, "RoleSessionName"),
            Required(request, "WebIdentityToken"));
        var seconds = request.Number("DurationSeconds") ?? MaxSessionSeconds;
        if (!SessionName().IsMatch(session))
            throw Invalid("roleSessionName", @"Member must satisfy regular expression pattern: [\w+=,.@-]{2,64}");
        if (token.Length is < 4 or > 20_000) throw Invalid("webIdentityToken", "Member must have length between 4 and 20000");
        if (seconds is < 900 or > 43_200) throw Invalid("durationSeconds", "Member must have value between 900 and 43200");
        // Session policies would narrow the rights: accepting and not applying them would be worse than refusing.
        if (request.Text("Policy") is not null || request.Text("PolicyArns.member.1.arn") is not null)
            throw AwsException.LeftOut("session policies");
        if (request.Text("ProviderId") is not null) throw Invalid("providerId", "OpenID Connect ID tokens take no ProviderId");
        var identity = WebIdentity.Verify(token, providerKeys, machine.GetUtcNow());
        if (role != Estate.CallerRoleArn || !IsTrusted(identity))
            throw new AwsException(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
        if (seconds > MaxSessionSeconds)
            throw new AwsException(400, "ValidationError",
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        return Session(call, identity, Principals.Caller(session), TimeSpan.FromSeconds(seconds));
    }

    private IEnumerable<XElement?> Session(QueryCall call, WebIdentity identity, Principal principal, TimeSpan lifetime)
    {
        var issued = credentials.IssueSession(principal, lifetime);
        return
        [
            call.Element("SubjectFromWebIdentityToken", identity.Subject),
            call.Element("Audience", identity.Audience),
            call.Element("AssumedRoleUser", call.Element("Arn", principal.Arn), call.Element("AssumedRoleId", principal.UserId)),
            call.Element(
                "Credentials",
                call.Element("AccessKeyId", issued.KeyId),
                call.Element("SecretAccessKey", issued.Secret),
                call.Element("SessionToken", issued.SessionToken),
                call.Element("Expiration", issued.Expiration!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"))),
            call.Element("Provider", "accounts.google.com"),
        ];
    }

    private static IEnumerable<XElement?> CallerIdentity(QueryCall call) =>
        [call.Element("Arn", call.Caller!.Arn), call.Element("UserId", call.Caller.UserId), call.Element("Account", Estate.Account)];

    private static bool IsTrusted(WebIdentity identity) => identity is
    {
        Subject: Estate.ServiceAccountId, Audience: Estate.ServiceAccountId, OriginalAudience: Estate.TokenAudience,
    };

    private static string Required(QueryRequest request, string name) =>
        request.Text(name) ?? throw Invalid(char.ToLowerInvariant(name[0]) + name[1..], "Member must not be null");

    private static AwsException Invalid(string member, string constraint) =>
        new(400, "ValidationError", $"1 validation error detected: Value at '{member}' failed to satisfy constraint: {constraint}");

    [GeneratedRegex(@"\A[\w+=,.@-]{2,64}\z", RegexOptions.ECMAScript)]
    private static partial Regex SessionName();
}
