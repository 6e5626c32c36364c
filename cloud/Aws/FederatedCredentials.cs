using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace RdsBq.Cloud.Aws;

/// <summary>
/// AWS credentials for a Google identity: a fresh ID token is exchanged through AssumeRoleWithWebIdentity whenever five minutes or less are left.
/// The token is asked for right before it is used, since a cached one may have little time left.
/// </summary>
public sealed class FederatedCredentials : RefreshingAWSCredentials
{
    private readonly IAmazonSecurityTokenService sts;
    private readonly Func<CancellationToken, Task<string>> idToken;
    private readonly string roleArn;
    private readonly string sessionName;

    /// <param name="sts">Needs no credentials: the call is unsigned.</param>
    /// <param name="sessionName">Shown in CloudTrail; <c>[\w+=,.@-]{2,64}</c>.</param>
    public FederatedCredentials(IAmazonSecurityTokenService sts, Func<CancellationToken, Task<string>> idToken, string roleArn, string sessionName)
    {
        this.sts = sts;
        this.idToken = idToken;
        this.roleArn = roleArn;
        this.sessionName = sessionName;
        PreemptExpiryTime = TimeSpan.FromMinutes(5);
    }

    // Only synchronous callers get here; a thread of the pool keeps them from waiting on themselves.
    protected override CredentialsRefreshState GenerateNewCredentials() => Task.Run(GenerateNewCredentialsAsync).GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var request = new AssumeRoleWithWebIdentityRequest
        {
            RoleArn = roleArn,
            RoleSessionName = sessionName,
            WebIdentityToken = await idToken(CancellationToken.None),
        };
        try
        {
            var issued = (await sts.AssumeRoleWithWebIdentityAsync(request)).Credentials;
            var keys = new ImmutableCredentials(issued.AccessKeyId, issued.SecretAccessKey, issued.SessionToken);
            return new CredentialsRefreshState(keys, issued.Expiration!.Value.ToUniversalTime());
        }
        catch (AmazonSecurityTokenServiceException e)
        {
            throw AwsErrors.OfFederation(e, roleArn);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) sts.Dispose();
        base.Dispose(disposing);
    }
}
