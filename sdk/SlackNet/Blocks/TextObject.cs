using System.Text.Json.Serialization;

namespace SlackNet.Blocks;

[JsonDerivedType(typeof(PlainText))]
[JsonDerivedType(typeof(Markdown))]
public interface IContextElement
{
    string Type { get; }
}

/// <summary>A text assigned as a string is plain text.</summary>
[JsonDerivedType(typeof(PlainText))]
[JsonDerivedType(typeof(Markdown))]
public abstract class TextObject
{
    protected TextObject(string type) => Type = type;

    public string Type { get; set; }
    public string Text { get; set; }

    public static implicit operator TextObject(string text) => new PlainText(text);
}

/// <summary>Text without markup.</summary>
public class PlainText : TextObject, IContextElement
{
    public PlainText(string text = "")
        : base("plain_text") => Text = text;

    public bool Emoji { get; set; } = true;

    public static implicit operator PlainText(string text) => new(text);

    public override string ToString() => Text;
}

/// <summary>Slack's mrkdwn; &amp;, &lt; and &gt; must have been escaped.</summary>
public class Markdown : TextObject, IContextElement
{
    public Markdown(string markdown = "")
        : base("mrkdwn") => Text = markdown;

    /// <summary>True: links and mentions are only made of what is marked up as such.</summary>
    public bool Verbatim { get; set; }

    public static implicit operator Markdown(string text) => new(text);

    public override string ToString() => Text;
}
