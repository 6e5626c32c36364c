using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using RdsBq.Core.Checks;

namespace RdsBq.Cloud.Aws;

/// <summary>Who AWS takes the caller for. It takes no right, and shows that the credentials are good.</summary>
public sealed class CallerLook(IAmazonSecurityTokenService client)
{
    public Task<AwsIdentity> WhoAsync(CancellationToken token) => AwsErrors.MapAsync(async () =>
    {
        var me = await client.GetCallerIdentityAsync(new GetCallerIdentityRequest(), token);
        return new AwsIdentity(me.Account, me.Arn);
    });
}
