using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using static Amazon.Runtime.Internal.Endpoints.StandardLibrary.Fn;

namespace Amazon.RDS.Internal;

/// <summary>The service's endpoint rules: an override as given, else <c>rds[-fips].{region}.{suffix of the partition}</c>.</summary>
internal sealed class RdsEndpointProvider : IEndpointProvider
{
    /// <exception cref="AmazonClientException">The settings contradict each other or the partition lacks what they ask for.</exception>
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
        if (fips && !partition.supportsFIPS) throw new AmazonClientException("FIPS is enabled but this partition does not support FIPS");
        if (dualStack && !partition.supportsDualStack)
            throw new AmazonClientException("DualStack is enabled but this partition does not support DualStack");

        // GovCloud's ordinary endpoints are FIPS endpoints already.
        var host = fips && (dualStack || partition.name != "aws-us-gov") ? "rds-fips" : "rds";
        return new Endpoint($"https://{host}.{region}.{(dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix)}");
    }
}
