using Amazon;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using RdsBq.Tests.Kit;
using RdsBq.Tests.Sdk.Rds;

namespace RdsBq.Tests.Sdk.Iam;

public sealed class GetRole
{
    private static readonly SessionAWSCredentials Keys = new("AKIDEXAMPLE", "secret", "session-token");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_role_is_read_with_its_trust_policy_as_the_service_sends_it(bool compact)
    {
        await using var stub = await RdsStub.StartAsync();
        const string body =
            """
            <GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
              <GetRoleResult>
                <Role>
                  <Path>/service/</Path>
                  <Arn>arn:aws:iam::123456789012:role/service/rds-export</Arn>
                  <RoleName>rds-export</RoleName>
                  <AssumeRolePolicyDocument>%7B%22Version%22%3A%222012-10-17%22%7D</AssumeRolePolicyDocument>
                  <CreateDate>2026-04-01T17:05:33Z</CreateDate>
                  <RoleLastUsed><Region>eu-west-1</Region></RoleLastUsed>
                  <RoleId>AROAEXAMPLE</RoleId>
                  <MaxSessionDuration>3600</MaxSessionDuration>
                </Role>
              </GetRoleResult>
              <ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>
            </GetRoleResponse>
            """;
        stub.Says(compact ? """<?xml version="1.0" encoding="utf-8"?>""" + string.Concat(body.Split('\n').Select(l => l.Trim())) : body);
        using var client = Client(stub.Url);

        var answer = await client.GetRoleAsync(new GetRoleRequest { RoleName = "rds-export" });

        Assert.Equal("request-1", answer.ResponseMetadata.RequestId);
        Assert.Equal(
            ("/service/", "arn:aws:iam::123456789012:role/service/rds-export", "rds-export", "AROAEXAMPLE", (int?)3600, (string?)null),
            (answer.Role.Path, answer.Role.Arn, answer.Role.RoleName, answer.Role.RoleId, answer.Role.MaxSessionDuration, answer.Role.Description));
        Assert.Equal("%7B%22Version%22%3A%222012-10-17%22%7D", answer.Role.AssumeRolePolicyDocument);
        Assert.Equal(new DateTime(2026, 4, 1, 17, 5, 33, DateTimeKind.Utc), answer.Role.CreateDate!.Value.ToUniversalTime());
        Assert.Equal(("GetRole", "2010-05-08", "rds-export"), (stub.Only.Form["Action"], stub.Only.Form["Version"], stub.Only.Form["RoleName"]));
        Assert.Contains("/us-east-1/iam/aws4_request", stub.Only.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_of_the_model_have_their_own_exceptions_and_others_do_not()
    {
        await using var stub = await RdsStub.StartAsync();
        using var client = Client(stub.SaysError("NoSuchEntity", 404).SaysError("AccessDenied", 403).Url);
        await Assert.ThrowsAsync<NoSuchEntityException>(() => client.GetRoleAsync(new GetRoleRequest { RoleName = "none" }));
        var denied = await Assert.ThrowsAsync<AmazonIdentityManagementServiceException>(() => client.GetRoleAsync(new GetRoleRequest { RoleName = "any" }));
        Assert.Equal("AccessDenied", denied.ErrorCode);
    }

    [Theory]
    [InlineData("ap-northeast-1", false, false, "https://iam.amazonaws.com/")]
    [InlineData("us-east-1", true, false, "https://iam-fips.amazonaws.com/")]
    [InlineData("eu-west-1", false, true, "https://iam.global.api.aws/")]
    [InlineData("cn-northwest-1", false, false, "https://iam.cn-north-1.amazonaws.com.cn/")]
    [InlineData("us-gov-east-1", true, false, "https://iam.us-gov.amazonaws.com/")]
    public void The_endpoint_is_the_partitions(string region, bool fips, bool dualStack, string expected)
    {
        var config = new AmazonIdentityManagementServiceConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
            IgnoreConfiguredEndpointUrls = true,
        };
        Assert.Equal(expected, config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new GetRoleRequest())).URL);
    }

    /// <summary>Whatever the region of the rest, IAM takes signatures for its own only: looked at where the request would leave.</summary>
    [Theory]
    [InlineData("ap-northeast-1", "/us-east-1/iam/aws4_request")]
    [InlineData("cn-northwest-1", "/cn-north-1/iam/aws4_request")]
    [InlineData("us-gov-east-1", "/us-gov-west-1/iam/aws4_request")]
    public async Task Without_an_override_the_signature_is_for_the_partitions_own_region(string region, string scope)
    {
        var factory = new Capture();
        using var client = new AmazonIdentityManagementServiceClient(
            Keys,
            new AmazonIdentityManagementServiceConfig
            {
                RegionEndpoint = RegionEndpoint.GetBySystemName(region), IgnoreConfiguredEndpointUrls = true, HttpClientFactory = factory, MaxErrorRetry = 0,
            });
        await Assert.ThrowsAnyAsync<Exception>(() => client.GetRoleAsync(new GetRoleRequest { RoleName = "any" }));
        Assert.Contains(scope, Assert.Single(factory.Authorizations), StringComparison.Ordinal);
    }

    [RequiresFact("moto_server")]
    public async Task A_role_of_moto_is_found_and_an_unknown_one_is_not()
    {
        await using var moto = await MotoServer.StartAsync();
        const string trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"export.rds.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
        await AskAsync(moto, ("Action", "CreateRole"), ("Version", "2010-05-08"), ("RoleName", "rds-export"), ("AssumeRolePolicyDocument", trust));
        using var client = Client(moto.Address.ToString());
        var role = (await client.GetRoleAsync(new GetRoleRequest { RoleName = "rds-export" })).Role;
        Assert.Equal(trust, Uri.UnescapeDataString(role.AssumeRolePolicyDocument));
        await Assert.ThrowsAsync<NoSuchEntityException>(() => client.GetRoleAsync(new GetRoleRequest { RoleName = "none" }));
    }

    private static AmazonIdentityManagementServiceClient Client(string url) => new(Keys, new AmazonIdentityManagementServiceConfig { ServiceURL = url });

    private static async Task AskAsync(MotoServer moto, params (string Name, string Value)[] fields)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, moto.Address);
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260401/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=00");
        request.Content = new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));
        using var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Lets no request out, and keeps how each was signed.</summary>
    private sealed class Capture : HttpClientFactory
    {
        public List<string> Authorizations { get; } = [];

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(Authorizations));

        private sealed class Handler(List<string> authorizations) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                authorizations.AddRange(request.Headers.GetValues("Authorization"));
                throw new HttpRequestException("nobody is to be asked");
            }
        }
    }
}
