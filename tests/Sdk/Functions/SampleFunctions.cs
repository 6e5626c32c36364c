using CloudNative.CloudEvents;
using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting;
using Google.Events.Protobuf.Cloud.PubSub.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RdsBq.Sdk.Tests.Functions;

/// <summary>What a sample function was given.</summary>
public sealed class Inbox
{
    public List<(CloudEvent Event, MessagePublishedData? Data)> Messages { get; } = [];

    public List<CloudEvent> Untyped { get; } = [];

    public HashSet<object> Objects { get; } = [];
}

public sealed class Listens(Inbox inbox) : ICloudEventFunction<MessagePublishedData>
{
    public Task HandleAsync(CloudEvent cloudEvent, MessagePublishedData data, CancellationToken cancellationToken)
    {
        inbox.Messages.Add((cloudEvent, data));
        inbox.Objects.Add(this);
        return Task.CompletedTask;
    }
}

public sealed class ListensUntyped(Inbox inbox) : ICloudEventFunction
{
    public Task HandleAsync(CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        inbox.Untyped.Add(cloudEvent);
        return Task.CompletedTask;
    }
}

public sealed class Fails : ICloudEventFunction<MessagePublishedData>
{
    public Task HandleAsync(CloudEvent cloudEvent, MessagePublishedData data, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("the function's own trouble");
}

[FunctionsStartup(typeof(SecondStartup), Order = 2)]
[FunctionsStartup(typeof(FirstStartup), Order = 1)]
public sealed class Greets(Greeting greeting, IConfiguration configuration, ILogger<Greets> logger) : IHttpFunction
{
    public async Task HandleAsync(HttpContext context)
    {
        using var scope = logger.BeginScope("request {Id}", 7);
        logger.LogWarning("greeting {Whom} \"{What}\"", greeting.Whom, "<é>");
        if (context.Request.Query.ContainsKey("throw")) throw new InvalidOperationException("asked to throw");
        await context.Response.WriteAsync($"Hello, {greeting.Whom} of {configuration["Place"]}; {context.Response.Headers["X-Order"]}");
    }
}

public sealed record Greeting(string Whom);

public class FirstStartup : FunctionsStartup
{
    public override void ConfigureAppConfiguration(WebHostBuilderContext context, IConfigurationBuilder configuration) =>
        configuration.AddInMemoryCollection([new("Place", "Tokyo")]);

    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services) =>
        services.AddSingleton(new Greeting("first"));

    public override void ConfigureLogging(WebHostBuilderContext context, ILoggingBuilder logging) =>
        logging.AddFilter("Microsoft", LogLevel.Information);

    public override void Configure(WebHostBuilderContext context, IApplicationBuilder app) => app.Use((request, next) =>
    {
        request.Response.Headers.Append("X-Order", GetType().Name);
        return next();
    });
}

public sealed class SecondStartup : FirstStartup
{
    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services) =>
        services.AddSingleton(new Greeting("second"));
}
