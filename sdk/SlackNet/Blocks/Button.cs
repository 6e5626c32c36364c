using System.Text.Json.Serialization;

namespace SlackNet.Blocks;

public interface IBlockElement
{
    string Type { get; }
}

[JsonDerivedType(typeof(Button))]
public interface IActionElement : IBlockElement
{
    string ActionId { get; set; }
}

[JsonDerivedType(typeof(Button))]
public abstract class BlockElement : IBlockElement
{
    protected BlockElement(string type) => Type = type;

    public string Type { get; }
}

public abstract class ActionElement : BlockElement, IActionElement
{
    protected ActionElement(string type)
        : base(type)
    {
    }

    public string ActionId { get; set; }
}

/// <summary>A button; with <see cref="Url"/> it opens a page, and the app is sent an interaction all the same.</summary>
public class Button : ActionElement
{
    public Button()
        : base("button")
    {
    }

    public PlainText Text { get; set; }
    public string Url { get; set; }
    public string Value { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ButtonStyle Style { get; set; }

    public string AccessibilityLabel { get; set; }
}

public enum ButtonStyle
{
    Default,
    Primary,
    Danger,
}
