using System.Globalization;
using System.Text.Json.Nodes;

namespace RdsBq.Local.Slack;

/// <summary>The Web API's methods (https://docs.slack.dev/reference/methods).</summary>
internal sealed class SlackMethods(SlackChannels channels, string token)
{
    private const int TextTruncated = 40_000;

    public async Task AnswerAsync(HttpContext context)
    {
        var arguments = await SlackWire.ArgumentsAsync(context);
        var answer = Unauthorized(context, arguments) is { } code ? SlackApi.Failure(code) : SlackWire.MethodOf(context) switch
        {
            "auth.test" => AuthTest($"{context.Request.Scheme}://{context.Request.Host}/"),
            "chat.postMessage" => Post(context, arguments),
            "chat.update" => Update(arguments),
            "conversations.info" => In(arguments, c => new JsonObject { ["ok"] = true, ["channel"] = Show(c) }),
            "conversations.history" => In(arguments, c => History(c, arguments)),
            "conversations.replies" => In(arguments, c => Replies(c, arguments)),
            var method => new JsonObject { ["ok"] = false, ["error"] = "unknown_method", ["req_method"] = method },
        };
        await SlackWire.WriteAsync(context, answer);
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
        ["user_id"] = SlackApi.BotUser,
        ["bot_id"] = SlackApi.BotId,
    };

    private JsonObject Post(HttpContext context, JsonObject arguments)
    {
        if (Content(arguments, out var text, out var blocks) is { } failure) return failure;
        if (channels.Find(SlackWire.Text(arguments, "channel")) is not { } channel) return SlackApi.Failure("channel_not_found");
        if (!channel.IsMember) return SlackApi.Failure("not_in_channel");
        if (channel.IsArchived) return SlackApi.Failure("is_archived");
        if (channels.TooSoon(channel))
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "1";
            return SlackApi.Failure("ratelimited");
        }
        var thread = SlackWire.Text(arguments, "thread_ts") is { Length: > 0 } ts ? ts : null;
        var message = channels.Post(channel, text ?? "", blocks, arguments["metadata"]?.DeepClone() as JsonObject, thread);
        return new JsonObject
        {
            ["ok"] = true, ["channel"] = channel.Id, ["ts"] = message.Ts,
            ["message"] = message.ToJson(withMetadata: true)
        };
    }

    private JsonObject Update(JsonObject arguments)
    {
        if (Content(arguments, out var text, out var blocks) is { } failure) return failure;
        if (ById(arguments) is not { } channel) return SlackApi.Failure("channel_not_found");
        var metadata = arguments["metadata"]?.DeepClone() as JsonObject;
        return channels.Update(channel, SlackWire.Text(arguments, "ts"), text, blocks, metadata) is { } message
            ? new JsonObject
            {
                ["ok"] = true, ["channel"] = channel.Id, ["ts"] = message.Ts, ["text"] = message.Text,
                ["message"] = message.ToJson(withMetadata: true)
            }
            : SlackApi.Failure("message_not_found");
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
        if (arguments["metadata"] is not (null or JsonObject)) return SlackApi.Failure("invalid_metadata_format");
        return arguments["metadata"] is JsonObject m
            && (SlackWire.Text(m, "event_type").Length == 0 || m["event_payload"] is not JsonObject)
            ? SlackApi.Failure("invalid_metadata_schema")
            : null;
    }

    private JsonObject In(JsonObject arguments, Func<SlackChannel, JsonObject> answer) =>
        ById(arguments) is { } channel ? answer(channel) : SlackApi.Failure("channel_not_found");

    /// <summary>Posting takes a channel's name as well; every other method its id only.</summary>
    private SlackChannel? ById(JsonObject arguments) =>
        channels.Find(SlackWire.Text(arguments, "channel")) is { } channel
            && channel.Id == SlackWire.Text(arguments, "channel") ? channel : null;

    private JsonObject History(SlackChannel channel, JsonObject arguments) =>
        List(channels.In(channel).Where(m => m.ThreadTs is null || m.ThreadTs == m.Ts).Reverse(), arguments);

    private JsonObject Replies(SlackChannel channel, JsonObject arguments)
    {
        var ts = SlackWire.Text(arguments, "ts");
        var thread = channels.In(channel).Where(m => m.Ts == ts || m.ThreadTs == ts).ToList();
        return thread.Exists(m => m.Ts == ts) ? List(thread, arguments) : SlackApi.Failure("thread_not_found");
    }

    private static JsonObject List(IEnumerable<SlackMessage> messages, JsonObject arguments)
    {
        var (oldest, latest) = (Ts(arguments, "oldest", 0), Ts(arguments, "latest", decimal.MaxValue));
        var inclusive = Flag(arguments, "inclusive");
        var found = messages.Where(m => decimal.Parse(m.Ts, CultureInfo.InvariantCulture) is var ts
            && (inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest)).ToList();
        var from = int.TryParse(SlackWire.Text(arguments, "cursor"), CultureInfo.InvariantCulture, out var cursor) ? cursor : 0;
        var limit = int.TryParse(SlackWire.Text(arguments, "limit"), CultureInfo.InvariantCulture, out var asked)
            && asked is > 0 and < 1000 ? asked : 100;
        var page = found.Skip(from).Take(limit).Select(m => (JsonNode?)m.ToJson(Flag(arguments, "include_all_metadata")));
        var more = found.Count > from + limit;
        return new JsonObject
        {
            ["ok"] = true,
            ["messages"] = new JsonArray([.. page]),
            ["has_more"] = more,
            ["response_metadata"] = new JsonObject { ["next_cursor"] = more ? $"{from + limit}" : "" },
        };
    }

    private static JsonObject Show(SlackChannel channel) => new()
    {
        ["id"] = channel.Id,
        ["name"] = channel.Name,
        ["is_channel"] = true,
        ["is_member"] = channel.IsMember,
        ["is_archived"] = channel.IsArchived,
    };

    private static bool Flag(JsonObject arguments, string name) => SlackWire.Text(arguments, name) is "true" or "True" or "1";

    private static decimal Ts(JsonObject arguments, string name, decimal fallback) =>
        decimal.TryParse(SlackWire.Text(arguments, name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var ts) ? ts : fallback;
}
