using System.Text.Json.Nodes;

namespace RdsBq.Local.Slack;

/// <summary>Slack's limits on messages (https://docs.slack.dev/reference/block-kit/blocks): the error code of the first one that is
/// broken, or null.</summary>
internal static class SlackLimits
{
    private const int Blocks = 50;
    private const int Section = 3000;
    private const int Header = 150;
    private const int FieldCount = 10;
    private const int Field = 2000;
    private const int ContextElements = 10;
    private const int Actions = 25;
    private const int ButtonText = 75;
    private const int ButtonValue = 2000;
    private const int Url = 3000;
    private const int BlockId = 255;
    private const int Markdown = 12_000;

    /// <summary>All blocks together (observed, slackapi/bolt-js#2509).</summary>
    private const int AllBlocks = 13_200;

    public static (string Code, string Detail)? Problem(JsonNode? blocks)
    {
        if (blocks is null) return null;
        if (blocks is not JsonArray list) return ("invalid_blocks_format", "blocks must be an array");
        if (list.Count > Blocks) return ("invalid_blocks", $"no more than {Blocks} items allowed [json-pointer:/blocks]");
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not JsonObject block) return ("invalid_blocks", $"must be an object [json-pointer:/blocks/{i}]");
            if (Block(block) is { } detail) return ("invalid_blocks", $"{detail} [json-pointer:/blocks/{i}]");
        }
        if (list.OfType<JsonObject>().Where(b => (string?)b["type"] == "markdown").Sum(b => Length(b["text"])) > Markdown)
            return ("msg_blocks_too_long", $"markdown blocks hold {Markdown} characters together");
        return list.Sum(Total) > AllBlocks ? ("msg_blocks_too_long", "the blocks are too long together") : null;
    }

    private static string? Block(JsonObject block)
    {
        if (Length(block["block_id"]) > BlockId) return "block_id is too long";
        return (string?)block["type"] switch
        {
            "section" => SectionProblem(block),
            "header" => (string?)block["text"]?["type"] != "plain_text" ? "header text must be plain_text" : Text(block["text"], Header),
            "context" => Many(block["elements"], ContextElements, e => (string?)e?["type"] == "image" ? null : Text(e, Section)),
            "actions" => Many(block["elements"], Actions, Button),
            "markdown" => block["text"] is JsonValue ? null : "missing required field: text",
            "divider" => null,
            null => "missing required field: type",
            var other => $"unsupported type: {other}",
        };
    }

    private static string? SectionProblem(JsonObject block)
    {
        if (block["text"] is null && block["fields"] is null) return "a section needs text or fields";
        return (block["text"] is { } text ? Text(text, Section) : null)
            ?? (block["fields"] is { } fields ? Many(fields, FieldCount, f => Text(f, Field)) : null)
            ?? ((string?)block["accessory"]?["type"] == "button" ? Button(block["accessory"]) : null);
    }

    private static string? Button(JsonNode? element)
    {
        if ((string?)element?["type"] != "button") return null;
        if (Length(element!["value"]) > ButtonValue) return "button value is too long";
        return Length(element["url"]) > Url ? "button url is too long" : Text(element["text"], ButtonText);
    }

    private static string? Many(JsonNode? nodes, int most, Func<JsonNode?, string?> each) => nodes switch
    {
        not JsonArray => "missing required field: elements",
        JsonArray { Count: 0 } => "no fewer than 1 items allowed",
        JsonArray list when list.Count > most => $"no more than {most} items allowed",
        JsonArray list => list.Select(each).FirstOrDefault(p => p is not null),
    };

    private static string? Text(JsonNode? text, int most)
    {
        if (text is not JsonObject) return "missing required field: text";
        if ((string?)text["type"] is not ("mrkdwn" or "plain_text")) return "text type must be mrkdwn or plain_text";
        return Length(text["text"]) switch
        {
            0 => "must be more than 0 characters",
            var n when n > most => $"must be less than {most + 1} characters",
            _ => null,
        };
    }

    private static int Length(JsonNode? text) => ((string?)text ?? "").Length;

    private static int Total(JsonNode? node) => node switch
    {
        JsonObject o => o.Sum(p => Total(p.Value)),
        JsonArray a => a.Sum(Total),
        JsonValue v when v.TryGetValue<string>(out var s) => s.Length,
        _ => 0,
    };
}
