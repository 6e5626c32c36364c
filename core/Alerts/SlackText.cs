using System.Globalization;
using System.Text;

namespace RdsBq.Core.Alerts;

/// <summary>Text as Slack takes it.</summary>
public static class SlackText
{
    private const string Ellipsis = "…";

    /// <summary>For mrkdwn fields and the fallback text; plain_text fields take the text as it is.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>
    /// At most <paramref name="characters"/> UTF-16 units, never through the middle of what a reader sees as one character; a cut ends with
    /// …. Cut before escaping: Slack's limits are on the text that it shows.
    /// </summary>
    public static string Cut(string text, int characters)
    {
        if (text.Length <= characters) return text;
        if (characters < Ellipsis.Length) return "";
        var end = 0;
        while (end + StringInfo.GetNextTextElementLength(text, end) is var next && next <= characters - Ellipsis.Length) end = next;
        return text[..end] + Ellipsis;
    }

    /// <summary>The whole alert in one text, unescaped: for notifications and for readers without blocks.</summary>
    public static string Plain(Alert alert)
    {
        var text = new StringBuilder(alert.Title).Append('\n').Append(alert.Summary);
        foreach (var (label, value) in alert.Facts) text.Append('\n').Append(label).Append(": ").Append(value);
        if (alert.Detail is not null) text.Append('\n').Append(alert.Detail);
        if (alert.Command is not null) text.Append("\nTo mend it: ").Append(alert.Command);
        return text.ToString();
    }
}
