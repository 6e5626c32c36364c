using System.Text.Json;
using System.Text.Json.Serialization;

namespace SlackNet.Json;

/// <summary>What every reply has: <c>ok</c>; the rest is read once it is known whether it is an answer or an error.</summary>
internal sealed class WebApiResponse
{
    public bool Ok { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement> Data { get; set; } = [];

    public T Read<T>()
        where T : class
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in Data)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return Wire.Read<T>(stream.ToArray());
    }
}
