using Amazon.IdentityManagement.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace Amazon.IdentityManagement;

/// <summary>
/// Region, endpoint and retry settings. IAM is one service a partition: whatever the region, it is called at the partition's own endpoint
/// and signed for the region of that. An endpoint override (<c>AWS_ENDPOINT_URL_IAM</c>) is signed for us-east-1 unless
/// <see cref="ClientConfig.AuthenticationRegion"/> is set.
/// </summary>
public partial class AmazonIdentityManagementServiceConfig : ClientConfig
{
    private static readonly string AgentText = InternalSDKUtils.BuildUserAgentString("IAM", "4.0.0");

    public AmazonIdentityManagementServiceConfig()
        : base(new DefaultConfigurationProvider(DefaultModes.All))
    {
        base.ServiceId = "IAM";
        AuthenticationServiceName = "iam";
        EndpointProvider = new IamEndpointProvider();
    }

    public static new string ServiceId => "IAM";

    public override string RegionEndpointServiceName => "iam";

    public override string ServiceVersion => GetRoleMarshaller.ApiVersion;

    public override string UserAgent => AgentText;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        var request = new DefaultRequest(parameters.Request, "Amazon.IdentityManagement") { AlternateEndpoint = parameters.AlternateEndpoint };
        var context = new RequestContext(enableMetrics: false, clientSigner: null)
        {
            ClientConfig = this,
            OriginalRequest = parameters.Request,
            Request = request,
        };
        return new IamEndpointResolver().GetEndpoint(new Amazon.Runtime.Internal.ExecutionContext(context, null));
    }
}
