using System.Text;
using Google.Cloud.SecretManager.V1;
using Google.Protobuf;
using Grpc.Core;
using RdsBq.Cloud.Secrets;
using RdsBq.Core;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.Secrets;

public sealed class SecretReaderTests(Tokens tokens) : IClassFixture<Tokens>
{
    [Fact]
    public async Task The_newest_version_is_read_by_short_or_full_name_without_the_newline_that_editors_add()
    {
        await using var google = await GoogleSide.StartAsync();
        google.Secrets.Add("key", Encoding.UTF8.GetBytes("old"));
        google.Secrets.Add("key", Encoding.UTF8.GetBytes("new\n"));
        using var reader = new SecretReader(Estate.Project, google.SecretsAddress, google.Auth);
        Assert.Equal("new", await reader.ReadAsync("key", "SETTING", default));
        Assert.Equal("new", await reader.ReadAsync($"projects/{Estate.Project}/secrets/key", "SETTING", default));
    }

    [Fact]
    public async Task A_secret_that_is_not_there_stops_with_its_setting_and_what_to_run()
    {
        await using var google = await GoogleSide.StartAsync();
        using var reader = new SecretReader(Estate.Project, google.SecretsAddress, google.Auth);
        var e = await Assert.ThrowsAsync<StopException>(() => reader.ReadAsync("absent", "SLACK_TOKEN_SECRET", default));
        Assert.Equal(StopException.NeedsPerson, e.ExitCode);
        Assert.Contains("absent (SLACK_TOKEN_SECRET)", e.Message, StringComparison.Ordinal);
        Assert.Contains("gcloud secrets versions list absent", e.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StatusCode.PermissionDenied)]
    [InlineData(StatusCode.FailedPrecondition)]
    public async Task A_secret_that_may_not_be_read_stops_as_well(StatusCode status)
    {
        using var stub = new GrpcStub { Status = status };
        using var reader = new SecretReader(Estate.Project, "http://secrets.test", tokens.Auth, stub);
        var e = await Assert.ThrowsAsync<StopException>(() => reader.ReadAsync("key", "SETTING", default));
        Assert.Contains($"key (SETTING) cannot be read: {status}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payload_that_does_not_match_its_checksum_is_not_used()
    {
        // CRC32C of "123456789", the check value of the algorithm's own specification (RFC 3720, B.4 uses the same polynomial).
        using var good = Answering("123456789", 0xE3069283);
        using var reader = new SecretReader(Estate.Project, "http://secrets.test", tokens.Auth, good);
        Assert.Equal("123456789", await reader.ReadAsync("key", "SETTING", default));
        Assert.Equal("name=projects%2Flocal-project%2Fsecrets%2Fkey%2Fversions%2Flatest", good.Calls[0].Routing);
        using var bad = Answering("123456780", 0xE3069283);
        using var deceived = new SecretReader(Estate.Project, "http://secrets.test", tokens.Auth, bad);
        var e = await Assert.ThrowsAsync<StopException>(() => deceived.ReadAsync("key", "SETTING", default));
        Assert.Equal(StopException.TryAgain, e.ExitCode);
        Assert.DoesNotContain("12345678", e.Message + e.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_away_for_a_moment_is_asked_again()
    {
        await using var google = await GoogleSide.StartAsync();
        google.Faults.Add(new Fault("secretmanager.AccessSecretVersion", "error", Status: 503, Code: "UNAVAILABLE", Times: 2));
        using var reader = new SecretReader(Estate.Project, google.SecretsAddress, google.Auth);
        Assert.Equal(google.Estate.SlackToken, await reader.ReadAsync(GoogleSide.SlackSecret, "SETTING", default));
        Assert.Equal(3, google.Calls("secretmanager.AccessSecretVersion"));
    }

    [Fact]
    public async Task When_the_newest_version_was_made_is_seen_without_reading_it()
    {
        await using var google = await GoogleSide.StartAsync();
        google.Secrets.Add("key", Encoding.UTF8.GetBytes("old"));
        google.Clock.Advance(TimeSpan.FromHours(1));
        google.Secrets.Add("key", Encoding.UTF8.GetBytes("new"));
        using var reader = new SecretReader(Estate.Project, google.SecretsAddress, google.Auth);
        Assert.Equal(google.Clock.GetUtcNow(), await reader.ChangedAtAsync("key", "SETTING", default));
        Assert.Equal(0, google.Calls("secretmanager.AccessSecretVersion"));
        await Assert.ThrowsAsync<StopException>(() => reader.ChangedAtAsync("absent", "SETTING", default));
        google.Faults.Add(new Fault("secretmanager.GetSecretVersion", "error", Status: 403, Code: "PERMISSION_DENIED"));
        Assert.Null(await reader.ChangedAtAsync("key", "SETTING", default));
    }

    [Fact]
    public async Task A_newest_version_that_is_disabled_stops_as_reading_it_would()
    {
        using var stub = new GrpcStub(new SecretVersion { State = SecretVersion.Types.State.Disabled });
        using var reader = new SecretReader(Estate.Project, "http://secrets.test", tokens.Auth, stub);
        var e = await Assert.ThrowsAsync<StopException>(() => reader.ChangedAtAsync("key", "SETTING", default));
        Assert.Contains("key (SETTING) cannot be read: its newest version is disabled", e.Message, StringComparison.Ordinal);
    }

    private static GrpcStub Answering(string data, long crc) =>
        new(new AccessSecretVersionResponse { Payload = new SecretPayload { Data = ByteString.CopyFromUtf8(data), DataCrc32C = crc } });
}
