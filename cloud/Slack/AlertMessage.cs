using RdsBq.Core.Alerts;
using SlackNet.Blocks;
using SlackNet.WebApi;

namespace RdsBq.Cloud.Slack;

/// <summary>An alert as a Slack message, inside Slack's limits whatever the alert holds. https://docs.slack.dev/reference/block-kit/blocks</summary>
public static class AlertMessage
{
    private const int Header = 150;
    private const int Section = 3000;
    private const int Field = 2000;
    private const int FieldsPerSection = 10;

    /// <summary>Escaping turns one character into up to five; what is cut before it must leave room for the worst.</summary>
    private const int Growth = 5;

    public static Message Of(Alert alert, string channel)
    {
        var message = new Message { Channel = channel, Text = Escaped(SlackText.Plain(alert), 3500 / Growth * 4), UnfurlLinks = false, UnfurlMedia = false };
        message.Blocks = [new HeaderBlock { Text = new PlainText(SlackText.Cut(alert.Title, Header)) }, new SectionBlock { Text = new Markdown(Escaped(alert.Summary, Section / Growth)) }];
        foreach (var facts in alert.Facts.Chunk(FieldsPerSection))
        {
            message.Blocks.Add(new SectionBlock
            {
                Fields = [.. facts.Select(f => new Markdown($"*{Escaped(f.Label, Field / Growth / 2)}*\n{Escaped(f.Value, Field / Growth / 2)}"))],
            });
        }
        if (alert.Detail is not null) message.Blocks.Add(Code(alert.Detail));
        if (alert.Command is not null) message.Blocks.Add(new SectionBlock { Text = new Markdown($"To mend it: `{Escaped(alert.Command, Section / Growth / 2)}`") });
        return message;
    }

    // Escaped text that fits is sent whole; only what would burst the limit is cut to the size that fits at worst.
    private static string Escaped(string text, int atWorst)
    {
        var whole = SlackText.Escape(text);
        return whole.Length <= atWorst * Growth ? whole : SlackText.Escape(SlackText.Cut(text, atWorst));
    }

    private static SectionBlock Code(string detail) => new() { Text = new Markdown($"```{Escaped(detail.Replace("```", "'''", StringComparison.Ordinal), (Section - 6) / Growth)}```") };
}
