using Amazon;
using Amazon.RDS;
using Amazon.RDS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace RdsBq.Tests.Sdk.Rds;

public sealed class Signing
{
    private static readonly BasicAWSCredentials Keys = new("AKIDEXAMPLE", "secret");

    [Fact]
    public async Task A_request_to_another_endpoint_is_signed_for_the_region_that_the_config_names()
    {
        await using var stub = await RdsStub.StartAsync();
        using var client = stub.SaysResult("DescribeExportTasks", "").Client();
        await client.DescribeExportTasksAsync(new DescribeExportTasksRequest());

        var authorization = stub.Only.Headers["Authorization"];
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/", authorization, StringComparison.Ordinal);
        Assert.Contains("/ap-northeast-1/rds/aws4_request", authorization, StringComparison.Ordinal);
        Assert.Contains("x-amz-security-token", authorization, StringComparison.Ordinal);
        Assert.Equal("session-token", stub.Only.Headers["X-Amz-Security-Token"]);
    }

    /// <summary>AWSSDK.Core forgets the region of a config once the endpoint comes from elsewhere; callers set both.</summary>
    [Theory]
    [InlineData("ap-northeast-1", "/ap-northeast-1/rds/aws4_request")]
    [InlineData(null, "/us-east-1/rds/aws4_request")]
    public async Task The_endpoint_variable_of_the_service_is_honoured(string? authenticationRegion, string scope)
    {
        await using var stub = await RdsStub.StartAsync();
        stub.SaysResult("DescribeExportTasks", "");

        // The SDK reads the variable from the process itself; the other tests here name their endpoint, which comes first.
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_RDS", stub.Url);
        try
        {
            var config = new AmazonRDSConfig { RegionEndpoint = RegionEndpoint.APNortheast1, AuthenticationRegion = authenticationRegion };
            using var client = new AmazonRDSClient(Keys, config);
            await client.DescribeExportTasksAsync(new DescribeExportTasksRequest());
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_RDS", null);
        }
        Assert.Contains(scope, stub.Only.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ap-northeast-1", false, false, "https://rds.ap-northeast-1.amazonaws.com/")]
    [InlineData("cn-north-1", false, false, "https://rds.cn-north-1.amazonaws.com.cn/")]
    [InlineData("us-east-1", true, false, "https://rds-fips.us-east-1.amazonaws.com/")]
    [InlineData("us-gov-west-1", true, false, "https://rds.us-gov-west-1.amazonaws.com/")]
    [InlineData("eu-west-1", false, true, "https://rds.eu-west-1.api.aws/")]
    public void The_endpoint_follows_the_region_and_the_partition(string region, bool fips, bool dualStack, string expected)
    {
        var config = new AmazonRDSConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
            IgnoreConfiguredEndpointUrls = true,
        };
        var endpoint = config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new DescribeExportTasksRequest()));
        Assert.Equal(expected, endpoint.URL);
    }

    [Fact]
    public void Every_constructor_leads_to_a_client()
    {
        using var byRegion = new AmazonRDSClient(Keys, RegionEndpoint.EUWest1);
        using var byConfig = new AmazonRDSClient(new AmazonRDSConfig { RegionEndpoint = RegionEndpoint.EUWest1 });
        using var byRegionOnly = new AmazonRDSClient(RegionEndpoint.EUWest1);
        Assert.All([byRegion, byConfig, byRegionOnly], c => Assert.Equal("eu-west-1", c.Config.RegionEndpoint.SystemName));
    }
}
