using System.Text.RegularExpressions;
using CsCheck;
using RdsBq.Cloud.Slack;
using RdsBq.Core.Alerts;
using RdsBq.Local;
using RdsBq.Tests.Clouds;
using SlackNet.Blocks;
using SlackNet.WebApi;

namespace RdsBq.Cloud.Tests.Slack;

public sealed partial class AlertMessageTests
{
    private static readonly string[] Pieces =
    [
        "&", "<", ">", "`", "```", "*", "\n", " ", "a", "日", "👩‍👧", "e\u0301", "\ud83d", "<!channel>", "<@U1>", "<https://x|y>",
        "&amp;", "rows were lost",
    ];

    private static readonly Gen<string> Text =
        from piece in Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 4]
        from times in Gen.Frequency((6, Gen.Int[0, 20]), (3, Gen.Int[20, 1500]), (1, Gen.Int[1500, 6000]))
        select string.Concat(Enumerable.Repeat(string.Concat(piece), times));

    private static readonly Gen<Alert> AnyAlert =
        from title in Text
        from summary in Text
        from facts in Gen.Select(Text, Text).Array[0, 30]
        from detail in Gen.Null(Text)
        from command in Gen.Null(Text)
        select new Alert(title, summary, [.. facts.Select(f => (f.Item1, f.Item2))], detail, command);

    [Fact]
    public void Any_alert_stays_inside_Slacks_limits() => AnyAlert.Sample(alert => Check(AlertMessage.Of(alert, "#c")), iter: 2000);

    [Fact]
    public async Task The_longest_alert_is_posted_as_it_is()
    {
        await using var google = await GoogleSide.StartAsync();
        using var poster = new SlackPoster(
            Estate.SlackChannel, _ => Task.FromResult(google.Estate.SlackToken), google.Slack.Address.ToString(), google.Handler);
        foreach (var piece in new[] { "x", "&", "<!channel> ", "👩‍👧" })
        {
            var text = string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length));
            await poster.PostAsync(new Alert(text, text, [.. Enumerable.Repeat((text, text), 30)], text, text), default);
        }
        Assert.Equal(4, google.Slack.Messages.Count);
    }

    [Fact]
    public void An_alert_that_fits_is_shown_whole_and_pings_nobody()
    {
        var alert = new Alert(
            "orders: <!channel> failed", "a < b && c > d", [("Run", "<@U1>"), ("Table", "sales & orders")], "line ``` one\n<!here>",
            "rdsbq load --retry");
        var message = AlertMessage.Of(alert, "#c");
        Assert.Equal(
            ["orders: <!channel> failed", "a &lt; b &amp;&amp; c &gt; d", "*Run*\n&lt;@U1&gt;", "*Table*\nsales &amp; orders",
             "```line ''' one\n&lt;!here&gt;```", "To mend it: `rdsbq load --retry`"],
            Texts(message).Select(t => t.Text));
        Assert.IsType<PlainText>(Texts(message).First());
        Assert.Equal(SlackText.Escape(SlackText.Plain(alert)), message.Text);
        Assert.False(message.LinkNames);
    }

    private static void Check(Message message)
    {
        var texts = Texts(message).ToList();
        Assert.True(message.Blocks.Count <= 50);
        Assert.InRange(message.Text.Length, 0, 4000);
        Assert.Matches(Escaped(), message.Text);
        Assert.All(texts, t => Assert.True(t is PlainText || Escaped().IsMatch(t.Text), $"Not escaped: {t.Text}"));
        Assert.All(texts, t => Assert.False(string.IsNullOrWhiteSpace(t.Text)));
        Assert.True(texts.Sum(t => t.Text.Length + 10) < 13_000, "The blocks are too long together.");
        foreach (var block in message.Blocks)
        {
            if (block is HeaderBlock header) Assert.InRange(header.Text.Text.Length, 1, 150);
            if (block is not SectionBlock section) continue;
            Assert.InRange(section.Fields.Count, section.Text is null ? 1 : 0, 10);
            Assert.InRange(section.Text?.Text.Length ?? 1, 1, 3000);
            Assert.All(section.Fields, f => Assert.InRange(f.Text.Length, 1, 2000));
        }
    }

    private static IEnumerable<TextObject> Texts(Message message) => message.Blocks.SelectMany(b => b switch
    {
        HeaderBlock header => [header.Text],
        SectionBlock section => section.Text is null ? section.Fields : section.Fields.Prepend(section.Text),
        _ => throw new InvalidOperationException($"{b} is not expected."),
    });

    /// <summary>No bracket is left, and every ampersand begins an escape.</summary>
    [GeneratedRegex(@"^([^<>&]|&amp;|&lt;|&gt;)*\z")]
    private static partial Regex Escaped();
}
