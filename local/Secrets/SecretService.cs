using System.Globalization;
using System.Text.RegularExpressions;
using Google.Cloud.SecretManager.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using RdsBq.Local.Google;

namespace RdsBq.Local.Secrets;

/// <summary>
/// google.cloud.secretmanager.v1.SecretManagerService over <see cref="SecretStore"/>. Answers carry the project's number. The codes
/// (FAILED_PRECONDITION for a disabled or destroyed version, NOT_FOUND) are the service's; its wording is not documented.
/// </summary>
internal sealed partial class SecretService(SecretStore store) : SecretManagerService.SecretManagerServiceBase
{
    private const int LargestPayload = 65_536;

    public override Task<Secret> CreateSecret(CreateSecretRequest request, ServerCallContext context)
    {
        var scope = Scope.Of(request.Parent, "Invalid parent.");
        if (!SecretId().IsMatch(request.SecretId))
            throw GoogleError.Invalid($"Secret id '{request.SecretId}' must be 1 to 255 letters, digits, '_' or '-'.");
        var asked = request.Secret ?? throw GoogleError.Invalid("Field secret is required.");
        if (scope.Location is null && asked.Replication is null) throw GoogleError.Invalid("Field secret.replication is required.");
        var created = store.Create(scope.Location, request.SecretId, asked.Labels, asked.Annotations, asked.VersionAliases);
        return Task.FromResult(Show(created
            ?? throw GoogleError.Of(StatusCode.AlreadyExists, $"Secret [{NameOf(scope.Location, request.SecretId)}] already exists.")));
    }

    public override Task<Secret> GetSecret(GetSecretRequest request, ServerCallContext context) =>
        Task.FromResult(Show(FindSecret(request.Name)));

    public override Task<ListSecretsResponse> ListSecrets(ListSecretsRequest request, ServerCallContext context)
    {
        RefuseFilter(request.Filter);
        var all = store.In(Scope.Of(request.Parent, "Invalid parent.").Location);
        var (items, next) = Page.Of(all, request.PageSize, request.PageToken, largest: 25_000);
        return Task.FromResult(new ListSecretsResponse { Secrets = { items.Select(Show) }, NextPageToken = next, TotalSize = all.Count });
    }

    public override Task<SecretVersion> AddSecretVersion(AddSecretVersionRequest request, ServerCallContext context)
    {
        var secret = FindSecret(request.Parent);
        var payload = request.Payload ?? throw GoogleError.Invalid("Field payload is required.");
        if (payload.Data.Length > LargestPayload) throw GoogleError.Invalid($"The payload exceeds the maximum of {LargestPayload} bytes.");
        if (payload.HasDataCrc32C && payload.DataCrc32C != Crc32C.Of(payload.Data.Span))
            throw GoogleError.Invalid("The payload's data does not match its data_crc32c.");
        return Task.FromResult(Show(secret, store.AddVersion(secret.Location, secret.Id, [.. payload.Data.Span], payload.HasDataCrc32C)!));
    }

    public override Task<ListSecretVersionsResponse> ListSecretVersions(ListSecretVersionsRequest request, ServerCallContext context)
    {
        RefuseFilter(request.Filter);
        var secret = FindSecret(request.Parent);
        var newestFirst = secret.Versions.Reverse().ToList();
        var (items, next) = Page.Of(newestFirst, request.PageSize, request.PageToken, largest: 25_000);
        return Task.FromResult(new ListSecretVersionsResponse
        {
            Versions = { items.Select(v => Show(secret, v)) }, NextPageToken = next,
            TotalSize = newestFirst.Count
        });
    }

    public override Task<SecretVersion> GetSecretVersion(GetSecretVersionRequest request, ServerCallContext context)
    {
        var (secret, version) = FindVersion(request.Name);
        return Task.FromResult(Show(secret, version));
    }

    public override Task<AccessSecretVersionResponse> AccessSecretVersion(AccessSecretVersionRequest request, ServerCallContext context)
    {
        var (secret, version) = FindVersion(request.Name);
        var name = NameOf(secret, version);
        if (version.State != VersionState.Enabled)
            throw GoogleError.Of(StatusCode.FailedPrecondition,
                $"Secret Version [{name}] is in {version.State.ToString().ToUpperInvariant()} state.");
        var data = ByteString.CopyFrom(version.Data!.Value.AsSpan());
        return Task.FromResult(new AccessSecretVersionResponse
        {
            Name = name,
            Payload = new SecretPayload { Data = data, DataCrc32C = Crc32C.Of(data.Span) }
        });
    }

    public override Task<SecretVersion> DisableSecretVersion(DisableSecretVersionRequest request, ServerCallContext context) =>
        ChangeAsync(request.Name, request.Etag, VersionState.Disabled);

    public override Task<SecretVersion> EnableSecretVersion(EnableSecretVersionRequest request, ServerCallContext context) =>
        ChangeAsync(request.Name, request.Etag, VersionState.Enabled);

    public override Task<SecretVersion> DestroySecretVersion(DestroySecretVersionRequest request, ServerCallContext context) =>
        ChangeAsync(request.Name, request.Etag, VersionState.Destroyed);

    private Task<SecretVersion> ChangeAsync(string name, string etag, VersionState state)
    {
        var (secret, version) = FindVersion(name);
        if (etag.Length > 0 && etag != version.Etag)
            throw GoogleError.Of(StatusCode.FailedPrecondition, "The etag does not match the current one.");
        if (version.State == VersionState.Destroyed)
            throw GoogleError.Of(StatusCode.FailedPrecondition, $"Secret Version [{NameOf(secret, version)}] is in DESTROYED state.");
        return Task.FromResult(Show(secret, store.Change(secret.Location, secret.Id, version, state)));
    }

    private StoredSecret FindSecret(string name)
    {
        var scope = Scope.Of(name, "Invalid resource name.");
        var id = scope.Ids("secrets/*", "Invalid resource name.")[0];
        return store.Find(scope.Location, id)
            ?? throw GoogleError.NotFound($"Secret [{NameOf(scope.Location, id)}] not found or has no versions.");
    }

    private (StoredSecret Secret, StoredVersion Version) FindVersion(string name)
    {
        var scope = Scope.Of(name, "Invalid resource name.");
        var ids = scope.Ids("secrets/*/versions/*", "Invalid resource name.");
        var missing = GoogleError.NotFound($"Secret Version [{NameOf(scope.Location, ids[0])}/versions/{ids[1]}] not found.");
        var secret = store.Find(scope.Location, ids[0])
            ?? throw GoogleError.NotFound($"Secret [{NameOf(scope.Location, ids[0])}] not found or has no versions.");
        // "latest" is the newest version, whatever its state: a disabled one is refused, not passed over.
        var number = ids[1] == "latest" ? secret.Versions.Count
            : secret.Aliases.TryGetValue(ids[1], out var alias) ? alias
            : long.TryParse(ids[1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n
            : throw missing;
        return number >= 1 && number <= secret.Versions.Count ? (secret, secret.Versions[(int)number - 1]) : throw missing;
    }

    private static void RefuseFilter(string filter)
    {
        if (filter.Length > 0) throw GoogleError.Of(StatusCode.Unimplemented, "The local cloud has no filter in secretmanager listings.");
    }

    private static Secret Show(StoredSecret secret) => new()
    {
        Name = NameOf(secret.Location, secret.Id),
        Replication = secret.Location is null ? new Replication { Automatic = new Replication.Types.Automatic() } : null,
        CreateTime = secret.Created.ToTimestamp(),
        Labels = { secret.Labels },
        Annotations = { secret.Annotations },
        VersionAliases = { secret.Aliases },
        Etag = secret.Etag,
    };

    private static SecretVersion Show(StoredSecret secret, StoredVersion version) => new()
    {
        Name = NameOf(secret, version),
        CreateTime = version.Created.ToTimestamp(),
        DestroyTime = version.Destroyed?.ToTimestamp(),
        State = (SecretVersion.Types.State)version.State,
        Etag = version.Etag,
        ClientSpecifiedPayloadChecksum = version.Checksummed,
    };

    private static string NameOf(StoredSecret secret, StoredVersion version) =>
        $"{NameOf(secret.Location, secret.Id)}/versions/{version.Number}";

    private static string NameOf(string? location, string id) =>
        $"projects/{Estate.ProjectNumber}/{(location is null ? "" : $"locations/{location}/")}secrets/{id}";

    [GeneratedRegex("^[A-Za-z0-9_-]{1,255}$")]
    private static partial Regex SecretId();
}
