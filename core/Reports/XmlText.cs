using System.Text;
using System.Xml;

namespace RdsBq.Core.Reports;

internal static class XmlText
{
    /// <summary>The text with U+FFFD for what XML 1.0 can't carry, escaped or not: control characters and halves of surrogate pairs.</summary>
    public static string Of(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value)) clean.Append(rune);
            else clean.Append('\uFFFD');
        }
        return clean.ToString();
    }
}
