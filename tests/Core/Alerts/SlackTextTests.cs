using System.Globalization;
using CsCheck;
using RdsBq.Core.Alerts;

namespace RdsBq.Core.Tests.Alerts;

public class SlackTextTests
{
    [Theory]
    [InlineData("<!channel> a & b > c", "&lt;!channel&gt; a &amp; b &gt; c")]
    [InlineData("&lt;", "&amp;lt;")]
    [InlineData("<https://x|y>", "&lt;https://x|y&gt;")]
    [InlineData("*plain* _text_ \"'", "*plain* _text_ \"'")]
    public void Nothing_in_a_text_can_mention_or_link(string text, string expected) => Assert.Equal(expected, SlackText.Escape(text));

    [Theory]
    [InlineData("hello", 5, "hello")]
    [InlineData("hello!", 5, "hell…")]
    [InlineData("", 0, "")]
    [InlineData("hello", 1, "…")]
    [InlineData("hello", 0, "")]
    [InlineData("ab👍🏽cd", 5, "ab…")]
    [InlineData("ab👍🏽cd", 7, "ab👍🏽…")]
    [InlineData("👨‍👩‍👧‍👦 family", 8, "…")]
    [InlineData("e\u0301e\u0301e\u0301", 5, "e\u0301e\u0301…")]
    [InlineData("e\u0301e\u0301e\u0301", 4, "e\u0301…")]
    [InlineData("שלום עולם", 5, "שלום…")]
    [InlineData("🇯🇵🇩🇪🇫🇷", 9, "🇯🇵🇩🇪…")]
    public void A_cut_never_goes_through_a_character(string text, int characters, string expected) => Assert.Equal(expected, SlackText.Cut(text, characters));

    [Fact]
    public void A_cut_text_fits_and_begins_as_the_text_did() =>
        Gen.Select(Gen.String[Gen.Char["aé\u0301\u200D日<&\uD83D\uDC4Dש"], 0, 40], Gen.Int[0, 45]).Sample((text, characters) =>
        {
            var cut = SlackText.Cut(text, characters);
            Assert.True(cut.Length <= characters);
            if (text.Length <= characters)
            {
                Assert.Equal(text, cut);
                return;
            }
            if (characters == 0) return;
            Assert.EndsWith("…", cut, StringComparison.Ordinal);
            Assert.StartsWith(cut[..^1], text, StringComparison.Ordinal);
            var ends = StringInfo.ParseCombiningCharacters(text);
            Assert.Contains(cut.Length - 1, ends);
        }, iter: 10_000);

    [Theory]
    [InlineData("orders\u202Egpj.exe", "orders\uFFFDgpj.exe")]
    [InlineData("a\u0007b\r\nc\td", "a\uFFFDb\uFFFD\nc\td")]
    [InlineData("\u2066x\u2069", "\uFFFDx\uFFFD")]
    [InlineData("שלום 👨‍👩‍👧 é", "שלום 👨‍👩‍👧 é")]
    public void What_turns_a_text_around_is_shown_as_such(string text, string expected) => Assert.Equal(expected, SlackText.Safe(text));

    [Fact]
    public void The_fallback_text_has_everything_in_it() => Assert.Equal(
        "T <1>\nS\nline 1\nline 2\nRun: r\nTable: a&b\nTo mend it: Load it. rdsbq load",
        SlackText.Plain(new Story(Topic.Export, Tone.Problem, "T <1>", "S")
        {
            Facts = [("Run", "r"), ("Table", "a&b")], Lines = ["line 1", "line 2"], Advice = [new(null, "Load it.", "rdsbq load")],
        }));

    [Fact]
    public void The_fallback_text_leaves_out_what_is_not_there() => Assert.Equal("T\nS", SlackText.Plain(new Story(Topic.Export, Tone.Problem, "T", "S")));
}
