using System.Collections;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SlackNet.Json;

/// <summary>Slack's JSON: snake_case, nulls left out, and every value written as the type that it is.</summary>
internal static class Wire
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(object value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options)) WriteTo(writer, value);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static T Read<T>(byte[] json) => JsonSerializer.Deserialize(json, TypeInfo<T>());

    public static JsonTypeInfo<T> TypeInfo<T>() => SlackJson.Default.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new NotSupportedException($"This subset of SlackNet does not read or write {typeof(T)}.");

    private static void WriteTo(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case IReadOnlyDictionary<string, object> members:
                writer.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    if (member is null) continue;
                    writer.WritePropertyName(name);
                    WriteTo(writer, member);
                }
                writer.WriteEndObject();
                break;
            case IEnumerable items and not string:
                writer.WriteStartArray();
                foreach (var item in items) WriteTo(writer, item);
                writer.WriteEndArray();
                break;
            default:
                var type = SlackJson.Default.GetTypeInfo(value.GetType())
                    ?? throw new NotSupportedException($"This subset of SlackNet does not write {value.GetType()}.");
                JsonSerializer.Serialize(writer, value, type);
                break;
        }
    }
}
