using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Aws;
using RdsBq.Cloud.Google;
using RdsBq.Export.Settings;
using RdsBq.Export.Verbs;

namespace RdsBq.Export;

/// <summary>Composes the verbs and their clients by hand. Nothing is called before a verb asks for it.</summary>
internal sealed class Wiring : IDisposable
{
    private readonly JobSettings settings;
    private readonly TimeProvider time;
    private readonly AwsClients aws;
    private readonly Lazy<AWSCredentials?> credentials;
    private readonly List<IDisposable> owned = [];

    public Wiring(JobSettings settings, ILogger log, TimeProvider time)
    {
        this.settings = settings;
        this.time = time;
        Log = log;
        Clock = new CloudClock(time);
        aws = new AwsClients(settings.Region, Clock);
        Google = new GoogleAuth(settings.Endpoints.MetadataHost);
        credentials = new Lazy<AWSCredentials?>(Credentials);
    }

    public ILogger Log { get; }

    /// <summary>AWS's time, as soon as AWS has answered once.</summary>
    public CloudClock Clock { get; }

    public GoogleAuth Google { get; }

    public ExportVerb ExportVerb() => new(Rds(), Clock, settings, Log);

    public ExportFollower ExportFollower(TimeSpan poll) => new(Rds(), LoadTick(retry: false), time, poll, Log);

    public Rds Rds() => new(Own(aws.Rds(settings.Endpoints.Rds, credentials.Value)));

    public ExportFiles ExportFiles() => new(Own(aws.S3(settings.Endpoints.S3, credentials.Value)));

    public void Dispose()
    {
        foreach (var one in owned) one.Dispose();
    }

    private AWSCredentials? Credentials() => settings.Federation is not { } federation ? null : Own(new FederatedCredentials(
        aws.Sts(settings.Endpoints.Sts), token => Google.GetIdTokenAsync(federation.Audience, token), federation.RoleArn, $"rdsbq-{settings.Env}"));

    private T Own<T>(T one)
        where T : IDisposable
    {
        owned.Add(one);
        return one;
    }
}
