using RdsBq.Core.Alerts;
using SlackNet.Blocks;
using SlackNet.WebApi;

namespace RdsBq.Cloud.Slack;

/// <summary>
/// An alert as a Slack message, inside Slack's limits whatever the alert holds. https://docs.slack.dev/reference/block-kit/blocks
/// The blocks of a message together may hold about 13,200 characters (slackapi/bolt-js#2509): the figures below leave room for all of
/// them at their longest.
/// </summary>
public static class AlertMessage
{
    private const int Whole = 4000;
    private const int Header = 150;
    private const int Section = 3000;
    private const int Command = 1000;
    private const int Facts = 10;
    private const int Label = 80;
    private const int Value = 400;

    public static Message Of(Alert alert, string channel)
    {
        var message = new Message { Channel = channel, UnfurlLinks = false, UnfurlMedia = false };
        message.Text = Escaped(SlackText.Plain(alert), Whole);
        message.Blocks =
        [
            new HeaderBlock { Text = new PlainText(Said(SlackText.Cut(alert.Title, Header))) },
            new SectionBlock { Text = new Markdown(Said(Escaped(alert.Summary, Section))) },
        ];
        // A section takes ten fields; an alert has fewer, and what is over is in the text above.
        if (alert.Facts.Count > 0) message.Blocks.Add(new SectionBlock { Fields = [.. alert.Facts.Take(Facts).Select(Fact)] });
        if (alert.Detail is not null) message.Blocks.Add(new SectionBlock { Text = new Markdown(Code(alert.Detail)) });
        if (alert.Command is { } command) message.Blocks.Add(new SectionBlock { Text = new Markdown($"To mend it: `{Escaped(command, Command)}`") });
        return message;
    }

    private static TextObject Fact((string Label, string Value) fact) =>
        new Markdown($"*{Escaped(fact.Label, Label)}*\n{Escaped(fact.Value, Value)}");

    private static string Code(string detail)
    {
        const string fence = "```";
        return fence + Escaped(detail.Replace(fence, "'''", StringComparison.Ordinal), Section - (2 * fence.Length)) + fence;
    }

    /// <summary>Slack refuses a text without characters.</summary>
    private static string Said(string text) => string.IsNullOrWhiteSpace(text) ? "-" : text;

    /// <summary>Cut before it is escaped, so that no escape is cut in two; escaping makes it longer, so that it may take a shorter cut.</summary>
    private static string Escaped(string text, int limit)
    {
        var (keep, escaped) = (limit, SlackText.Escape(SlackText.Cut(text, limit)));
        while (escaped.Length > limit)
        {
            keep = Math.Max(keep * limit / (escaped.Length + 1), 1);
            escaped = SlackText.Escape(SlackText.Cut(text, keep));
        }
        return escaped;
    }
}
