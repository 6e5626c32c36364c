using System.Text.Json.Serialization;
using Newtonsoft.Json.Linq;
using SlackNet.Json;

namespace SlackNet;

/// <summary>What an app attaches to a message for itself and other apps (https://docs.slack.dev/messaging/message-metadata).</summary>
[JsonConverter(typeof(MessageMetadataConverter))]
public class MessageMetadata
{
    public string EventType { get; set; }

    /// <summary>
    /// An object whose values are strings, numbers, booleans, flat objects of those, or arrays. A string that looks like a date is read as
    /// a date, and a date is written without its time of day: give times another form.
    /// </summary>
    public JToken EventPayload { get; set; }
}
