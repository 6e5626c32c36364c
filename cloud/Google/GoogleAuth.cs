using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using RdsBq.Core;

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

    /// <summary>Obtains an access token, and says for whom where this process can know it: from a metadata server or a key file.</summary>
    /// <returns>The service account's address, or null.</returns>
    /// <exception cref="StopException">There is no token to be had: 1 for a person, 75 where it may pass.</exception>
    public async Task<string?> WhoAsync(CancellationToken token)
    {
        const string Mend = "Run it in Cloud Run with a service account, or here: gcloud auth application-default login";
        try
        {
            _ = await GetAccessTokenAsync(token);
            return (await credential.Value).UnderlyingCredential switch
            {
                ComputeCredential compute => await compute.GetDefaultServiceAccountEmailAsync(token),
                ServiceAccountCredential file => file.Id,
                _ => null,
            };
        }
        catch (InvalidOperationException e)
        {
            throw StopException.ForPerson("No Google credentials were found", Mend, e);
        }
        catch (TokenResponseException e) when (e.StatusCode is { } status && (int)status < 500)
        {
            throw StopException.ForPerson($"Google gives no access token ({(int)status} {e.Error?.Error})", Mend, e);
        }
        catch (Exception e) when (e is TokenResponseException or HttpRequestException)
        {
            throw StopException.Passing("No access token could be obtained: the metadata server or Google does not answer", "Run again.", e);
        }
    }

    private static async Task<GoogleCredential> FindAsync(string? metadataHost)
    {
        if (metadataHost is null) return (await GoogleCredential.GetApplicationDefaultAsync()).CreateScoped(Scope);
        var root = metadataHost.Contains("://", StringComparison.Ordinal) ? metadataHost.TrimEnd('/') : $"http://{metadataHost}";
        return GoogleCredential.FromComputeCredential(
            new ComputeCredential(new ComputeCredential.Initializer { HttpClientFactory = new MetadataHost(new Uri(root)) }));
    }
}
