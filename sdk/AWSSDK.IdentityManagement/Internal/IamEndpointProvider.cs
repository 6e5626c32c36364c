using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using static Amazon.Runtime.Internal.Endpoints.StandardLibrary.Fn;

namespace Amazon.IdentityManagement.Internal;

/// <summary>
/// The service's endpoint rules: an override as given, else the one endpoint of the region's partition, signed for the partition's own
/// region. Left out: the partitions aws-iso and aws-eusc, whose names follow no rule.
/// </summary>
internal sealed class IamEndpointProvider : IEndpointProvider
{
    /// <exception cref="AmazonClientException">The settings contradict each other or the partition is not known here.</exception>
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var region = (string)parameters["Region"];
        var fips = Equals(parameters["UseFIPS"], true);
        var dualStack = Equals(parameters["UseDualStack"], true);
        if (parameters["Endpoint"] is string { Length: > 0 } given)
        {
            if (fips) throw new AmazonClientException("Invalid Configuration: FIPS and custom endpoint are not supported");
            if (dualStack) throw new AmazonClientException("Invalid Configuration: Dualstack and custom endpoint are not supported");
            return new Endpoint(given);
        }
        var partition = region is null ? null : Partition(region);
        if (partition is null) throw new AmazonClientException("Invalid Configuration: Missing Region");
        var prefix = fips ? "iam-fips" : "iam";
        return partition.name switch
        {
            "aws" => At(dualStack ? $"https://{prefix}.global.api.aws" : $"https://{prefix}.amazonaws.com", "us-east-1"),
            "aws-cn" when fips => throw new AmazonClientException("FIPS is enabled but this partition does not support FIPS"),
            "aws-cn" => At(dualStack ? "https://iam.global.api.amazonwebservices.com.cn" : "https://iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            // GovCloud's ordinary endpoints are FIPS endpoints already.
            "aws-us-gov" => At(dualStack ? "https://iam.us-gov.api.aws" : "https://iam.us-gov.amazonaws.com", "us-gov-west-1"),
            var other => throw new AmazonClientException($"Invalid Configuration: no endpoint is known for the partition {other}"),
        };
    }

    private static Endpoint At(string url, string signingRegion) => new(
        url, $$"""{"authSchemes":[{"name":"sigv4","signingRegion":"{{signingRegion}}"}]}""", "{}");
}
