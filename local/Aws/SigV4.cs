using System.Security.Cryptography;
using System.Text;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.Aws;

/// <summary>Authenticates requests as the real services do: key, session token, expiry, scope, time, signature.</summary>
internal sealed class SigV4(CredentialStore credentials, LocalClock clock, AuthWords words)
{
    /// <param name="payloadHash">SHA-256 of the body in hex, or S3's word for a body that is not signed as a whole.</param>
    /// <param name="regions">The regions whose scope this endpoint accepts, the endpoint's own first.</param>
    /// <exception cref="AwsException">With the code of the service family.</exception>
    public Principal Verify(HttpRequest request, string payloadHash, string service, params ReadOnlySpan<string> regions)
    {
        var signed = SignedRequest.Read(request, words) ?? throw words.Missing.Thrown();
        CheckScope(signed, service, regions);
        CheckTime(signed);
        var credential = credentials.Find(signed.KeyId) ?? throw words.UnknownKey.Thrown();
        if (credential.SessionToken != signed.SessionToken)
            throw (signed.SessionToken is null ? words.UnknownKey : words.BadToken).Thrown();
        if (credential.Expiration <= clock.Machine.GetUtcNow()) throw words.Expired.Thrown();
        CheckSignedHeaders(request, signed);
        var expected = CanonicalRequest.Sign(request, signed, credential.Secret, payloadHash);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(signed.Signature)))
            throw words.Mismatch.Thrown();
        return credential.Principal;
    }

    private void CheckScope(SignedRequest signed, string service, ReadOnlySpan<string> regions)
    {
        if (signed.Service != service)
            throw words.WrongScope.Thrown($"Credential should be scoped to correct service: '{service}'.");
        if (regions.Contains(signed.Region)) return;
        if (words != AuthWords.S3) throw words.WrongScope.Thrown();
        throw new AwsException(
            words.WrongScope.Status,
            words.WrongScope.Code,
            $"The authorization header is malformed; the region '{signed.Region}' is wrong; expecting '{regions[0]}'")
        {
            Details = new Dictionary<string, string> { ["Region"] = regions[0] },
        };
    }

    /// <summary>
    /// Signatures live on the machine's clock. Some SDKs correct theirs from the Date header of our answers, which is the local clock's:
    /// such a signature is current too.
    /// </summary>
    private void CheckTime(SignedRequest signed)
    {
        var (machine, local) = (clock.Machine.GetUtcNow(), clock.GetUtcNow());
        var (earliest, latest) = machine < local ? (machine, local) : (local, machine);
        // Anywhere between the two: a correction that an SDK learned a moment ago lags behind a clock that runs fast.
        if (earliest - signed.Time <= (signed.Lifetime ?? words.Skew) && signed.Time - latest <= words.Skew) return;
        if (signed.IsPresigned) throw new AwsException(403, "AccessDenied", "Request has expired");
        throw words.Skewed.Thrown();
    }

    private void CheckSignedHeaders(HttpRequest request, SignedRequest signed)
    {
        var open = request.Headers.Keys.Select(k => k.ToLowerInvariant())
            .Where(k => k.StartsWith("x-amz-", StringComparison.Ordinal) && !signed.SignedHeaders.Contains(k) && !signed.IsPresigned)
            .ToList();
        if (words == AuthWords.S3 && open.Count > 0)
        {
            throw new AwsException(403, "AccessDenied", "There were headers present in the request which were not signed")
            {
                Details = new Dictionary<string, string> { ["HeadersNotSigned"] = string.Join(", ", open) },
            };
        }
        if (!signed.SignedHeaders.Contains("host")) throw words.Mismatch.Thrown("'Host' must be a signed header.");
    }
}
