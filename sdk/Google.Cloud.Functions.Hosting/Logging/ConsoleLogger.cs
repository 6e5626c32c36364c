using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

internal abstract class ConsoleLogger(string category, ConsoleLoggerProvider provider) : ILogger
{
    // Kestrel's "heartbeat has been running slow": normal where an instance gets no CPU between requests.
    private const int HeartbeatSlow = 22;

    private readonly bool isKestrel = category == "Microsoft.AspNetCore.Server.Kestrel";

    protected string Category => category;

    protected IExternalScopeProvider Scopes => provider.Scopes;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (isKestrel && eventId.Id == HeartbeatSlow) return;
        var message = formatter(state, exception);
        if (!string.IsNullOrEmpty(message)) Write(logLevel, state, exception, message);
    }

    protected abstract void Write(LogLevel level, object? state, Exception? exception, string message);

    protected static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
