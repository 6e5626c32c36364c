using Amazon;
using Amazon.IdentityManagement;
using Amazon.KeyManagementService;
using Amazon.RDS;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;

namespace RdsBq.Cloud.Aws;

/// <summary>
/// The AWS clients of one process, each signing for <paramref name="region"/>. With an endpoint of our own the SDK would sign for us-east-1
/// unless AuthenticationRegion says otherwise, so every configuration says it.
/// </summary>
public sealed class AwsClients(string region, CloudClock clock)
{
    /// <summary>Answers of RDS, STS and S3's small reads take well under this; a connection that hangs is given up and tried again by the SDK.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// STS without credentials: the web identity is the credential. It is asked on the way of another call, whose own answer tells the time.
    /// </summary>
    public IAmazonSecurityTokenService Sts(string? endpoint) =>
        new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials(), Configure(new AmazonSecurityTokenServiceConfig(), endpoint));

    /// <summary>STS as somebody: who that is, and what time it is where signatures are checked.</summary>
    /// <param name="credentials">Null: the default chain of the SDK. The same for the services below.</param>
    public IAmazonSecurityTokenService Sts(string? endpoint, AWSCredentials? credentials)
    {
        var config = Configure(new AmazonSecurityTokenServiceConfig(), endpoint);
        return clock.Watch(credentials is null ? new AmazonSecurityTokenServiceClient(config) : new AmazonSecurityTokenServiceClient(credentials, config));
    }

    public IAmazonRDS Rds(string? endpoint, AWSCredentials? credentials)
    {
        var config = Configure(new AmazonRDSConfig(), endpoint);
        return clock.Watch(credentials is null ? new AmazonRDSClient(config) : new AmazonRDSClient(credentials, config));
    }

    public IAmazonS3 S3(string? endpoint, AWSCredentials? credentials)
    {
        var config = Configure(new AmazonS3Config(), endpoint);
        config.ForcePathStyle = endpoint is not null;
        return clock.Watch(credentials is null ? new AmazonS3Client(config) : new AmazonS3Client(credentials, config));
    }

    public IAmazonKeyManagementService Kms(string? endpoint, AWSCredentials? credentials)
    {
        var config = Configure(new AmazonKeyManagementServiceConfig(), endpoint);
        return clock.Watch(credentials is null ? new AmazonKeyManagementServiceClient(config) : new AmazonKeyManagementServiceClient(credentials, config));
    }

    /// <summary>
    /// IAM is one service a partition and wants to be signed for that one's region, which the SDK's rules know; an endpoint of our own has none.
    /// </summary>
    public IAmazonIdentityManagementService Iam(string? endpoint, AWSCredentials? credentials)
    {
        var config = Configure(new AmazonIdentityManagementServiceConfig(), endpoint);
        config.AuthenticationRegion = endpoint is null ? null : "us-east-1";
        return clock.Watch(credentials is null ? new AmazonIdentityManagementServiceClient(config) : new AmazonIdentityManagementServiceClient(credentials, config));
    }

    private T Configure<T>(T config, string? endpoint)
        where T : ClientConfig
    {
        // One excludes the other, and the last one set wins.
        if (endpoint is null) config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        else config.ServiceURL = endpoint;
        config.AuthenticationRegion = region;
        config.Timeout = Timeout;
        config.MaxErrorRetry = 4;
        return config;
    }
}
