using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace SlackNet.Json;

/// <summary>Token by token between the two libraries: nothing of Newtonsoft's that needs reflection.</summary>
internal sealed class MessageMetadataConverter : System.Text.Json.Serialization.JsonConverter<MessageMetadata>
{
    private const string Kind = "event_type";
    private const string Payload = "event_payload";

    // The genuine client's, for reading and writing: a token that is a date loses its time of day.
    private const string DateFormat = "yyyy-MM-dd";

    public override MessageMetadata Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var metadata = JsonElement.ParseValue(ref reader);
        return new MessageMetadata
        {
            EventType = metadata.TryGetProperty(Kind, out var kind) ? kind.GetString() : null,
            EventPayload = metadata.TryGetProperty(Payload, out var payload) ? Token(payload.GetRawText()) : null,
        };
    }

    public override void Write(Utf8JsonWriter writer, MessageMetadata value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.EventType is not null) writer.WriteString(Kind, value.EventType);
        if (value.EventPayload is not null)
        {
            writer.WritePropertyName(Payload);
            writer.WriteRawValue(Text(value.EventPayload));
        }
        writer.WriteEndObject();
    }

    private static JToken Token(string json)
    {
        using var reader = new JsonTextReader(new StringReader(json)) { DateFormatString = DateFormat };
        return JToken.ReadFrom(reader);
    }

    private static string Text(JToken token)
    {
        using var text = new StringWriter();
        using (var writer = new JsonTextWriter(text) { DateFormatString = DateFormat }) token.WriteTo(writer);
        return text.ToString();
    }
}
