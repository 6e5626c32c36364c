using System.Net;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using RdsBq.Local;

namespace RdsBq.Tests.Local.Aws;

public sealed class StsTests
{
    private static AssumeRoleWithWebIdentityRequest Request(string token, string role = Estate.CallerRoleArn) =>
        new() { RoleArn = role, RoleSessionName = "nightly", WebIdentityToken = token };

    private static async Task<string> MetadataTokenAsync(AwsFixture aws, string audience)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { { "Metadata-Flavor", "Google" } } };
        var path = $"/computeMetadata/v1/instance/service-accounts/default/identity?audience={Uri.EscapeDataString(audience)}&format=full";
        return await http.GetStringAsync(new Uri(aws.Cloud.Metadata.Address, path));
    }

    private static async Task<AmazonSecurityTokenServiceException> RefusedAsync(AwsFixture aws, AssumeRoleWithWebIdentityRequest request)
    {
        using var sts = aws.Sts(new AnonymousAWSCredentials());
        return await Assert.ThrowsAnyAsync<AmazonSecurityTokenServiceException>(() => sts.AssumeRoleWithWebIdentityAsync(request));
    }

    [Fact]
    public async Task A_token_of_the_metadata_server_buys_a_session_that_works()
    {
        await using var aws = await AwsFixture.StartAsync();
        using var sts = aws.Sts(new AnonymousAWSCredentials());
        var answer = await sts.AssumeRoleWithWebIdentityAsync(Request(await MetadataTokenAsync(aws, Estate.TokenAudience)));
        Assert.StartsWith("ASIA", answer.Credentials.AccessKeyId, StringComparison.Ordinal);
        Assert.Equal((Estate.ServiceAccountId, Estate.ServiceAccountId), (answer.SubjectFromWebIdentityToken, answer.Audience));
        Assert.InRange(answer.Credentials.Expiration!.Value.ToUniversalTime(), DateTime.UtcNow.AddMinutes(59),
            DateTime.UtcNow.AddMinutes(61));

        using var session = aws.Sts(answer.Credentials);
        var identity = await session.GetCallerIdentityAsync(new GetCallerIdentityRequest());
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/rdsbq-caller/nightly", identity.Arn);
        Assert.Equal(HttpStatusCode.OK, (await aws.Rds2014(answer.Credentials).CallAsync("DescribeDBClusterSnapshots")).Status);
    }

    [Fact]
    public async Task The_trust_policy_pins_subject_audience_and_role()
    {
        await using var aws = await AwsFixture.StartAsync();
        var identity = aws.Cloud.Metadata.Identity;
        var good = identity.IdToken(Estate.TokenAudience, withEmail: false);
        string[] untrusted =
        [
            await MetadataTokenAsync(aws, "https://other.example"),
            identity.IdToken(Estate.TokenAudience, false, c => c["sub"] = "999"),
            identity.IdToken(Estate.TokenAudience, false, c => c["azp"] = "999"),
            // Without azp the condition key :aud is the audience itself, which is not the unique id.
            identity.IdToken(Estate.TokenAudience, false, c => c.Remove("azp")),
        ];
        foreach (var token in untrusted)
        {
            var refused = await RefusedAsync(aws, Request(token));
            Assert.Equal(("AccessDenied", HttpStatusCode.Forbidden), (refused.ErrorCode, refused.StatusCode));
        }
        Assert.Equal("AccessDenied", (await RefusedAsync(aws, Request(good, "arn:aws:iam::123456789012:role/other-role"))).ErrorCode);
    }

    [Fact]
    public async Task Tokens_that_are_not_Googles_or_no_tokens_are_invalid()
    {
        await using var aws = await AwsFixture.StartAsync();
        using var other = new RdsBq.Local.Metadata.GoogleIdentity(TimeProvider.System);
        var identity = aws.Cloud.Metadata.Identity;
        var good = identity.IdToken(Estate.TokenAudience, false).Split('.');
        var changed = identity.IdToken("https://other.example", false).Split('.');
        string[] invalid =
        [
            "not-a-token", "a.b.c", identity.AccessToken().Token, other.IdToken(Estate.TokenAudience, false),
                $"{good[0]}.{good[1]}.{changed[2]}",
            identity.IdToken(Estate.TokenAudience, false, c => c["iss"] = "https://issuer.example"),
            identity.IdToken(Estate.TokenAudience, false, c => c.Remove("sub")),
        ];
        foreach (var token in invalid) Assert.Equal("InvalidIdentityToken", (await RefusedAsync(aws, Request(token))).ErrorCode);
        var past = DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds();
        var expired = await RefusedAsync(aws, Request(identity.IdToken(Estate.TokenAudience, false, c => c["exp"] = past)));
        Assert.Equal("ExpiredTokenException", expired.ErrorCode);
    }

    [Fact]
    public async Task Parameters_are_checked_and_what_is_left_out_says_so()
    {
        await using var aws = await AwsFixture.StartAsync();
        var token = aws.Cloud.Metadata.Identity.IdToken(Estate.TokenAudience, false);
        async Task<string> CodeAsync(Action<AssumeRoleWithWebIdentityRequest> change)
        {
            var request = Request(token);
            change(request);
            return (await RefusedAsync(aws, request)).ErrorCode;
        }
        Assert.Equal("ValidationError", await CodeAsync(r => r.DurationSeconds = 7200));
        Assert.Equal("ValidationError", await CodeAsync(r => r.ProviderId = "www.amazon.com"));
        Assert.Equal("NotImplemented", await CodeAsync(r => r.Policy = "{}"));
        var byHand = new QueryClient(aws.Cloud.QueryAddress, "sts", "2011-06-15", aws.Admin);
        (string, string)[] fields = [("RoleArn", Estate.CallerRoleArn), ("WebIdentityToken", token)];
        Assert.Equal("ValidationError",
            (await byHand.CallAsync("AssumeRoleWithWebIdentity", [.. fields, ("RoleSessionName", "with space")])).Code);
        Assert.Equal("ValidationError",
            (await byHand.CallAsync("AssumeRoleWithWebIdentity", [.. fields, ("RoleSessionName", "ok"), ("DurationSeconds", "600")])).Code);
        Assert.Equal("ValidationError", (await byHand.CallAsync("AssumeRoleWithWebIdentity", fields)).Code);
        var assume = await byHand.CallAsync("AssumeRole");
        Assert.Equal((HttpStatusCode.NotImplemented, "NotImplemented"), (assume.Status, assume.Code));
    }
}
