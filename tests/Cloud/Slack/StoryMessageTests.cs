using System.Text.RegularExpressions;
using CsCheck;
using RdsBq.Cloud.Slack;
using RdsBq.Core.Alerts;
using RdsBq.Tests.Clouds;
using SlackNet.Blocks;

namespace RdsBq.Cloud.Tests.Slack;

public sealed partial class StoryMessageTests
{
    private static readonly string[] Pieces =
    [
        "&", "<", ">", "`", "```", "*", "\n", " ", "a", "日", "👩‍👧", "e\u0301", "\ud83d", "<!channel>", "<@U1>", "<https://x|y>", "שלום", "\u202E", "@here",
        "&amp;", "rows were lost",
    ];

    private static readonly Gen<string> Text =
        from piece in Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 4]
        from times in Gen.Frequency((6, Gen.Int[0, 20]), (3, Gen.Int[20, 1500]), (1, Gen.Int[1500, 6000]))
        select string.Concat(Enumerable.Repeat(string.Concat(piece), times));

    private static readonly Gen<Story> AnyStory =
        from tone in Gen.Int[0, 3].Select(i => (Tone)i)
        from title in Text
        from summary in Text
        from facts in Gen.Select(Text, Text).Array[0, 30]
        from lines in Text.Array[0, 30]
        from advice in Gen.Select(Gen.Null(Text), Text, Gen.Null(Text)).Array[0, 6]
        from links in Gen.Select(Text, Text).Array[0, 6]
        select new Story(Topic.Export, tone, title, summary)
        {
            Facts = [.. facts.Select(f => (f.Item1, f.Item2))],
            Lines = lines,
            Advice = [.. advice.Select(a => new Advice(a.Item1, a.Item2, a.Item3))],
            Links = [.. links.Select(l => new Link(l.Item1, "https://x/" + l.Item2))],
        };

    [Fact]
    public void Any_story_stays_inside_Slacks_limits() => AnyStory.Sample(story => Check(StoryMessage.TextOf(story), StoryMessage.BlocksOf(story)), iter: 2000);

    [Fact]
    public void Any_detail_stays_inside_Slacks_limits() => Gen.Select(Text, Text).Sample((title, text) =>
    {
        var reply = StoryMessage.TextOf(new ThreadDetail("k", title, text));
        Assert.InRange(reply.Length, 1, 4000);
        Assert.Matches(Escaped(), reply);
        Assert.EndsWith("```", reply, StringComparison.Ordinal);
    });

    /// <summary>The local Slack checks what the real one does.</summary>
    [Fact]
    public async Task The_longest_story_is_posted_as_it_is()
    {
        await using var google = await GoogleSide.StartAsync();
        using var channel = google.Channel();
        foreach (var piece in new[] { "x", "&", "<!channel> ", "👩‍👧" })
        {
            var text = string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length));
            var story = new Story(Topic.Export, Tone.Problem, text, text)
            {
                Facts = [.. Enumerable.Repeat((text, text), 30)],
                Lines = [.. Enumerable.Repeat(text, 30)],
                Advice = [.. Enumerable.Repeat(new Advice(text, text, text, "https://x/" + new string('y', 190)), 9)],
                Links = [.. Enumerable.Repeat(new Link(text, "https://x/" + new string('y', 390)), 9)],
            };
            var ts = await channel.PostAsync(story, "f", default);
            await channel.UpdateAsync(ts, story with { Tone = Tone.Mended }, "g", default);
            await channel.ReplyAsync(ts, story, new ThreadDetail(new string('k', 40), text, text), default);
        }
        Assert.Equal(8, google.Slack.Messages.Count);
    }

    [Fact]
    public void A_story_that_fits_is_shown_whole_and_pings_nobody()
    {
        var story = new Story(Topic.Export, Tone.Problem, "orders: <!channel> failed", "a < b && c > d")
        {
            Facts = [("Run", "<@U1>"), ("Table", "sales & orders")],
            Lines = ["one <!here>", "two"],
            Advice = [new("Because <x>.", "Mend it.", "rdsbq load --retry", "https://console.aws.amazon.com/kms")],
            Links = [new("Logs", "https://c/?a=1&b=2")],
        };
        var blocks = StoryMessage.BlocksOf(story)!;
        Assert.Equal(
            [":red_circle: orders: <!channel> failed", "a &lt; b &amp;&amp; c &gt; d", "• one &lt;!here&gt;\n• two",
             "Because &lt;x&gt;.\n*To mend it:* Mend it.\n`rdsbq load --retry`\n<https://console.aws.amazon.com/kms|Where to look>",
             "*Run*\n&lt;@U1&gt;", "*Table*\nsales &amp; orders"],
            Texts(blocks).Select(t => t.Text));
        Assert.IsType<PlainText>(Texts(blocks).First());
        var button = Assert.IsType<Button>(Assert.Single(Assert.IsType<ActionsBlock>(blocks[^1]).Elements));
        Assert.Equal(("Logs", "https://c/?a=1&b=2", "open-0"), (button.Text.Text, button.Url, button.ActionId));
        Assert.Equal(SlackText.Escape(":red_circle: " + SlackText.Plain(story)), StoryMessage.TextOf(story));
    }

    [Fact]
    public void A_success_is_one_line()
    {
        var story = new Story(Topic.Export, Tone.Success, "Run r is published", "2 tables, 150 rows.");
        Assert.Equal(":large_green_circle: Run r is published: 2 tables, 150 rows.", StoryMessage.TextOf(story));
        Assert.Null(StoryMessage.BlocksOf(story));
    }

    private static void Check(string text, IList<Block>? blocks)
    {
        Assert.InRange(text.Length, 1, 4000);
        Assert.Matches(Escaped(), text);
        if (blocks is null) return;
        var texts = Texts(blocks).ToList();
        var buttons = blocks.OfType<ActionsBlock>().SelectMany(a => a.Elements.Cast<Button>()).ToList();
        Assert.True(blocks.Count <= 50);
        Assert.All(texts, t => Assert.True(t is PlainText || Escaped().IsMatch(t.Text), $"Not escaped: {t.Text}"));
        Assert.All(texts, t => Assert.False(string.IsNullOrWhiteSpace(t.Text)));
        Assert.DoesNotContain(texts, t => t.Text.Contains('\u202E', StringComparison.Ordinal));
        Assert.True(texts.Sum(t => t.Text.Length + 30) + buttons.Sum(b => b.Url.Length + b.Text.Text.Length + 60) < 13_200, "The blocks are too long together.");
        Assert.All(buttons, b => Assert.InRange(b.Text.Text.Length, 1, 75));
        foreach (var block in blocks)
        {
            if (block is HeaderBlock header) Assert.InRange(header.Text.Text.Length, 1, 150);
            if (block is not SectionBlock section) continue;
            Assert.InRange(section.Fields.Count, section.Text is null ? 1 : 0, 10);
            Assert.InRange(section.Text?.Text.Length ?? 1, 1, 3000);
            Assert.All(section.Fields, f => Assert.InRange(f.Text.Length, 1, 2000));
        }
    }

    private static IEnumerable<TextObject> Texts(IList<Block> blocks) => blocks.SelectMany(b => b switch
    {
        HeaderBlock header => [header.Text],
        SectionBlock section => section.Text is null ? section.Fields : section.Fields.Prepend(section.Text),
        ActionsBlock => [],
        _ => throw new InvalidOperationException($"{b} is not expected."),
    });

    /// <summary>No bracket is left, and every ampersand begins an escape.</summary>
    [GeneratedRegex(@"^([^<>&]|&amp;|&lt;|&gt;)*\z")]
    private static partial Regex Escaped();
}
