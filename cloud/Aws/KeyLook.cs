using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;
using RdsBq.Core.Checks;

namespace RdsBq.Cloud.Aws;

/// <summary>The key that exports are encrypted with (KMS API reference, DescribeKey and CreateGrant).</summary>
public sealed class KeyLook(IAmazonKeyManagementService client)
{
    /// <summary>What RDS does with the key for an export, as far as its grants are known.</summary>
    private static readonly List<string> Operations =
        ["Encrypt", "Decrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo", "DescribeKey", "RetireGrant"];

    /// <returns>Null where there is no such key.</returns>
    /// <exception cref="Core.StopException">Also where the right is missing: StartExportTask asks it of its caller.</exception>
    public Task<KeySeen?> SeeAsync(string keyId, CancellationToken token) => AwsErrors.MapAsync(async () =>
    {
        try
        {
            var key = (await client.DescribeKeyAsync(new DescribeKeyRequest { KeyId = keyId }, token)).KeyMetadata;
            return (KeySeen?)new KeySeen(key.Arn, key.KeyState, key.KeySpec, key.KeyUsage, key.KeyManager);
        }
        catch (NotFoundException)
        {
            return null;
        }
    });

    /// <summary>Whether the caller may grant the use of the key, by a dry run, which KMS never carries out.</summary>
    /// <param name="grantee">An existing principal's ARN.</param>
    public Task<Answer> MayGrantAsync(string keyId, string grantee, CancellationToken token) => AwsErrors.MapAsync(async () =>
    {
        try
        {
            var request = new CreateGrantRequest { KeyId = keyId, GranteePrincipal = grantee, Operations = Operations, DryRun = true };
            await client.CreateGrantAsync(request, token);
            return Answer.NotChecked("KMS answered a dry run as if it was none", $"Look for a new grant: {AwsMends.SeeGrants}");
        }
        catch (DryRunOperationException)
        {
            return Answer.Ok("kms:CreateGrant is allowed, by a dry run");
        }
        catch (InvalidArnException e)
        {
            return Answer.NotChecked($"KMS does not know {grantee} as one to grant to. {AwsErrors.Said(e)}", "See what is said of the export role.");
        }
        catch (AmazonServiceException e) when (AwsErrors.IsDenied(e))
        {
            return Answer.NotOk(
                AwsErrors.Said(e),
                "Give the role of AWS_ROLE_ARN kms:CreateGrant on KMS_KEY_ID. Where it has it by way of RDS only (kms:ViaService; GrantOnlyThroughRds of the template), "
                    + "this can't be seen from here: rdsbq export will show it.");
        }
    });
}
