using Args = System.Collections.Generic.Dictionary<string, object>;

namespace SlackNet.WebApi;

public interface IChatApi
{
    /// <summary>Deletes a message (https://docs.slack.dev/reference/methods/chat.delete).</summary>
    /// <remarks>A parent with replies leaves a message of subtype tombstone in its place.</remarks>
    Task<MessageTsResponse> Delete(string ts, string channelId, CancellationToken cancellationToken = default);

    /// <summary>Posts a message (https://docs.slack.dev/reference/methods/chat.postMessage). A repeat posts twice.</summary>
    Task<PostMessageResponse> PostMessage(Message message, CancellationToken cancellationToken = default);

    /// <summary>Replaces a message's text and blocks (https://docs.slack.dev/reference/methods/chat.update).</summary>
    Task<MessageUpdateResponse> Update(MessageUpdate messageUpdate, CancellationToken cancellationToken = default);
}

public class ChatApi : IChatApi
{
    // Attachments are left out of the subset; the genuine client sends the empty list.
    private static readonly object[] NoAttachments = [];

    private readonly ISlackApiClient client;

    public ChatApi(ISlackApiClient client, SlackJsonSettings jsonSettings) => this.client = client;

    public Task<MessageTsResponse> Delete(string ts, string channelId, CancellationToken cancellationToken = default) =>
        client.Post<MessageTsResponse>(
            "chat.delete", new Args { ["ts"] = ts, ["channel"] = channelId }, cancellationToken);

    public Task<PostMessageResponse> PostMessage(Message message, CancellationToken cancellationToken = default) =>
        client.Post<PostMessageResponse>(
            "chat.postMessage",
            new Args
            {
                ["channel"] = message.Channel,
                ["text"] = message.Text,
                ["parse"] = message.Parse,
                ["link_names"] = message.LinkNames,
                ["attachments"] = NoAttachments,
                ["blocks"] = message.Blocks,
                ["unfurl_links"] = message.UnfurlLinks,
                ["unfurl_media"] = message.UnfurlMedia,
                ["username"] = message.Username,
                ["as_user"] = message.AsUser,
                ["icon_url"] = message.IconUrl,
                ["icon_emoji"] = message.IconEmoji,
                ["thread_ts"] = message.ThreadTs,
                ["reply_broadcast"] = message.ReplyBroadcast,
                ["metadata"] = message.MetadataJson,
            },
            cancellationToken);

    public Task<MessageUpdateResponse> Update(MessageUpdate messageUpdate, CancellationToken cancellationToken = default) =>
        client.Post<MessageUpdateResponse>(
            "chat.update",
            new Args
            {
                ["ts"] = messageUpdate.Ts,
                ["channel"] = messageUpdate.ChannelId,
                ["text"] = messageUpdate.Text,
                ["blocks"] = messageUpdate.Blocks,
                ["parse"] = messageUpdate.Parse,
                ["link_names"] = messageUpdate.LinkNames,
                ["as_user"] = messageUpdate.AsUser,
            },
            cancellationToken);
}
