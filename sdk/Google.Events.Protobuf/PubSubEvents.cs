using CloudNative.CloudEvents;
using Google.Protobuf;

namespace Google.Events.Protobuf.Cloud.PubSub.V1;

[CloudEventFormatter(typeof(ProtobufJsonCloudEventFormatter<MessagePublishedData>))]
public partial class MessagePublishedData
{
    /// <summary>CloudEvent type of a published message.</summary>
    public const string MessagePublishedCloudEventType = "google.cloud.pubsub.topic.v1.messagePublished";
}

public partial class PubsubMessage
{
    /// <summary>The message's data as UTF-8 text; decoded and encoded on each use.</summary>
    public string TextData
    {
        get => Data.ToStringUtf8();
        set => Data = ByteString.CopyFromUtf8(value ?? throw new ArgumentNullException(nameof(value)));
    }
}
