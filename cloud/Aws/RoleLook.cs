using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using RdsBq.Core.Checks;

namespace RdsBq.Cloud.Aws;

/// <summary>A role's trust policy. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html</summary>
public sealed class RoleLook(IAmazonIdentityManagementService client)
{
    /// <param name="roleArn">Its path is no part of the name.</param>
    /// <returns>JSON; no value where there is no such role.</returns>
    public Task<Look<string>> TrustAsync(string roleArn, CancellationToken token) => AwsErrors.LookAsync(async () =>
    {
        try
        {
            var answer = await client.GetRoleAsync(new GetRoleRequest { RoleName = roleArn[(roleArn.LastIndexOf('/') + 1)..] }, token);
            return (string?)Uri.UnescapeDataString(answer.Role.AssumeRolePolicyDocument ?? "");
        }
        catch (NoSuchEntityException)
        {
            return null;
        }
    });
}
