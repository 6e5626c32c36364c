using System.Globalization;

namespace RdsBq.Local.Aws;

/// <summary>What a SigV4 request says about its own signature, from the Authorization header or a presigned query.</summary>
/// <param name="Scope">date/region/service/aws4_request</param>
/// <param name="Lifetime">Presigned requests only.</param>
internal sealed record SignedRequest(
    string KeyId, string Scope, IReadOnlyList<string> SignedHeaders, string Signature, DateTimeOffset Time, string? SessionToken,
    TimeSpan? Lifetime)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    public bool IsPresigned => Lifetime is not null;

    public string Date => Scope.Split('/')[0];

    public string Region => Scope.Split('/')[1];

    public string Service => Scope.Split('/')[2];

    public string TimeText => Time.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Null where the request is not signed at all.</summary>
    /// <exception cref="AwsException">The signature's parts do not make sense.</exception>
    public static SignedRequest? Read(HttpRequest request, AuthWords words)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Algorithm + " ", StringComparison.Ordinal))
            return FromHeader(request, header[(Algorithm.Length + 1)..], words);
        if (header.Length > 0) throw words.Malformed.Thrown($"Unsupported Authorization type; only {Algorithm} is supported.");
        return request.Query["X-Amz-Algorithm"] == Algorithm ? FromQuery(request, words) : null;
    }

    private static SignedRequest FromHeader(HttpRequest request, string text, AuthWords words)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2))
            .Where(p => p.Length == 2)
            .ToDictionary(p => p[0], p => p[1]);
        var time = request.Headers["x-amz-date"].ToString();
        return Make(
            words, parts.GetValueOrDefault("Credential"), parts.GetValueOrDefault("SignedHeaders"), parts.GetValueOrDefault("Signature"),
            time,
            request.Headers["x-amz-security-token"].ToString(), null);
    }

    private static SignedRequest FromQuery(HttpRequest request, AuthWords words)
    {
        var query = request.Query;
        if (!int.TryParse(query["X-Amz-Expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 604800)
            throw new AwsException(400, "AuthorizationQueryParametersError", "X-Amz-Expires must be between 0 and 604800 seconds");
        return Make(
            words, query["X-Amz-Credential"], query["X-Amz-SignedHeaders"], query["X-Amz-Signature"], query["X-Amz-Date"].ToString(),
            query["X-Amz-Security-Token"].ToString(), TimeSpan.FromSeconds(seconds));
    }

    private static SignedRequest Make(
        AuthWords words, string? credential, string? headers, string? signature, string time, string token, TimeSpan? lifetime)
    {
        if (credential is null || headers is null || signature is null)
            throw words.Malformed.Thrown("Authorization requires 'Credential', 'Signature' and 'SignedHeaders' parameters.");
        if (!DateTimeOffset.TryParseExact(time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            throw words.Malformed.Thrown($"Authorization requires a date in '{TimeFormat}'. '{time}' is not one.");
        var slash = credential.IndexOf('/', StringComparison.Ordinal);
        var scope = slash < 0 ? "" : credential[(slash + 1)..];
        if (scope.Split('/') is not [_, _, _, "aws4_request"])
            throw words.Malformed.Thrown("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.");
        if (scope.Split('/')[0] != time[..8])
            throw words.Malformed.Thrown("Date in Credential scope does not match YYYYMMDD of the request's date.");
        return new SignedRequest(credential[..slash], scope, headers.Split(';'), signature, at, token.Length == 0 ? null : token, lifetime);
    }
}
