using System.Collections.Concurrent;
using Amazon.RDS;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace RdsBq.Tests.Sdk.Rds;

/// <summary>A query service that says what it was told to, in order, and keeps what it was asked.</summary>
internal sealed class RdsStub : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(int Status, string Body)> answers = new();

    private RdsStub(WebApplication app) => this.app = app;

    public ConcurrentQueue<Asked> Requests { get; } = new();

    public Asked Only => Assert.Single(Requests);

    public string Url => app.Urls.Single();

    public static async Task<RdsStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new RdsStub(builder.Build());
        stub.app.Run(stub.AnswerAsync);
        await stub.app.StartAsync();
        return stub;
    }

    public RdsStub Says(string body, int status = 200)
    {
        answers.Enqueue((status, body));
        return this;
    }

    /// <summary>The members of one result, inside the envelope of the query protocol.</summary>
    public RdsStub SaysResult(string action, string members) => Says(
        $"""
        <{action}Response xmlns="http://rds.amazonaws.com/doc/2014-10-31/">
          <{action}Result>{members}</{action}Result>
          <ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>
        </{action}Response>
        """);

    public RdsStub SaysError(string code, int status, string message = "no") => Says(
        $"""
        <ErrorResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">
          <Error><Type>{(status < 500 ? "Sender" : "Receiver")}</Type><Code>{code}</Code><Message>{message}</Message></Error>
          <RequestId>request-1</RequestId>
        </ErrorResponse>
        """,
        status);

    public AmazonRDSClient Client() => new(
        new SessionAWSCredentials("AKIDEXAMPLE", "secret", "session-token"),
        new AmazonRDSConfig { ServiceURL = Url, AuthenticationRegion = "ap-northeast-1" });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        Requests.Enqueue(new Asked(
            $"{context.Request.Method} {context.Request.Path}",
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            QueryHelpers.ParseQuery(body).ToDictionary(f => f.Key, f => f.Value.ToString())));
        if (!answers.TryDequeue(out var answer)) await Task.Delay(Timeout.Infinite, context.RequestAborted);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "text/xml";
        context.Response.Headers["x-amzn-RequestId"] = "request-1";
        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }

    internal sealed record Asked(string Line, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Form);
}
