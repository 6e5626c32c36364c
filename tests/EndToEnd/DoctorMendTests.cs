using RdsBq.Local;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>The commands that <c>doctor</c> prints, run as they are printed by the AWS CLI, mend what they are printed for.</summary>
public sealed class DoctorMendTests(DoctorWorld world) : IClassFixture<DoctorWorld>
{
    [RequiresTheory("aws")]
    [InlineData("bucket encryption", "encryption")]
    [InlineData("bucket public access", "publicAccessBlock")]
    [InlineData("bucket lifecycle", "lifecycle")]
    public async Task The_command_mends_it(string check, string document)
    {
        using var broken = world.Break(w => w.Bucket(document, null));
        var line = (await world.DoctorAsync())[check];
        Assert.Equal("not ok", line.Verdict);

        await world.ShAsync(line.Mend![line.Mend!.IndexOf("aws ", StringComparison.Ordinal)..]);

        Assert.Equal("ok", (await world.DoctorAsync())[check].Verdict);
    }

    [RequiresFact("aws")]
    public async Task The_aws_cli_sees_the_key_and_the_role_as_doctor_does()
    {
        Assert.Equal("Enabled", await world.ShAsync("aws kms describe-key --key-id \"$KMS_KEY_ID\" --query KeyMetadata.KeyState --output text"));
        Assert.Equal(
            "export.rds.amazonaws.com",
            await world.ShAsync("aws iam get-role --role-name \"${S3_EXPORT_IAM_ROLE_ARN##*/}\" --query Role.AssumeRolePolicyDocument.Statement[0].Principal.Service --output text"));
        Assert.Equal(
            "DryRunOperationException",
            await world.ShAsync(
                $"aws kms create-grant --dry-run --key-id \"$KMS_KEY_ID\" --grantee-principal {Estate.ExportRoleArn} --operations Decrypt 2>&1 | grep -o DryRunOperationException"));
        Assert.Equal("NotImplemented", await world.ShAsync("aws kms list-keys 2>&1 | grep -o NotImplemented"));
        Assert.Equal("NotFoundException", await world.ShAsync("aws kms describe-key --key-id alias/none 2>&1 | grep -o NotFoundException"));
        Assert.Equal("NoSuchEntity", await world.ShAsync("aws iam get-role --role-name none 2>&1 | grep -o NoSuchEntity"));
    }
}
