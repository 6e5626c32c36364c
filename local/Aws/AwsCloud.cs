using RdsBq.Local.Hosting;
using RdsBq.Local.Iam;
using RdsBq.Local.Kms;
using RdsBq.Local.Metadata;
using RdsBq.Local.Rds;
using RdsBq.Local.S3;
using RdsBq.Local.Sts;

namespace RdsBq.Local.Aws;

/// <summary>The AWS side with the metadata server whose tokens STS trusts, wired and running.</summary>
public sealed class AwsCloud : IAsyncDisposable
{
    private readonly QueryServer query;
    private readonly S3Server s3;
    private readonly KmsServer kms;
    private readonly CancellationTokenSource stop = new();
    private readonly Task pump;

    private AwsCloud(QueryServer query, S3Server s3, KmsServer kms, MetadataServer metadata, CredentialStore credentials, RdsWorld rds)
    {
        this.query = query;
        this.s3 = s3;
        this.kms = kms;
        Metadata = metadata;
        Credentials = credentials;
        Rds = rds;
        pump = rds.RunAsync(stop.Token);
    }

    /// <summary>For <c>AWS_ENDPOINT_URL_RDS</c>, <c>AWS_ENDPOINT_URL_STS</c> and <c>AWS_ENDPOINT_URL_IAM</c>.</summary>
    public Uri QueryAddress => query.Address;

    /// <summary>For <c>AWS_ENDPOINT_URL_S3</c>.</summary>
    public Uri S3Address => s3.Address;

    /// <summary>For <c>AWS_ENDPOINT_URL_KMS</c>.</summary>
    public Uri KmsAddress => kms.Address;

    /// <summary>
    /// Its address without scheme is <c>GCE_METADATA_HOST</c>; its Identity checks the access tokens that Google services are shown.
    /// </summary>
    public MetadataServer Metadata { get; }

    public CredentialStore Credentials { get; }

    public RdsWorld Rds { get; }

    public KeyRing Keys { get; private init; } = null!;

    public Roles Roles { get; private init; } = null!;

    /// <param name="store">Shared with whoever else reads or writes objects; the export bucket is made here where it is missing.</param>
    public static async Task<AwsCloud> StartAsync(
        LocalClock clock, Journal journal, Faults faults, Estate estate, ObjectStore store, Exporter exporter,
        IReadOnlyList<RdsSource>? sources = null, CancellationToken token = default)
    {
        store.CreateBucket(Estate.Bucket, Estate.Region);
        store.SetConfiguration(Estate.Bucket, "lifecycle", Lifecycle.Expiring("expire-exports", $"{Estate.Prefix}/", 14));
        store.SetConfiguration(Estate.Bucket, "encryption", BucketConfiguration.Encryption(Estate.KmsKeyArn));
        store.SetConfiguration(Estate.Bucket, "publicAccessBlock", BucketConfiguration.PublicAccessBlock());
        var (keys, roles) = (new KeyRing(), new Roles());
        var credentials = new CredentialStore(estate, clock.Machine);
        var rds = new RdsWorld(clock, faults, store, exporter, sources, keys);
        var metadata = await MetadataServer.StartAsync(clock, journal, faults, token);
        IQueryService[] services = [new RdsService(rds), new StsService(credentials, metadata.Identity.PublicKey, clock.Machine), new IamService(roles, clock.Machine)];
        var query = await QueryServer.StartAsync(clock, journal, faults, credentials, services, token);
        var s3 = await S3Server.StartAsync(clock, journal, faults, credentials, store, token);
        var kms = await KmsServer.StartAsync(clock, journal, faults, credentials, keys, token);
        return new AwsCloud(query, s3, kms, metadata, credentials, rds) { Keys = keys, Roles = roles };
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await pump;
        await query.DisposeAsync();
        await s3.DisposeAsync();
        await kms.DisposeAsync();
        await Metadata.DisposeAsync();
        Rds.Dispose();
        stop.Dispose();
    }
}
