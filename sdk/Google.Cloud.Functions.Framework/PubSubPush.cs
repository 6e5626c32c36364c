using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudNative.CloudEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Framework;

/// <summary>
/// A wrapped Pub/Sub push (https://cloud.google.com/pubsub/docs/push) as the event that Eventarc would have sent for it.
/// The legacy events of first-generation functions are left out: they are refused.
/// </summary>
internal static partial class PubSubPush
{
    private const string MessagePublished = "google.cloud.pubsub.topic.v1.messagePublished";
    private const string UnknownTopic = "projects/unknown-project!/topics/unknown-topic!";
    private const string Json = "application/json";

    // Keys that only legacy events have: a push with one of them is malformed. Any other key (deliveryAttempt) is ignored.
    private static readonly string[] LegacyKeys = ["data", "context", "domain", "eventId", "eventType", "params", "timestamp"];

    private static readonly CloudEventAttribute TopicAttribute =
        CloudEventAttribute.CreateExtension("topic", CloudEventAttributeType.String);

    public static CloudEvent Read(HttpRequest request, ReadOnlyMemory<byte> body, CloudEventFormatter formatter, ILogger logger)
    {
        if (request.ContentType != Json) throw new ConversionException("Unable to convert request to CloudEvent.");
        using var document = JsonDocument.Parse(body);
        var (message, subscription, messageId) = Parts(document.RootElement);
        var (resource, topic) = Topic(request.Path, logger);
        var published = PublishTime(message);
        var cloudEvent = new CloudEvent
        {
            Id = messageId,
            Type = MessagePublished,
            Source = new Uri($"//pubsub.googleapis.com/{resource}", UriKind.RelativeOrAbsolute),
            Time = published,
            DataContentType = Json,
            [TopicAttribute] = topic,
        };
        formatter.DecodeBinaryModeEventData(Data(message, subscription, messageId, published), cloudEvent);
        return cloudEvent;
    }

    private static (JsonElement Message, string Subscription, string MessageId) Parts(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new ConversionException("Request body is not a JSON object.");
        if (Member(root, "message") is not { ValueKind: JsonValueKind.Object } message
            || Member(root, "subscription") is not { ValueKind: JsonValueKind.String } subscription)
            throw new ConversionException("Request is malformed; it must contain both 'message' and 'subscription' properties.");
        if (LegacyKeys.Any(key => Member(root, key) is not null))
            throw new ConversionException(
                "Request is malformed; raw Pub/Sub request must contain only 'message' and 'subscription' properties.");
        if (Member(message, "messageId") is not { ValueKind: JsonValueKind.String } id || id.GetString() is not { Length: > 0 } text)
            throw new ConversionException("Request is malformed; raw Pub/Sub message must contain a 'message.messageId' string property.");
        return (message, subscription.GetString()!, text);
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The topic is only known where the push endpoint's path names it; Pub/Sub itself does not send it.</summary>
    private static (string Resource, string Topic) Topic(PathString path, ILogger logger)
    {
        var resource = path.Value is { Length: > 0 } value ? value[1..] : "";
        if (!TopicName().IsMatch(resource))
        {
            logger.LogWarning("Request path is no Pub/Sub topic name: the event will contain the unknown topic '{Topic}'.", UnknownTopic);
            resource = UnknownTopic;
        }
        return (resource, resource[(resource.LastIndexOf('/') + 1)..]);
    }

    private static DateTimeOffset? PublishTime(JsonElement message) =>
        Member(message, "publishTime") is { ValueKind: JsonValueKind.String } text
        && DateTimeOffset.TryParseExact(
            text.GetString(), "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    private static ReadOnlyMemory<byte> Data(JsonElement message, string subscription, string messageId, DateTimeOffset? published)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("message");
            foreach (var property in message.EnumerateObject())
            {
                if (property.NameEquals("messageId") || (published is not null && property.NameEquals("publishTime"))) continue;
                property.WriteTo(writer);
            }
            writer.WriteString("messageId", messageId);
            if (published is { } time)
                writer.WriteString("publishTime", time.UtcDateTime.ToString(
                    time.Ticks % TimeSpan.TicksPerMillisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'",
                    CultureInfo.InvariantCulture));
            writer.WriteEndObject();
            writer.WriteString("subscription", subscription);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    [GeneratedRegex("^projects/[^/]+/topics/[^/]+$")]
    private static partial Regex TopicName();
}
