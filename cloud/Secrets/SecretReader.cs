using System.Numerics;
using System.Text;
using Google.Cloud.SecretManager.V1;
using Grpc.Core;
using Grpc.Net.Client;
using RdsBq.Cloud.Google;
using RdsBq.Core;

namespace RdsBq.Cloud.Secrets;

/// <summary>The newest version of a secret in Secret Manager. https://cloud.google.com/secret-manager/docs/reference/rest</summary>
public sealed class SecretReader : IDisposable
{
    public const string KeyIdSetting = "AWS_ACCESS_KEY_ID_SECRET";
    public const string KeySetting = "AWS_SECRET_ACCESS_KEY_SECRET";
    public const string SlackSetting = "SLACK_TOKEN_SECRET";

    private readonly GrpcChannel channel;
    private readonly SecretManagerService.SecretManagerServiceClient client;
    private readonly GoogleAuth auth;
    private readonly string project;

    public SecretReader(string project, string? endpoint, GoogleAuth auth, HttpMessageHandler? handler = null)
    {
        channel = GoogleChannel.Open(
            "secretmanager.googleapis.com", endpoint, "google.cloud.secretmanager.v1.SecretManagerService", ["AccessSecretVersion", "GetSecretVersion"], handler);
        client = new SecretManagerService.SecretManagerServiceClient(channel);
        this.auth = auth;
        this.project = project;
    }

    public void Dispose() => channel.Dispose();

    /// <param name="secret">Its short name, or <c>projects/p/secrets/s</c>.</param>
    /// <param name="setting">The setting that names the secret, for the error.</param>
    public async Task<string> ReadAsync(string secret, string setting, CancellationToken token) => (await ReadAsItIsAsync(secret, setting, token)).Trim();

    /// <summary>As <see cref="ReadAsync"/>, with the blanks and line ends around it.</summary>
    public async Task<string> ReadAsItIsAsync(string secret, string setting, CancellationToken token)
    {
        var name = LatestOf(secret);
        try
        {
            var answer = await client.AccessSecretVersionAsync(new AccessSecretVersionRequest { Name = name }, await GoogleCalls.ReadAsync(auth, "name", name, token));
            var data = answer.Payload.Data.Span;
            if (answer.Payload.HasDataCrc32C && Crc32C(data) != answer.Payload.DataCrc32C)
                throw StopException.Passing($"Secret {secret} arrived damaged (its checksum does not match).", "Run again.");
            return Encoding.UTF8.GetString(data);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound or StatusCode.PermissionDenied or StatusCode.FailedPrecondition)
        {
            throw Unreadable(secret, setting, e.StatusCode.ToString(), e);
        }
    }

    /// <summary>The AWS key pair that transfers read the bucket with.</summary>
    public async Task<(string Id, string Secret)> ReaderKeysAsync(string idSecret, string keySecret, CancellationToken token) =>
        (await ReadAsync(idSecret, KeyIdSetting, token), await ReadAsync(keySecret, KeySetting, token));

    /// <summary>
    /// When the newest version was created, without reading it. Null where this service account may not see versions
    /// (secretmanager.versions.get, which roles/secretmanager.secretAccessor lacks).
    /// </summary>
    /// <exception cref="StopException">There is no such secret, or its newest version is disabled or destroyed and can't be read.</exception>
    public async Task<DateTimeOffset?> ChangedAtAsync(string secret, string setting, CancellationToken token)
    {
        var name = LatestOf(secret);
        try
        {
            var version = await client.GetSecretVersionAsync(
                new GetSecretVersionRequest { Name = name }, await GoogleCalls.ReadAsync(auth, "name", name, token));
            return version.State == SecretVersion.Types.State.Enabled
                ? version.CreateTime?.ToDateTimeOffset()
                : throw Unreadable(secret, setting, $"its newest version is {version.State.ToString().ToLowerInvariant()}", null);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.PermissionDenied)
        {
            return null;
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
        {
            throw Unreadable(secret, setting, e.StatusCode.ToString(), e);
        }
    }

    private string LatestOf(string secret) =>
        (secret.StartsWith("projects/", StringComparison.Ordinal) ? secret : $"projects/{project}/secrets/{secret}") + "/versions/latest";

    private StopException Unreadable(string secret, string setting, string why, RpcException? cause) => StopException.ForPerson(
        $"Secret {secret} ({setting}) cannot be read: {why}.",
        "Check that it exists with an enabled version and that this service account has roles/secretmanager.secretAccessor: "
        + $"gcloud secrets versions list {secret.Split('/')[^1]} --project={project}",
        cause);

    private static long Crc32C(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
