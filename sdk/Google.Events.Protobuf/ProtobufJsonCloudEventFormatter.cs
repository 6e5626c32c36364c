using System.Net.Mime;
using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Core;
using CloudNative.CloudEvents.SystemTextJson;
using Google.Protobuf;

namespace Google.Events.Protobuf;

/// <summary>Reads and writes events whose data is a protobuf message in JSON; reads <c>application/protobuf</c> too.</summary>
public class ProtobufJsonCloudEventFormatter<T> : CloudEventFormatter
    where T : class, IMessage<T>, new()
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly Structured StructuredFormatter = new();

    public override void DecodeBinaryModeEventData(ReadOnlyMemory<byte> body, CloudEvent cloudEvent)
    {
        if (body.IsEmpty)
        {
            cloudEvent.Data = null;
            return;
        }
        if (new ContentType(cloudEvent.DataContentType ?? "application/json").MediaType == "application/protobuf")
        {
            var message = new T();
            message.MergeFrom(body.Span);
            cloudEvent.Data = message;
            return;
        }
        using var reader = new StreamReader(BinaryDataUtilities.AsStream(body));
        cloudEvent.Data = Parser.Parse<T>(reader);
    }

    public override CloudEvent DecodeStructuredModeMessage(
        ReadOnlyMemory<byte> body, ContentType? contentType, IEnumerable<CloudEventAttribute>? extensionAttributes) =>
        StructuredFormatter.DecodeStructuredModeMessage(body, contentType, extensionAttributes);

    public override IReadOnlyList<CloudEvent> DecodeBatchModeMessage(
        ReadOnlyMemory<byte> body, ContentType? contentType, IEnumerable<CloudEventAttribute>? extensionAttributes) =>
        StructuredFormatter.DecodeBatchModeMessage(body, contentType, extensionAttributes);

    public override ReadOnlyMemory<byte> EncodeBinaryModeEventData(CloudEvent cloudEvent) =>
        cloudEvent.Data is T data ? Encoding.UTF8.GetBytes(data.ToString()!) : ReadOnlyMemory<byte>.Empty;

    public override ReadOnlyMemory<byte> EncodeStructuredModeMessage(CloudEvent cloudEvent, out ContentType contentType) =>
        StructuredFormatter.EncodeStructuredModeMessage(cloudEvent, out contentType);

    public override ReadOnlyMemory<byte> EncodeBatchModeMessage(IEnumerable<CloudEvent> cloudEvents, out ContentType contentType) =>
        StructuredFormatter.EncodeBatchModeMessage(cloudEvents, out contentType);

    private sealed class Structured : JsonEventFormatter
    {
        protected override void EncodeStructuredModeData(CloudEvent cloudEvent, Utf8JsonWriter writer)
        {
            writer.WritePropertyName("data");
            writer.WriteRawValue(cloudEvent.Data!.ToString()!);
        }

        protected override void DecodeStructuredModeDataProperty(JsonElement dataElement, CloudEvent cloudEvent) =>
            cloudEvent.Data = dataElement.ValueKind == JsonValueKind.Object
                ? Parser.Parse<T>(dataElement.GetRawText())
                : throw new InvalidOperationException("Expected Data property to have an object value");

        protected override void DecodeStructuredModeDataBase64Property(JsonElement dataBase64Element, CloudEvent cloudEvent) =>
            throw new InvalidOperationException("Expected Data property to be set");
    }
}
