using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>Gives each category a console logger, and all of them the request's scopes.</summary>
internal sealed class ConsoleLoggerProvider(bool json, TextWriter console) : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentDictionary<string, ConsoleLogger> loggers = new();

    public IExternalScopeProvider Scopes { get; private set; } = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) => loggers.GetOrAdd(
        categoryName,
        category => json ? new JsonConsoleLogger(category, console, this) : new PlainConsoleLogger(category, console, this));

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    public void Dispose()
    {
    }
}
