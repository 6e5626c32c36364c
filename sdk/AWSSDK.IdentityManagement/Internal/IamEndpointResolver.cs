using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util;

namespace Amazon.IdentityManagement.Internal;

/// <summary>Fills the endpoint rules' parameters from the config.</summary>
internal sealed class IamEndpointResolver : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;
        var region = requestContext.Request.AlternateEndpoint ?? config.RegionEndpoint;
        return new EndpointParameters
        {
            ["Region"] = region?.SystemName ?? RegionOfOverride(config),
            ["UseDualStack"] = config.UseDualstackEndpoint,
            ["UseFIPS"] = config.UseFIPSEndpoint,
            ["Endpoint"] = config.ServiceURL,
        };
    }

    private static string RegionOfOverride(IClientConfig config)
    {
        if (string.IsNullOrEmpty(config.ServiceURL)) return null;
        if (!string.IsNullOrEmpty(config.AuthenticationRegion)) return config.AuthenticationRegion;
        return AWSSDKUtils.DetermineRegion(config.ServiceURL);
    }
}
