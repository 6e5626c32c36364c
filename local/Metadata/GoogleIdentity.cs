using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace RdsBq.Local.Metadata;

/// <summary>
/// Signs and remembers what proves the service account's identity: ID tokens (RS256) and access tokens, on the machine's clock. The key
/// is new at every start, so that no token outlives the process.
/// </summary>
public sealed class GoogleIdentity(TimeProvider machine) : IDisposable
{
    public const string Issuer = "https://accounts.google.com";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly RSA key = RSA.Create(2048);
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> accessTokens = [];
    private readonly List<string> issued = [];

    public string KeyId { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    /// <summary>The public key that a verifier fetches by the token's <c>kid</c>; null for any other.</summary>
    public RSAParameters? PublicKey(string keyId) => keyId == KeyId ? key.ExportParameters(includePrivateParameters: false) : null;

    /// <summary>Every token that was ever handed out: what no log may hold.</summary>
    public IReadOnlyList<string> Issued
    {
        get
        {
            lock (gate) return [.. issued];
        }
    }

    /// <summary>A service account's ID token: <c>azp</c> and <c>sub</c> are its unique id, <c>aud</c> is what was asked for.</summary>
    /// <param name="change">Changes the claims before they are signed.</param>
    public string IdToken(string audience, bool withEmail, Action<JsonObject>? change = null)
    {
        var now = machine.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["aud"] = audience,
            ["azp"] = Estate.ServiceAccountId,
            ["exp"] = now + (long)Lifetime.TotalSeconds,
            ["iat"] = now,
            ["iss"] = Issuer,
            ["sub"] = Estate.ServiceAccountId,
        };
        if (withEmail)
        {
            claims["email"] = Estate.ServiceAccount;
            claims["email_verified"] = true;
        }
        change?.Invoke(claims);
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId, ["typ"] = "JWT" };
        var text = $"{Encode(header)}.{Encode(claims)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var token = $"{text}.{WebEncoders.Base64UrlEncode(signature)}";
        lock (gate) issued.Add(token);
        return token;
    }

    /// <returns>The token and its remaining seconds.</returns>
    public (string Token, int Seconds) AccessToken()
    {
        var token = "ya29." + WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(120));
        lock (gate)
        {
            accessTokens[token] = machine.GetUtcNow() + Lifetime;
            issued.Add(token);
        }
        return (token, (int)Lifetime.TotalSeconds - 1);
    }

    /// <summary>True for an access token of this process's own that has not expired.</summary>
    public bool IsValidAccessToken(string token)
    {
        lock (gate) return accessTokens.TryGetValue(token, out var expiry) && machine.GetUtcNow() < expiry;
    }

    /// <summary>Makes every access token handed out so far worthless, as a revocation does.</summary>
    public void RevokeAccessTokens()
    {
        lock (gate) accessTokens.Clear();
    }

    public void Dispose() => key.Dispose();

    private static string Encode(JsonObject json) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
