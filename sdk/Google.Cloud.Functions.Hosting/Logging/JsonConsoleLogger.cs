using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>One JSON object a line, as Cloud Logging reads it (https://cloud.google.com/logging/docs/structured-logging).</summary>
internal sealed class JsonConsoleLogger(string category, TextWriter console, ConsoleLoggerProvider provider)
    : ConsoleLogger(category, provider)
{
    protected override void Write(LogLevel level, object? state, Exception? exception, string message)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("message", message);
            writer.WriteString("category", Category);
            if (exception is not null) writer.WriteString("exception", Text(exception));
            writer.WriteString("severity", Severity(level));
            WriteParameters(writer, state);
            WriteScopes(writer);
            writer.WriteEndObject();
        }
        console.WriteLine(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    private static string Severity(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        _ => "CRITICAL",
    };

    private static void WriteParameters(Utf8JsonWriter writer, object? state)
    {
        if (state is not IEnumerable<KeyValuePair<string, object>> parameters) return;
        var pairs = parameters.ToList();
        if (pairs.Count == 0 || pairs is [{ Key: "{OriginalFormat}" }]) return;
        writer.WriteStartObject("format_parameters");
        foreach (var (key, value) in pairs.Where(pair => !string.IsNullOrEmpty(pair.Key)))
            writer.WriteString(char.IsDigit(key[0]) ? "_" + key : key, Text(value));
        writer.WriteEndObject();
    }

    private void WriteScopes(Utf8JsonWriter writer)
    {
        var scopes = new List<object?>();
        Scopes.ForEachScope((scope, list) => list.Add(scope), scopes);
        if (scopes.Count == 0) return;
        writer.WriteStartArray("scopes");
        foreach (var scope in scopes)
        {
            if (scope is IEnumerable<KeyValuePair<string, object>> pairs)
            {
                writer.WriteStartObject();
                foreach (var (key, value) in pairs.Where(pair => !string.IsNullOrEmpty(pair.Key))) writer.WriteString(key, Text(value));
                writer.WriteEndObject();
            }
            else
            {
                writer.WriteStringValue(Text(scope));
            }
        }
        writer.WriteEndArray();
    }
}
