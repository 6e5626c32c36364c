using System.Numerics;
using System.Text;
using Google.Cloud.SecretManager.V1;
using Grpc.Core;
using Grpc.Net.Client;
using RdsBq.Cloud.Google;
using RdsBq.Cloud.Transfers;
using RdsBq.Core;

namespace RdsBq.Cloud.Secrets;

/// <summary>The newest version of a secret in Secret Manager. https://cloud.google.com/secret-manager/docs/reference/rest</summary>
public sealed class SecretReader : IDisposable
{
    private readonly GrpcChannel channel;
    private readonly SecretManagerService.SecretManagerServiceClient client;
    private readonly GoogleAuth auth;
    private readonly string project;

    public SecretReader(string project, string? endpoint, GoogleAuth auth, HttpMessageHandler? handler = null)
    {
        channel = GoogleChannel.Open("secretmanager.googleapis.com", endpoint, "google.cloud.secretmanager.v1.SecretManagerService", ["AccessSecretVersion"], handler);
        client = new SecretManagerService.SecretManagerServiceClient(channel);
        this.auth = auth;
        this.project = project;
    }

    public void Dispose() => channel.Dispose();

    /// <param name="secret">Its short name, or <c>projects/p/secrets/s</c>.</param>
    /// <param name="setting">The setting that names the secret, for the error.</param>
    public async Task<string> ReadAsync(string secret, string setting, CancellationToken token)
    {
        var name = (secret.StartsWith("projects/", StringComparison.Ordinal) ? secret : $"projects/{project}/secrets/{secret}") + "/versions/latest";
        try
        {
            var answer = await client.AccessSecretVersionAsync(new AccessSecretVersionRequest { Name = name }, await GoogleCalls.ReadAsync(auth, "name", name, token));
            var data = answer.Payload.Data.Span;
            if (answer.Payload.HasDataCrc32C && Crc32C(data) != answer.Payload.DataCrc32C)
                throw StopException.Passing($"Secret {secret} arrived damaged (its checksum does not match).", "Run again.");
            return Encoding.UTF8.GetString(data).Trim();
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound or StatusCode.PermissionDenied or StatusCode.FailedPrecondition)
        {
            throw StopException.ForPerson(
                $"Secret {secret} ({setting}) cannot be read: {e.StatusCode}.",
                $"Check that it exists with an enabled version and that this service account has roles/secretmanager.secretAccessor: gcloud secrets versions list {secret.Split('/')[^1]} --project={project}", e);
        }
    }

    private static long Crc32C(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
