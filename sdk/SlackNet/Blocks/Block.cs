using System.Text.Json.Serialization;

namespace SlackNet.Blocks;

/// <summary>A part of a message's layout; at most 50 a message (https://docs.slack.dev/reference/block-kit/blocks).</summary>
[JsonDerivedType(typeof(ActionsBlock))]
[JsonDerivedType(typeof(ContextBlock))]
[JsonDerivedType(typeof(DividerBlock))]
[JsonDerivedType(typeof(HeaderBlock))]
[JsonDerivedType(typeof(SectionBlock))]
public abstract class Block
{
    protected Block(string type) => Type = type;

    public string Type { get; }
    public string BlockId { get; set; }
}

public class DividerBlock : Block
{
    public DividerBlock()
        : base("divider")
    {
    }
}

/// <summary>One line in large bold type, 150 characters at most.</summary>
public class HeaderBlock : Block
{
    public HeaderBlock()
        : base("header")
    {
    }

    public PlainText Text { get; set; }
}

/// <summary>Text of 3,000 characters at most, or up to 10 fields of 2,000 in two columns, or both.</summary>
public class SectionBlock : Block
{
    public SectionBlock()
        : base("section")
    {
    }

    public TextObject Text { get; set; }

    [JsonIgnore]
    public IList<TextObject> Fields { get; set; } = new List<TextObject>();

    public BlockElement Accessory { get; set; }
    public bool Expand { get; set; }

    // Slack refuses an empty list.
    [JsonInclude]
    [JsonPropertyName("fields")]
    internal IList<TextObject> FieldsUnlessEmpty => Fields is { Count: > 0 } ? Fields : null;
}

/// <summary>Small print: up to 10 elements.</summary>
public class ContextBlock : Block
{
    public ContextBlock()
        : base("context")
    {
    }

    public IList<IContextElement> Elements { get; set; } = new List<IContextElement>();
}

/// <summary>Up to 25 buttons.</summary>
public class ActionsBlock : Block
{
    public ActionsBlock()
        : base("actions")
    {
    }

    public IList<IActionElement> Elements { get; set; } = new List<IActionElement>();
}
