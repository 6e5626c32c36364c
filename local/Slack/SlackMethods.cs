using System.Text.Json.Nodes;

namespace RdsBq.Local.Slack;

/// <summary>The Web API's methods (https://docs.slack.dev/reference/methods).</summary>
internal sealed class SlackMethods(SlackChannels channels, SlackRates rates, SlackScopes scopes, string token)
{
    private const int TextTruncated = 40_000;

    public async Task AnswerAsync(HttpContext context)
    {
        var arguments = await SlackWire.ArgumentsAsync(context);
        var called = SlackWire.MethodOf(context);
        var answer = Refusal(context, arguments, called) ?? called switch
        {
            "auth.test" => AuthTest($"{context.Request.Scheme}://{context.Request.Host}/"),
            "chat.postMessage" => Post(context, arguments),
            "chat.update" => Update(arguments),
            "chat.delete" => Delete(arguments),
            "conversations.info" => In(arguments, c => new JsonObject { ["ok"] = true, ["channel"] = Show(c) }),
            "conversations.history" => Read(arguments, SlackHistory.Of),
            "conversations.replies" => Read(arguments, SlackHistory.Thread),
            var method => new JsonObject { ["ok"] = false, ["error"] = "unknown_method", ["req_method"] = method },
        };
        await SlackWire.WriteAsync(context, answer);
    }

    private JsonObject? Refusal(HttpContext context, JsonObject arguments, string method)
    {
        if (Unauthorized(context, arguments) is { } code) return SlackApi.Failure(code);
        if (scopes.Check(context, method) is { } missing) return missing;
        return rates.Call(method) is { } seconds ? TooMany(context, seconds) : null;
    }

    private static JsonObject TooMany(HttpContext context, int seconds)
    {
        context.Response.StatusCode = 429;
        context.Response.Headers.RetryAfter = $"{seconds}";
        return SlackApi.Failure("ratelimited");
    }

    private string? Unauthorized(HttpContext context, JsonObject arguments)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var given = header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..] : SlackWire.Text(arguments,
            "token");
        return given.Length == 0 ? "not_authed" : given == token ? null : "invalid_auth";
    }

    private static JsonObject AuthTest(string url) => new()
    {
        ["ok"] = true,
        ["url"] = url,
        ["team"] = "Local",
        ["user"] = "rdsbq",
        ["team_id"] = "T0LOCAL",
        ["user_id"] = SlackAuthor.Own.User,
        ["bot_id"] = SlackAuthor.Own.Bot,
    };

    private JsonObject Post(HttpContext context, JsonObject arguments)
    {
        if (Content(arguments, out var text, out var blocks) is { } failure) return failure;
        if (channels.Find(SlackWire.Text(arguments, "channel")) is not { } channel) return SlackApi.Failure("channel_not_found");
        if (!channel.IsMember) return SlackApi.Failure("not_in_channel");
        if (channel.IsArchived) return SlackApi.Failure("is_archived");
        if (rates.Post(channel.Id) is { } seconds) return TooMany(context, seconds);
        var thread = SlackWire.Text(arguments, "thread_ts") is { Length: > 0 } ts ? ts : null;
        var message = channels.Post(
            channel, SlackAuthor.Own, text ?? "", blocks, arguments["metadata"]?.DeepClone() as JsonObject, thread);
        return new JsonObject
        {
            ["ok"] = true, ["channel"] = channel.Id, ["ts"] = message.Ts,
            ["message"] = message.ToJson(withMetadata: true, channels.In(channel))
        };
    }

    private JsonObject Update(JsonObject arguments)
    {
        // Empty metadata takes away what the message has.
        var metadata = arguments["metadata"]?.DeepClone() as JsonObject;
        if (metadata is { Count: 0 }) arguments.Remove("metadata");
        if (Content(arguments, out var text, out var blocks) is { } failure) return failure;
        if (ById(arguments) is not { } channel) return SlackApi.Failure("channel_not_found");
        var (message, error) = channels.Update(channel, SlackWire.Text(arguments, "ts"), text, blocks, metadata);
        return message is null ? SlackApi.Failure(error!) : new JsonObject
        {
            ["ok"] = true, ["channel"] = channel.Id, ["ts"] = message.Ts, ["text"] = message.Text,
            ["message"] = message.ToJson(withMetadata: true, channels.In(channel))
        };
    }

    private JsonObject Delete(JsonObject arguments)
    {
        var ts = SlackWire.Text(arguments, "ts");
        return In(arguments, channel => channels.Delete(channel, ts) is { } error
            ? SlackApi.Failure(error)
            : new JsonObject { ["ok"] = true, ["channel"] = channel.Id, ["ts"] = ts });
    }

    /// <summary>Reads text, blocks and metadata, or says what is wrong with them.</summary>
    private static JsonObject? Content(JsonObject arguments, out string? text, out JsonArray? blocks)
    {
        text = arguments["text"] is JsonValue value ? value.ToString() : null;
        if (text?.Length > TextTruncated) text = text[..TextTruncated];
        blocks = arguments["blocks"]?.DeepClone() as JsonArray;
        if (string.IsNullOrEmpty(text) && arguments["blocks"] is null or JsonArray { Count: 0 }) return SlackApi.Failure("no_text");
        if (SlackLimits.Problem(arguments["blocks"]) is { } problem)
        {
            var failure = SlackApi.Failure(problem.Code);
            failure["response_metadata"] = new JsonObject { ["messages"] = new JsonArray($"[ERROR] {problem.Detail}") };
            return failure;
        }
        return SlackMetadata.Problem(arguments["metadata"]) is { } code ? SlackApi.Failure(code) : null;
    }

    private JsonObject Read(JsonObject arguments, Func<IReadOnlyList<SlackMessage>, JsonObject, JsonObject> messages) =>
        In(arguments, c => c.IsMember ? messages(channels.In(c), arguments) : SlackApi.Failure("not_in_channel"));

    private JsonObject In(JsonObject arguments, Func<SlackChannel, JsonObject> answer) =>
        ById(arguments) is { } channel ? answer(channel) : SlackApi.Failure("channel_not_found");

    /// <summary>Posting takes a channel's name as well; every other method its id only.</summary>
    private SlackChannel? ById(JsonObject arguments) =>
        channels.Find(SlackWire.Text(arguments, "channel")) is { } channel
            && channel.Id == SlackWire.Text(arguments, "channel") ? channel : null;

    private static JsonObject Show(SlackChannel channel) => new()
    {
        ["id"] = channel.Id,
        ["name"] = channel.Name,
        ["is_channel"] = true,
        ["is_member"] = channel.IsMember,
        ["is_archived"] = channel.IsArchived,
    };
}
