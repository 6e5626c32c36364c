using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RdsBq.Sdk.Tests.Functions;

/// <summary>A function behind a real Kestrel on a port of its own, put together from the framework's public parts.</summary>
internal sealed class FunctionHost<TFunction> : IAsyncDisposable
    where TFunction : class
{
    private readonly IHost host;

    private FunctionHost(IHost host, RecordingLoggers logs)
    {
        this.host = host;
        Logs = logs;
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public HttpClient Client { get; }

    public RecordingLoggers Logs { get; }

    public IServiceProvider Services => host.Services;

    public static async Task<FunctionHost<TFunction>> StartAsync(Action<IServiceCollection>? services = null)
    {
        var logs = new RecordingLoggers();
        var host = new HostBuilder()
            .ConfigureWebHostDefaults(web => web
                .ConfigureAppConfiguration(configuration => configuration.AddFunctionsCommandLine(["--port", "0"]))
                .ConfigureLogging(logging => logging.ClearProviders().AddProvider(logs))
                .ConfigureKestrelForFunctionsFramework()
                .ConfigureServices(s => services?.Invoke(s))
                .ConfigureServices(s => s.AddFunctionTarget<TFunction>())
                .UseFunctionsStartups(typeof(TFunction).Assembly, typeof(TFunction))
                .Configure((context, app) => app.UseFunctionsFramework(context)))
            .Build();
        await host.StartAsync();
        return new FunctionHost<TFunction>(host, logs);
    }

    public async Task<HttpStatusCode> PostAsync(string path, string body, string contentType, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.StopAsync();
        host.Dispose();
    }
}

internal sealed class RecordingLoggers : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => new Recorder(lines);

    public void Dispose()
    {
    }

    private sealed class Recorder(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception?.Message}");
    }
}
