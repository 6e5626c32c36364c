using Amazon.RDS.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace Amazon.RDS;

/// <summary>
/// Region, endpoint and retry settings. <see cref="ClientConfig"/> itself reads <c>AWS_ENDPOINT_URL_RDS</c>, <c>AWS_ENDPOINT_URL</c>
/// and <c>AWS_REGION</c>. As in the genuine package, an endpoint override is signed for us-east-1 unless
/// <see cref="ClientConfig.AuthenticationRegion"/> is set.
/// </summary>
public partial class AmazonRDSConfig : ClientConfig
{
    private static readonly string AgentText = InternalSDKUtils.BuildUserAgentString("RDS", "4.0.0");

    public AmazonRDSConfig()
        : base(new DefaultConfigurationProvider(DefaultModes.All))
    {
        base.ServiceId = "RDS";
        AuthenticationServiceName = "rds";
        EndpointProvider = new RdsEndpointProvider();
    }

    public static new string ServiceId => "RDS";

    public override string RegionEndpointServiceName => "rds";

    public override string ServiceVersion => QueryRequest.ApiVersion;

    public override string UserAgent => AgentText;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        var request = new DefaultRequest(parameters.Request, "Amazon.RDS") { AlternateEndpoint = parameters.AlternateEndpoint };
        var context = new RequestContext(enableMetrics: false, clientSigner: null)
        {
            ClientConfig = this,
            OriginalRequest = parameters.Request,
            Request = request,
        };
        return new RdsEndpointResolver().GetEndpoint(new Amazon.Runtime.Internal.ExecutionContext(context, null));
    }
}
