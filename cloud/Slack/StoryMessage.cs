using RdsBq.Core.Alerts;
using SlackNet.Blocks;

namespace RdsBq.Cloud.Slack;

/// <summary>
/// A story as a Slack message, inside Slack's limits whatever the story holds. https://docs.slack.dev/reference/block-kit/blocks
/// The blocks of a message together may hold about 13,200 characters (slackapi/bolt-js#2509), names and addresses included: the figures below leave room
/// for all of them at their longest.
/// </summary>
public static class StoryMessage
{
    private const int Whole = 4000;
    private const int Header = 150;
    private const int Section = 3000;
    private const int Summary = 1000;
    private const int Words = 280;
    private const int Command = 250;
    private const int Page = 200;
    private const int Facts = 10;
    private const int Label = 40;
    private const int Value = 120;
    private const int Advice = 4;
    private const int Buttons = 3;
    private const int Url = 400;
    private const int ButtonText = 75;

    /// <summary>Everything in one text, escaped: what notifications show, and readers without blocks.</summary>
    public static string TextOf(Story story) => story.Tone == Tone.Success
        ? Escaped($"{Sign(story.Tone)} {story.Title}: {story.Summary}", Whole)
        : Escaped($"{Sign(story.Tone)} {SlackText.Plain(story)}", Whole);

    /// <summary>None for a success, which is one line of text; null there: Slack refuses an empty list.</summary>
    public static IList<Block>? BlocksOf(Story story)
    {
        if (story.Tone == Tone.Success) return null;
        List<Block> blocks =
        [
            new HeaderBlock { Text = new PlainText(Said(SlackText.Cut(SlackText.Safe($"{Sign(story.Tone)} {story.Title}"), Header))) },
            new SectionBlock { Text = new Markdown(Said(Escaped(story.Summary, Summary))) },
        ];
        if (story.Lines.Count > 0) blocks.Add(new SectionBlock { Text = new Markdown(Said(Escaped(string.Join('\n', story.Lines.Select(l => $"• {l}")), Section))) });
        foreach (var advice in story.Advice.Take(Advice)) blocks.Add(new SectionBlock { Text = new Markdown(Mend(advice, first: advice == story.Advice[0])) });
        if (story.Facts.Count > 0) blocks.Add(new SectionBlock { Fields = [.. story.Facts.Take(Facts).Select(Fact)] });
        var buttons = story.Links.Where(l => l.Url.Length <= Url).Take(Buttons).Select(Button).ToList<IActionElement>();
        if (buttons.Count > 0) blocks.Add(new ActionsBlock { Elements = buttons });
        return blocks;
    }

    /// <summary>A thread's reply.</summary>
    public static string TextOf(ThreadDetail detail)
    {
        const string fence = "```";
        var title = Escaped(SlackText.OneLine(detail.Title), Value);
        return $"{title}\n{fence}{Escaped(detail.Text.Replace(fence, "'''", StringComparison.Ordinal), Section)}{fence}";
    }

    private static string Sign(Tone tone) => tone switch
    {
        Tone.Problem => ":red_circle:",
        Tone.Notice => ":large_blue_circle:",
        _ => ":large_green_circle:",
    };

    private static string Mend(Advice advice, bool first)
    {
        var text = advice.Cause is null ? "" : $"{Escaped(advice.Cause, Words)}\n";
        text += $"*{(first || advice.Cause is not null ? "To mend it" : "Then")}:* {Escaped(advice.Mend, Words)}";
        // No command with a backtick can be shown as code, and none has one.
        if (advice.Command is { } command) text += $"\n`{Escaped(command.Replace('`', '\''), Command)}`";
        if (advice.Page is { Length: <= Page } page) text += $"\n<{Escaped(page, Page)}|Where to look>";
        return text;
    }

    private static TextObject Fact((string Label, string Value) fact) =>
        new Markdown($"*{Escaped(SlackText.OneLine(fact.Label), Label)}*\n{Said(Escaped(SlackText.OneLine(fact.Value), Value))}");

    // An action id must be unique within its block; nobody listens to it.
    private static Button Button(Link link, int index) => new() { ActionId = $"open-{index}", Text = new PlainText(Said(SlackText.Cut(SlackText.Safe(link.Text), ButtonText))), Url = link.Url };

    /// <summary>Slack refuses a text without characters.</summary>
    private static string Said(string text) => string.IsNullOrWhiteSpace(text) ? "-" : text;

    /// <summary>Cut before it is escaped, so that no escape is cut in two; escaping makes it longer, so that it may take a shorter cut.</summary>
    private static string Escaped(string text, int limit)
    {
        var safe = SlackText.Safe(text);
        var (keep, escaped) = (limit, SlackText.Escape(SlackText.Cut(safe, limit)));
        while (escaped.Length > limit)
        {
            keep = Math.Max(keep * limit / (escaped.Length + 1), 1);
            escaped = SlackText.Escape(SlackText.Cut(safe, keep));
        }
        return escaped;
    }
}
