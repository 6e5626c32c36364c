using Google.Apis.Auth.OAuth2.Responses;
using RdsBq.Core.Checks;

namespace RdsBq.Cloud.Google;

/// <summary>Whether Google gives this process an ID token, and what it says. The token itself is told to nobody.</summary>
public sealed class IdTokenLook(GoogleAuth google)
{
    private const string Mend = "Run it in Cloud Run, or here as the service account: gcloud auth application-default login --impersonate-service-account=EMAIL";

    public async Task<Answer> SeeAsync(string audience, CancellationToken token)
    {
        try
        {
            var claims = IdTokenClaims.Read(await google.GetIdTokenAsync(audience, token));
            return claims is null ? Answer.NotOk("what Google gives for an ID token is none", Mend) : Answer.Ok(claims.ToString());
        }
        // No credentials are found, they are of a kind that gets no ID tokens, or the metadata server refuses or is not there.
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException or TokenResponseException)
        {
            return Answer.NotOk($"Google gives no ID token for {audience}. {e.GetType().Name}: {e.Message.Split('\n')[0].TrimEnd()}", Mend);
        }
    }
}
