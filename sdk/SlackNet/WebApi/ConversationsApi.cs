using SlackNet.Events;
using Args = System.Collections.Generic.Dictionary<string, object>;

namespace SlackNet.WebApi;

public interface IConversationsApi
{
    /// <summary>A channel's messages, newest first (https://docs.slack.dev/reference/methods/conversations.history).</summary>
    Task<ConversationHistoryResponse> History(
        string channelId, string latestTs = null, string oldestTs = null, bool inclusive = false, int limit = 100,
        bool includeAllMetadata = false, string cursor = null, CancellationToken cancellationToken = default);

    /// <summary>One channel (https://docs.slack.dev/reference/methods/conversations.info).</summary>
    Task<Conversation> Info(
        string channelId, bool includeLocale = false, bool includeNumMembers = false, CancellationToken cancellationToken = default);

    /// <summary>A thread's messages, its parent first (https://docs.slack.dev/reference/methods/conversations.replies).</summary>
    Task<ConversationMessagesResponse> Replies(
        string channelId, string threadTs, string latestTs = null, string oldestTs = null, bool inclusive = false, int limit = 10,
        bool includeAllMetadata = false, string cursor = null, CancellationToken cancellationToken = default);
}

public class ConversationsApi(ISlackApiClient client) : IConversationsApi
{
    public Task<ConversationHistoryResponse> History(
        string channelId, string latestTs = null, string oldestTs = null, bool inclusive = false, int limit = 100,
        bool includeAllMetadata = false, string cursor = null, CancellationToken cancellationToken = default) =>
        client.Get<ConversationHistoryResponse>(
            "conversations.history",
            new Args
            {
                ["channel"] = channelId,
                ["cursor"] = cursor,
                ["inclusive"] = inclusive,
                ["latest"] = latestTs,
                ["limit"] = limit,
                ["oldest"] = oldestTs,
                ["include_all_metadata"] = includeAllMetadata,
            },
            cancellationToken);

    public async Task<Conversation> Info(
        string channelId, bool includeLocale = false, bool includeNumMembers = false, CancellationToken cancellationToken = default)
    {
        var response = await client.Get<ConversationResponse>(
            "conversations.info",
            new Args { ["channel"] = channelId, ["include_locale"] = includeLocale, ["include_num_members"] = includeNumMembers },
            cancellationToken).ConfigureAwait(false);
        return response.Channel;
    }

    public Task<ConversationMessagesResponse> Replies(
        string channelId, string threadTs, string latestTs = null, string oldestTs = null, bool inclusive = false, int limit = 10,
        bool includeAllMetadata = false, string cursor = null, CancellationToken cancellationToken = default) =>
        client.Get<ConversationMessagesResponse>(
            "conversations.replies",
            new Args
            {
                ["channel"] = channelId,
                ["ts"] = threadTs,
                ["cursor"] = cursor,
                ["inclusive"] = inclusive,
                ["latest"] = latestTs,
                ["limit"] = limit,
                ["include_all_metadata"] = includeAllMetadata,
                ["oldest"] = oldestTs,
            },
            cancellationToken);
}

public class ConversationMessagesResponse
{
    public IList<MessageEvent> Messages { get; set; } = new List<MessageEvent>();
    public bool HasMore { get; set; }
    public ResponseMetadata ResponseMetadata { get; set; } = new();
}

public class ConversationHistoryResponse : ConversationMessagesResponse
{
    public string Latest { get; set; }
    public int PinCount { get; set; }
}

public class ResponseMetadata
{
    /// <summary>Empty or null on the last page.</summary>
    public string NextCursor { get; set; }
}

public class ConversationResponse
{
    public Conversation Channel { get; set; }
}
