using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace RdsBq.Export.Logging;

/// <summary>The two forms of a log line.</summary>
internal static class LineFormats
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For people: time, level where it is worth a word, message.</summary>
    public static string Plain(DateTimeOffset time, LogLevel level, string message, IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        var word = level switch
        {
            LogLevel.Warning => "warning: ",
            LogLevel.Error or LogLevel.Critical => "error: ",
            _ => "",
        };
        return $"{time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} {word}{message}";
    }

    /// <summary>For Cloud Logging: one JSON object a line (https://cloud.google.com/logging/docs/structured-logging).</summary>
    public static LineFormat Structured(IReadOnlyList<KeyValuePair<string, string>> always) => (time, level, message, labels) =>
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteString("severity", Severity(level));
            json.WriteString("message", message);
            json.WriteString("time", time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteStartObject("logging.googleapis.com/labels");
            // A message's value wins over one that is always there: a JSON object with one name twice is refused.
            foreach (var (name, value) in always.Concat(labels).GroupBy(l => l.Key, StringComparer.Ordinal).Select(g => g.Last())) json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    };

    private static string Severity(LogLevel level) => level switch
    {
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        LogLevel.Critical => "CRITICAL",
        _ => "DEBUG",
    };
}
