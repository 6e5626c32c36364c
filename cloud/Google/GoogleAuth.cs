using Google.Apis.Auth.OAuth2;

namespace RdsBq.Cloud.Google;

/// <summary>
/// This process's own Google identity: the metadata server's in Cloud Run, application default credentials on a developer's machine.
/// Access tokens open Google's APIs; ID tokens are what AWS STS trades for credentials.
/// </summary>
public sealed class GoogleAuth
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";
    private readonly Lazy<Task<GoogleCredential>> credential;

    /// <param name="metadataHost"><c>host:port</c> or URL of a metadata server (GCE_METADATA_HOST); null to find one.</param>
    public GoogleAuth(string? metadataHost) => credential = new(() => FindAsync(metadataHost));

    /// <summary>A bearer token for Google's APIs; cached by the credential until shortly before it expires.</summary>
    public async Task<string> GetAccessTokenAsync(CancellationToken token)
    {
        ITokenAccess access = await credential.Value;
        return await access.GetAccessTokenForRequestAsync(cancellationToken: token);
    }

    /// <summary>An ID token (JWT, about an hour) whose <c>aud</c> is <paramref name="audience"/>.</summary>
    public async Task<string> GetIdTokenAsync(string audience, CancellationToken token)
    {
        var found = await credential.Value;
        var oidc = await found.GetOidcTokenAsync(OidcTokenOptions.FromTargetAudience(audience), token);
        return await oidc.GetAccessTokenAsync(token);
    }

    /// <summary>The service account's address, where this process can know it: from a metadata server or a key file. Null otherwise.</summary>
    public async Task<string?> GetAccountAsync(CancellationToken token) => (await credential.Value).UnderlyingCredential switch
    {
        ComputeCredential compute => await compute.GetDefaultServiceAccountEmailAsync(token),
        ServiceAccountCredential file => file.Id,
        _ => null,
    };

    private static async Task<GoogleCredential> FindAsync(string? metadataHost)
    {
        if (metadataHost is null) return (await GoogleCredential.GetApplicationDefaultAsync()).CreateScoped(Scope);
        var root = metadataHost.Contains("://", StringComparison.Ordinal) ? metadataHost.TrimEnd('/') : $"http://{metadataHost}";
        return GoogleCredential.FromComputeCredential(
            new ComputeCredential(new ComputeCredential.Initializer { HttpClientFactory = new MetadataHost(new Uri(root)) }));
    }
}
