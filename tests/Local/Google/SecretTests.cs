using System.Text;
using Google.Cloud.SecretManager.V1;
using Google.Protobuf;
using Grpc.Core;

namespace RdsBq.Local.Tests.Google;

public sealed class SecretTests
{
    private const string Secret = "projects/local-project/secrets/access_key_id";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Latest_is_the_newest_version_under_its_number_with_a_checksum(bool grpc)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc);
        rig.Secrets.Add("access_key_id", "first"u8);
        rig.Secrets.Add("access_key_id", "123456789"u8);
        var accessed = await Access(t, "latest");
        Assert.Equal("projects/409146382768/secrets/access_key_id/versions/2", accessed.Name);
        // The check value of CRC-32C.
        Assert.Equal(0xE3069283, accessed.Payload.DataCrc32C);
        Assert.Equal("first", (await Access(t, "1")).Payload.Data.ToStringUtf8());
        await TransferConfigTests.RefusesAsync(StatusCode.NotFound, "versions/3", () => Access(t, "3"));
        var nowhere = new AccessSecretVersionRequest { Name = "projects/local-project/secrets/none/versions/latest" };
        await TransferConfigTests.RefusesAsync(StatusCode.NotFound, "secrets/none", () =>
            SendAsync<AccessSecretVersionResponse>(t, "AccessSecretVersion", nowhere));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Versions_are_added_disabled_enabled_and_destroyed(bool grpc)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc);
        var create = new CreateSecretRequest
        {
            Parent = "projects/409146382768", SecretId = "access_key_id",
            Secret = new Secret { Replication = new Replication { Automatic = new Replication.Types.Automatic() } }
        };
        Assert.Equal("projects/409146382768/secrets/access_key_id", (await SendAsync<Secret>(t, "CreateSecret", create)).Name);
        await TransferConfigTests.RefusesAsync(StatusCode.AlreadyExists, "", () => SendAsync<Secret>(t, "CreateSecret", create));
        var add = new AddSecretVersionRequest
        {
            Parent = Secret,
            Payload = new SecretPayload { Data = ByteString.CopyFrom(Encoding.UTF8.GetBytes("123456789")), DataCrc32C = 0xE3069283 }
        };
        Assert.True((await SendAsync<SecretVersion>(t, "AddSecretVersion", add)).ClientSpecifiedPayloadChecksum);
        add.Payload.DataCrc32C = 1;
        await TransferConfigTests.RefusesAsync(StatusCode.InvalidArgument, "crc32c", () =>
            SendAsync<SecretVersion>(t, "AddSecretVersion", add));

        await SendAsync<SecretVersion>(t, "DisableSecretVersion", new DisableSecretVersionRequest { Name = Secret + "/versions/1" });
        await TransferConfigTests.RefusesAsync(StatusCode.FailedPrecondition, "DISABLED", () => Access(t, "latest"));
        await SendAsync<SecretVersion>(t, "EnableSecretVersion", new EnableSecretVersionRequest { Name = Secret + "/versions/1" });
        Assert.Equal("123456789", (await Access(t, "latest")).Payload.Data.ToStringUtf8());
        var destroyed = await SendAsync<SecretVersion>(t, "DestroySecretVersion",
            new DestroySecretVersionRequest { Name = Secret + "/versions/1" });
        Assert.Equal(SecretVersion.Types.State.Destroyed, destroyed.State);
        Assert.NotNull(destroyed.DestroyTime);
        await TransferConfigTests.RefusesAsync(StatusCode.FailedPrecondition, "DESTROYED", () => Access(t, "1"));
        var versions = await SendAsync<ListSecretVersionsResponse>(t, "ListSecretVersions",
            new ListSecretVersionsRequest { Parent = Secret });
        Assert.Equal(1, versions.TotalSize);
    }

    private static Task<AccessSecretVersionResponse> Access(Transport t, string version) =>
        SendAsync<AccessSecretVersionResponse>(t, "AccessSecretVersion",
            new AccessSecretVersionRequest { Name = $"{Secret}/versions/{version}" });

    private static Task<T> SendAsync<T>(Transport t, string method, IMessage request)
        where T : class, IMessage<T>, new() =>
        t.SendAsync<T>(SecretManagerService.Descriptor.FindMethodByName(method), request);
}
