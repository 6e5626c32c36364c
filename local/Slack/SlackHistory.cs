using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace RdsBq.Local.Slack;

/// <summary>A channel's or a thread's messages, page by page. A cursor names the next page's first message: a message that is posted in
/// between moves nothing.</summary>
internal static class SlackHistory
{
    private const string CursorPrefix = "next_ts:";

    /// <summary>Newest first, without replies.</summary>
    public static JsonObject Of(IReadOnlyList<SlackMessage> channel, JsonObject arguments) =>
        Page(channel.Where(m => m.ThreadTs is null).Reverse(), channel, arguments, newestFirst: true);

    /// <summary>The parent, then its replies as they came.</summary>
    public static JsonObject Thread(IReadOnlyList<SlackMessage> channel, JsonObject arguments)
    {
        var ts = SlackWire.Text(arguments, "ts");
        if (channel.FirstOrDefault(m => m.Ts == ts) is not { } one) return SlackApi.Failure("thread_not_found");
        var parent = one.ThreadTs ?? one.Ts;
        return Page(channel.Where(m => m.Ts == parent || m.ThreadTs == parent), channel, arguments, newestFirst: false);
    }

    private static JsonObject Page(
        IEnumerable<SlackMessage> messages, IReadOnlyList<SlackMessage> channel, JsonObject arguments, bool newestFirst)
    {
        if (!TryCursor(SlackWire.Text(arguments, "cursor"), out var from)) return SlackApi.Failure("invalid_cursor");
        var found = messages.Where(m => IsBetween(Number(m.Ts), arguments))
            .SkipWhile(m => from is { } first && (newestFirst ? Number(m.Ts) > first : Number(m.Ts) < first)).ToList();
        var limit = int.TryParse(SlackWire.Text(arguments, "limit"), CultureInfo.InvariantCulture, out var asked)
            && asked is > 0 and < 1000 ? asked : 100;
        var withMetadata = SlackWire.Flag(arguments, "include_all_metadata");
        var next = found.Count > limit ? Convert.ToBase64String(Encoding.ASCII.GetBytes(CursorPrefix + found[limit].Ts)) : "";
        return new JsonObject
        {
            ["ok"] = true,
            ["messages"] = new JsonArray([.. found.Take(limit).Select(m => m.ToJson(withMetadata, channel))]),
            ["has_more"] = next.Length > 0,
            ["response_metadata"] = new JsonObject { ["next_cursor"] = next },
        };
    }

    private static bool IsBetween(decimal ts, JsonObject arguments)
    {
        var (oldest, latest) = (Bound(arguments, "oldest", 0), Bound(arguments, "latest", decimal.MaxValue));
        return SlackWire.Flag(arguments, "inclusive") ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
    }

    private static decimal Bound(JsonObject arguments, string name, decimal fallback) =>
        decimal.TryParse(SlackWire.Text(arguments, name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ts)
            ? ts : fallback;

    private static decimal Number(string ts) => decimal.Parse(ts, CultureInfo.InvariantCulture);

    private static bool TryCursor(string cursor, out decimal? from)
    {
        from = null;
        if (cursor.Length == 0) return true;
        var bytes = new byte[cursor.Length];
        if (!Convert.TryFromBase64String(cursor, bytes, out var length)) return false;
        var text = Encoding.ASCII.GetString(bytes, 0, length);
        if (!text.StartsWith(CursorPrefix, StringComparison.Ordinal)
            || !decimal.TryParse(text[CursorPrefix.Length..], CultureInfo.InvariantCulture, out var ts)) return false;
        from = ts;
        return true;
    }
}
