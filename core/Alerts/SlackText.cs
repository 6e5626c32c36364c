using System.Globalization;
using System.Security.Cryptography;
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

    /// <summary>Line ends and tabs become blanks.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>
    /// Without what could make a text look like another: controls other than line end and tab, and the marks that turn the direction of all that follows them
    /// (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters). Letters that are written from right to left are left as they are.
    /// </summary>
    public static string Safe(string text) => text.Any(IsUnsafe) ? string.Concat(text.Select(c => IsUnsafe(c) ? '\uFFFD' : c)) : text;

    private static bool IsUnsafe(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') || (char.IsControl(c) && c is not ('\n' or '\t'));

    /// <summary>With a capital letter at its beginning and a full stop at its end.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : Ended($"{char.ToUpperInvariant(text[0])}{text[1..]}");

    /// <summary>With a full stop at its end; a name at its beginning stays as it is.</summary>
    public static string Ended(string text) => text.Length == 0 || text[^1] is '.' or '!' or '?' ? text : text + ".";

    /// <summary>The whole story in one text, unescaped: for logs, notifications and readers without blocks.</summary>
    public static string Plain(Story story)
    {
        var text = new StringBuilder(story.Title).Append('\n').Append(story.Summary);
        foreach (var line in story.Lines) text.Append('\n').Append(line);
        foreach (var (label, value) in story.Facts) text.Append('\n').Append(label).Append(": ").Append(value);
        foreach (var advice in story.Advice)
        {
            if (advice.Cause is not null) text.Append('\n').Append(advice.Cause);
            text.Append("\nTo mend it: ").Append(advice.Mend);
            if (advice.Command is not null) text.Append(' ').Append(advice.Command);
        }
        return text.ToString();
    }

    /// <summary>Sixteen letters that tell one text from another.</summary>
    public static string Fingerprint(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
