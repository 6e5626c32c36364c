using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using RdsBq.Local;
using RdsBq.Local.Aws;
using RdsBq.Local.Hosting;
using RdsBq.Local.Rds;
using RdsBq.Local.S3;

namespace RdsBq.Tests.Local.Aws;

/// <summary>The AWS side on a clock that only the test moves, with an exporter that the test finishes.</summary>
internal sealed class AwsFixture : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rdsbq-aws-").FullName;
    private readonly ObjectStore store;

    private AwsFixture(LocalClock clock)
    {
        Clock = clock;
        Journal = new Journal(clock);
        store = new ObjectStore(Path.Combine(folder, "objects"), clock);
    }

    public LocalClock Clock { get; }

    public Journal Journal { get; }

    public Faults Faults { get; } = new();

    public Estate Estate { get; } = Estate.Create(new Random(7));

    public ObjectStore Store => store;

    public AwsCloud Cloud { get; private set; } = null!;

    public RdsWorld Rds => Cloud.Rds;

    /// <summary>The jobs that the exporter was given.</summary>
    public List<ExportJob> Jobs { get; } = [];

    /// <summary>What the exporter does; writes nothing and is done at once unless the test says otherwise.</summary>
    public Exporter Exporter { get; set; } = (_, _, _) => Task.FromResult(new ExportOutcome(0.25, null));

    public static async Task<AwsFixture> StartAsync()
    {
        var fixture = new AwsFixture(new LocalClock(TimeProvider.System, 0));
        fixture.Cloud = await AwsCloud.StartAsync(
            fixture.Clock, fixture.Journal, fixture.Faults, fixture.Estate, fixture.Store, (job, progress, token) =>
            {
                lock (fixture.Jobs) fixture.Jobs.Add(job);
                return fixture.Exporter(job, progress, token);
            });
        return fixture;
    }

    public QueryClient Rds2014(AWSCredentials? credentials = null) => new(Cloud.QueryAddress, "rds", "2014-10-31", credentials ?? Admin);

    public AWSCredentials Admin => new BasicAWSCredentials(Estate.AdminKeyId, Estate.AdminSecret);

    public AWSCredentials Reader => new BasicAWSCredentials(Estate.ReaderKeyId, Estate.ReaderSecret);

    public AmazonS3Client S3(AWSCredentials credentials, string region = Estate.Region) => new(credentials, new AmazonS3Config
    {
        ServiceURL = Cloud.S3Address.ToString(), ForcePathStyle = true, AuthenticationRegion = region, MaxErrorRetry = 0,
    });

    public AmazonSecurityTokenServiceClient Sts(AWSCredentials credentials) => new(credentials, new AmazonSecurityTokenServiceConfig
    {
        ServiceURL = Cloud.QueryAddress.ToString(), AuthenticationRegion = Estate.Region, MaxErrorRetry = 0,
    });

    /// <summary>The variables that point the AWS CLI at the local cloud, and at nothing of the machine's own.</summary>
    public Dictionary<string, string?> CliEnvironment(string keyId, string secret) => new()
    {
        ["AWS_ACCESS_KEY_ID"] = keyId,
        ["AWS_SECRET_ACCESS_KEY"] = secret,
        ["AWS_SESSION_TOKEN"] = null,
        ["AWS_PROFILE"] = null,
        ["AWS_REGION"] = Estate.Region,
        ["AWS_DEFAULT_REGION"] = Estate.Region,
        ["AWS_CONFIG_FILE"] = Path.Combine(folder, "config"),
        ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(folder, "credentials"),
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_ENDPOINT_URL_RDS"] = Cloud.QueryAddress.ToString(),
        ["AWS_ENDPOINT_URL_STS"] = Cloud.QueryAddress.ToString(),
        ["AWS_ENDPOINT_URL_S3"] = Cloud.S3Address.ToString(),
        ["AWS_MAX_ATTEMPTS"] = "1",
        ["AWS_PAGER"] = "",
    };

    public string TempFile(string name) => Path.Combine(folder, name);

    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
