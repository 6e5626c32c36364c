using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using RdsBq.Local.Aws;

namespace RdsBq.Local.Sts;

/// <summary>
/// What STS reads from Google's ID token. Its condition keys rename the claims: <c>:aud</c> is <c>azp</c> where there is one.
/// </summary>
/// <param name="Audience">Condition key <c>accounts.google.com:aud</c>.</param>
/// <param name="OriginalAudience">Condition key <c>accounts.google.com:oaud</c>: the audience that was asked for.</param>
internal sealed record WebIdentity(string Subject, string Audience, string OriginalAudience)
{
    private static readonly string[] Issuers = ["https://accounts.google.com", "accounts.google.com"];
    private static readonly string[] RequiredClaims = ["iat", "exp", "aud", "sub", "iss"];

    /// <param name="keys">The identity provider's public key by <c>kid</c>, or null.</param>
    /// <exception cref="AwsException">InvalidIdentityToken or ExpiredTokenException, 400.</exception>
    public static WebIdentity Verify(string token, Func<string, RSAParameters?> keys, DateTimeOffset now)
    {
        if (token.Split('.') is not [var head, var body, var signature]) throw Invalid("The ID Token provided is not a valid JWT.");
        using var header = Decode(head);
        using var claims = Decode(body);
        var missing = RequiredClaims.Where(c => !claims.RootElement.TryGetProperty(c, out _)).ToList();
        if (missing.Count > 0) throw Invalid($"Missing a required claim: {string.Join(", ", missing)}");
        if (!Issuers.Contains(Text(claims, "iss")))
            throw Invalid($"No OpenIDConnect provider found in your account for {Text(claims, "iss")}");
        if (Text(header, "alg") != "RS256") throw Invalid("The ID Token's algorithm is not one that the provider signs with.");
        CheckSignature($"{head}.{body}", signature, keys(Text(header, "kid") ?? ""));
        var expiry = Time(claims, "exp");
        if (expiry <= now)
        {
            throw new AwsException(
                400,
                "ExpiredTokenException",
                $"Token expired: current date/time {now.ToUnixTimeSeconds()} must be before the expiration date/time {expiry.ToUnixTimeSeconds()}");
        }
        if (Time(claims, "iat") > now + TimeSpan.FromMinutes(5)) throw Invalid("The ID Token was issued in the future.");
        var audience = Text(claims, "aud") ?? throw Invalid("Incorrect token audience");
        return new WebIdentity(Text(claims, "sub") ?? "", Text(claims, "azp") ?? audience, audience);
    }

    private static void CheckSignature(string text, string signature, RSAParameters? parameters)
    {
        if (parameters is not { } found) throw Invalid("Couldn't retrieve verification key from your identity provider");
        using var key = RSA.Create(found);
        if (!key.VerifyData(Encoding.ASCII.GetBytes(text), Bytes(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            throw Invalid("The ID Token provided is not a valid JWT: its signature does not verify.");
    }

    private static string? Text(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset Time(JsonDocument json, string name) =>
        json.RootElement.GetProperty(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw Invalid($"The claim {name} is not a number.");

    private static JsonDocument Decode(string part)
    {
        try
        {
            var json = JsonDocument.Parse(Bytes(part));
            if (json.RootElement.ValueKind == JsonValueKind.Object) return json;
            json.Dispose();
        }
        catch (JsonException)
        {
        }
        throw Invalid("The ID Token provided is not a valid JWT.");
    }

    private static byte[] Bytes(string base64Url)
    {
        try
        {
            return WebEncoders.Base64UrlDecode(base64Url);
        }
        catch (FormatException)
        {
            throw Invalid("The ID Token provided is not a valid JWT.");
        }
    }

    private static AwsException Invalid(string message) => new(400, "InvalidIdentityToken", message);
}
