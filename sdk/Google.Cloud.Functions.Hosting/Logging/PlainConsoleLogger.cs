using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>One readable line an entry; scopes and exceptions follow on lines of their own.</summary>
internal sealed class PlainConsoleLogger(string category, TextWriter console, ConsoleLoggerProvider provider)
    : ConsoleLogger(category, provider)
{
    protected override void Write(LogLevel level, object? state, Exception? exception, string message)
    {
        var name = level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} [{Category}] [{name}] {message}");
        var scopes = new List<string>();
        Scopes.ForEachScope((scope, list) => list.Add(Scope(scope)), scopes);
        if (scopes.Count > 0) text.AppendLine().Append("Scopes: [").AppendJoin(", ", scopes).Append(']');
        if (exception is not null) text.AppendLine().Append(Text(exception));
        console.WriteLine(text.ToString());
    }

    private static string Scope(object? scope) => scope is IEnumerable<KeyValuePair<string, object>> pairs
        ? $"{{ {string.Join(", ", pairs.Select(pair => $"{pair.Key}: {Text(pair.Value)}"))} }}"
        : Text(scope);
}
