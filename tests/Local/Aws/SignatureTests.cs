using System.Net;
using System.Net.Http.Headers;
using Amazon.Runtime;
using RdsBq.Local.Aws;

namespace RdsBq.Tests.Local.Aws;

public sealed class SignatureTests
{
    [Fact]
    public async Task A_wrong_secret_does_not_match_and_a_wrong_key_id_is_unknown()
    {
        await using var aws = await AwsFixture.StartAsync();
        var wrongSecret = await aws.Rds2014(new BasicAWSCredentials(aws.Estate.AdminKeyId, "wrong")).CallAsync("DescribeDBClusters");
        Assert.Equal((HttpStatusCode.Forbidden, "SignatureDoesNotMatch"), (wrongSecret.Status, wrongSecret.Code));
        var unknown = await aws.Rds2014(new BasicAWSCredentials("AKIANOBODY", aws.Estate.AdminSecret)).CallAsync("DescribeDBClusters");
        Assert.Equal((HttpStatusCode.Forbidden, "InvalidClientTokenId"), (unknown.Status, unknown.Code));
    }

    [Fact]
    public async Task A_body_changed_after_signing_does_not_match()
    {
        await using var aws = await AwsFixture.StartAsync();
        var message = aws.Rds2014().Sign("Action=DescribeDBClusters&Version=2014-10-31"u8.ToArray());
        var type = message.Content!.Headers.ContentType;
        message.Content = new StringContent("Action=DescribeDBInstances&Version=2014-10-31");
        message.Content.Headers.ContentType = type;
        Assert.Equal("SignatureDoesNotMatch", (await QueryClient.SendAsync(message)).Code);
    }

    [Fact]
    public async Task A_request_without_signature_or_with_half_of_one_is_refused()
    {
        await using var aws = await AwsFixture.StartAsync();
        var open = new HttpRequestMessage(HttpMethod.Get,
            new Uri(aws.Cloud.QueryAddress, "/?Action=DescribeDBClusters&Version=2014-10-31"));
        Assert.Equal("MissingAuthenticationToken", (await QueryClient.SendAsync(open)).Code);
        var half = new HttpRequestMessage(HttpMethod.Get, open.RequestUri);
        half.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256",
            "Credential=x/20260101/ap-northeast-1/rds/aws4_request");
        Assert.Equal((HttpStatusCode.BadRequest, "IncompleteSignature"), await QueryClient.SendAsync(half) is var h ? (h.Status, h.Code)
            : default);
    }

    [Fact]
    public async Task A_signature_is_current_by_the_machines_clock_or_by_the_Date_header_that_clients_correct_theirs_from()
    {
        await using var aws = await AwsFixture.StartAsync();
        aws.Clock.Advance(TimeSpan.FromDays(30));
        async Task<string?> MessageAsync(DateTimeOffset time)
        {
            var day = time.UtcDateTime.ToString("yyyyMMdd");
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(aws.Cloud.QueryAddress, "/?Action=DescribeDBClusters&Version=2014-10-31"));
            request.Headers.Add("X-Amz-Date", time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'"));
            request.Headers.TryAddWithoutValidation(
                "Authorization",
                $"AWS4-HMAC-SHA256 Credential={aws.Estate.AdminKeyId}/{day}/ap-northeast-1/rds/aws4_request, SignedHeaders=host;x-amz-date, Signature=00");
            return (await QueryClient.SendAsync(request)).Message;
        }
        const string Stale = "Signature expired or not yet current.";
        var now = DateTimeOffset.UtcNow;
        Assert.Equal(Stale, await MessageAsync(now.AddMinutes(-6)));
        Assert.Equal(Stale, await MessageAsync(aws.Clock.GetUtcNow().AddMinutes(6)));
        // These pass the check of time and fail at the signature itself: by either clock, or by a correction that lags behind a fast one.
        Assert.StartsWith("The request signature we calculated", await MessageAsync(now.AddDays(7)), StringComparison.Ordinal);
        Assert.StartsWith("The request signature we calculated", await MessageAsync(now), StringComparison.Ordinal);
        Assert.StartsWith("The request signature we calculated", await MessageAsync(aws.Clock.GetUtcNow()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_of_another_service_is_refused()
    {
        await using var aws = await AwsFixture.StartAsync();
        var answer = await new QueryClient(aws.Cloud.QueryAddress, "sts", "2014-10-31", aws.Admin).CallAsync("DescribeDBClusters");
        Assert.Equal("Credential should be scoped to correct service: 'rds'.", answer.Message);
    }

    [Fact]
    public async Task A_session_needs_its_token_and_its_time()
    {
        await using var aws = await AwsFixture.StartAsync();
        var session = aws.Cloud.Credentials.IssueSession(Principals.Caller("test"), TimeSpan.FromMinutes(15));
        var expired = aws.Cloud.Credentials.IssueSession(Principals.Caller("test"), TimeSpan.FromSeconds(-1));
        Task<QueryAnswer> Call(AWSCredentials credentials) => aws.Rds2014(credentials).CallAsync("DescribeDBClusters");
        Assert.Equal(HttpStatusCode.OK,
            (await Call(new SessionAWSCredentials(session.KeyId, session.Secret, session.SessionToken))).Status);
        Assert.Equal("InvalidClientTokenId", (await Call(new SessionAWSCredentials(session.KeyId, session.Secret, "other"))).Code);
        Assert.Equal("InvalidClientTokenId", (await Call(new BasicAWSCredentials(session.KeyId, session.Secret))).Code);
        var late = await Call(new SessionAWSCredentials(expired.KeyId, expired.Secret, expired.SessionToken));
        Assert.Equal((HttpStatusCode.Forbidden, "ExpiredToken"), (late.Status, late.Code));
    }

    [Fact]
    public async Task Identity_does_not_age_with_the_local_clock()
    {
        await using var aws = await AwsFixture.StartAsync();
        var session = aws.Cloud.Credentials.IssueSession(Principals.Caller("test"), TimeSpan.FromMinutes(15));
        aws.Clock.Advance(TimeSpan.FromDays(30));
        var answer = await aws.Rds2014(new SessionAWSCredentials(session.KeyId, session.Secret, session.SessionToken)).CallAsync(
            "DescribeDBClusters");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task The_reader_may_not_call_RDS_and_the_caller_may_not_take_snapshots()
    {
        await using var aws = await AwsFixture.StartAsync();
        var reader = await aws.Rds2014(aws.Reader).CallAsync("DescribeExportTasks");
        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied"), (reader.Status, reader.Code));
        Assert.Contains("rds:DescribeExportTasks", reader.Message, StringComparison.Ordinal);
        var session = aws.Cloud.Credentials.IssueSession(Principals.Caller("test"), TimeSpan.FromMinutes(15));
        var caller = aws.Rds2014(new SessionAWSCredentials(session.KeyId, session.Secret, session.SessionToken));
        Assert.Equal("AccessDenied", (
            await caller.CallAsync("CreateDBClusterSnapshot", ("DBClusterSnapshotIdentifier", "x"), ("DBClusterIdentifier", "shop"))).Code);
    }
}
