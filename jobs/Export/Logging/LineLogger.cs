using Microsoft.Extensions.Logging;

namespace RdsBq.Export.Logging;

/// <summary>How a log entry becomes one line.</summary>
/// <param name="labels">The message's own named values.</param>
internal delegate string LineFormat(DateTimeOffset time, LogLevel level, string message, IReadOnlyList<KeyValuePair<string, string>> labels);

/// <summary>Logs lines of one format to one sink.</summary>
internal sealed class LineLoggerProvider(LogSink sink, LineFormat format, TimeProvider time) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new LineLogger(sink, format, time);

    public void Dispose()
    {
    }
}

internal sealed class LineLogger(LogSink sink, LineFormat format, TimeProvider time) : ILogger
{
    // The template itself, as Microsoft.Extensions.Logging passes it beside the values.
    private const string Template = "{OriginalFormat}";

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        // The exception's own text stays out: whoever logs one says in the message what of it is fit to be read.
        var message = Redaction.Of(formatter(state, exception));
        var labels = state is IReadOnlyList<KeyValuePair<string, object?>> values
            ? values.Where(v => v.Key != Template && v.Value is not null).Select(v => KeyValuePair.Create(v.Key, Redaction.Of(v.Value!.ToString() ?? ""))).ToList()
            : [];
        sink.Write(format(time.GetUtcNow(), logLevel, message, labels));
    }
}
