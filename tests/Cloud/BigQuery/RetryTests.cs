using RdsBq.Cloud.BigQuery;

namespace RdsBq.Cloud.Tests.BigQuery;

public sealed class RetryTests(Tokens tokens) : IClassFixture<Tokens>
{
    private const string Done = """{"jobComplete":true,"jobReference":{"projectId":"local-project","jobId":"j"}}""";

    [Theory]
    [InlineData(429, "")]
    [InlineData(500, "")]
    [InlineData(502, "<html><h1>Bad gateway</h1></html>")]
    [InlineData(503, "Service Unavailable")]
    [InlineData(504, "")]
    [InlineData(403, """{"error":{"code":403,"message":"slow down","errors":[{"reason":"rateLimitExceeded"}]}}""")]
    [InlineData(403, """{"error":{"code":403,"message":"slow down","errors":[{"reason":"jobRateLimitExceeded"}]}}""")]
    [InlineData(400, """{"error":{"code":400,"message":"again","errors":[{"reason":"jobBackendError"}]}}""")]
    [InlineData(400, """{"error":{"code":400,"message":"again","errors":[{"reason":"jobInternalError"}]}}""")]
    public async Task What_passes_is_tried_again_whole_and_signed(int status, string body)
    {
        using var stubbed = new StubbedBigQuery(tokens, (status, body), (200, Done));
        await stubbed.QueryAsync();
        Assert.Equal(2, stubbed.Requests.Count);
        Assert.Equal(stubbed.Requests[0], stubbed.Requests[1]);
        Assert.StartsWith("Bearer ya29.", stubbed.Requests[1].Authorization, StringComparison.Ordinal);
        Assert.True(stubbed.Elapsed > TimeSpan.Zero, "It did not wait.");
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again()
    {
        using var stubbed = new StubbedBigQuery(tokens, null, null, (200, Done));
        await stubbed.QueryAsync();
        Assert.Equal(3, stubbed.Requests.Count);
    }

    [Theory]
    [InlineData(400, "invalidQuery")]
    [InlineData(401, "authError")]
    [InlineData(403, "accessDenied")]
    [InlineData(403, "quotaExceeded")]
    [InlineData(404, "notFound")]
    [InlineData(409, "duplicate")]
    [InlineData(412, "conditionNotMet")]
    [InlineData(501, "notImplemented")]
    public async Task What_does_not_pass_is_said_at_once(int status, string reason)
    {
        var body = $$$"""{"error":{"code":{{{status}}},"message":"no, because","errors":[{"reason":"{{{reason}}}"}]}}""";
        using var stubbed = new StubbedBigQuery(tokens, (status, body));
        var e = await Assert.ThrowsAsync<BigQueryException>(stubbed.QueryAsync);
        Assert.Equal((status, reason), ((int)e.Status, e.Reason));
        Assert.Contains("no, because", e.Message, StringComparison.Ordinal);
        Assert.Single(stubbed.Requests);
    }

    [Fact]
    public async Task It_gives_up_after_six_attempts_within_minutes()
    {
        using var stubbed = new StubbedBigQuery(tokens, (503, ""));
        var e = await Assert.ThrowsAsync<BigQueryException>(stubbed.QueryAsync);
        Assert.True(e.IsPassing);
        Assert.Equal(6, stubbed.Requests.Count);
        Assert.InRange(stubbed.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5 * 33));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>no</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"error":"invalid_grant"}""")]
    [InlineData("""{"error":{"code":400}}""")]
    [InlineData("""{"error":{"code":"400","message":"text","errors":[]}}""")]
    [InlineData("""{"error":{"code":400,"message":"text","errors":[null]}}""")]
    [InlineData("""{"error":{"code":400,"message":"text"},"more":{}}""")]
    public async Task An_error_in_any_shape_is_an_error_with_its_status(string body)
    {
        using var stubbed = new StubbedBigQuery(tokens, (400, body));
        var e = await Assert.ThrowsAsync<BigQueryException>(stubbed.QueryAsync);
        Assert.Equal((400, ""), ((int)e.Status, e.Reason));
        Assert.Single(stubbed.Requests);
    }
}
