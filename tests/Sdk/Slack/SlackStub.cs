using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SlackNet;

namespace RdsBq.Sdk.Tests.Slack;

/// <summary>Answers every request from a queue, and keeps what was asked.</summary>
internal sealed class SlackStub : IAsyncDisposable, ISlackUrlBuilder
{
    private readonly WebApplication app;

    private SlackStub(WebApplication app) => this.app = app;

    public ConcurrentQueue<Func<HttpContext, Task>> Answers { get; } = new();

    public ConcurrentQueue<(string Method, string Url, string Body, string Authorization, string? ContentType)> Requests { get; } = new();

    public static async Task<SlackStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var stub = new SlackStub(app);
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(stub.AnswerAsync);
        await app.StartAsync();
        return stub;
    }

    public string Url(string apiMethod, Dictionary<string, object> args) =>
        Default.UrlBuilder().Url(apiMethod, args).Replace("https://slack.com", app.Urls.Single(), StringComparison.Ordinal);

    public SlackApiClient Client(HttpClient? http = null) =>
        new(http is null ? Default.Http() : Default.Http(getHttpClient: () => http), this, Default.JsonSettings(), "xoxb-1");

    public void Answer(string body, int status = 200, string contentType = "application/json; charset=utf-8", string? retryAfter = null) =>
        Answers.Enqueue(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
            return context.Response.WriteAsync(body);
        });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = context.Request;
        var body = await reader.ReadToEndAsync();
        var url = request.Path + request.QueryString;
        Requests.Enqueue((request.Method, url, body, request.Headers.Authorization.ToString(), request.ContentType));
        Assert.True(Answers.TryDequeue(out var answer), "an answer is scripted");
        await answer!(context);
    }
}
