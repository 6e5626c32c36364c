using RdsBq.Core.Settings;

namespace RdsBq.Core.Tests.Settings;

public class SettingsReaderTests
{
    private static readonly Dictionary<string, bool> Publish = new() { ["all"] = true, ["each"] = false };

    [Fact]
    public void Good_settings_are_read_and_empty_ones_count_as_not_set()
    {
        var reader = Reader(("A", "x"), ("EMPTY", ""), ("P", "Each"));
        Assert.Equal("x", reader.Required("A", "any text", v => v == "x"));
        Assert.Equal("d", reader.Optional("EMPTY", "d", "any text"));
        Assert.Null(reader.Maybe("NONE", "any text"));
        Assert.False(reader.Choice("P", true, Publish));
        Assert.True(reader.Choice("NONE", true, Publish));
        Assert.Empty(reader.Problems);
    }

    [Fact]
    public void Every_problem_is_reported_at_once_with_name_value_and_expectation()
    {
        var reader = Reader(("BAD", "y"), ("D", "5 minutes"), ("P", "none"), ("O", "z"), ("EMPTY", ""));
        Assert.Equal("", reader.Required("MISSING", "an id"));
        Assert.Equal("", reader.Required("EMPTY", "an id"));
        Assert.Equal("", reader.Required("BAD", "x", v => v == "x"));
        Assert.Equal("d", reader.Optional("O", "d", "x", v => v == "x"));
        Assert.Equal(TimeSpan.FromDays(7), reader.Duration("D", TimeSpan.FromDays(7)));
        Assert.True(reader.Choice("P", true, Publish));
        Assert.Equal(
            [
                "MISSING is not set; expected an id",
                "EMPTY is not set; expected an id",
                "BAD='y'; expected x",
                "O='z'; expected x",
                "D='5 minutes'; expected a duration such as 90s, 15m, 26h or 7d",
                "P='none'; expected one of all, each",
            ],
            reader.Problems.Select(p => p.ToString()));
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("26h", 93600)]
    [InlineData("7d", 604800)]
    public void A_duration_is_a_number_and_a_unit(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Reader(("D", text)).Duration("D", TimeSpan.Zero));

    [Theory]
    [InlineData("0s")]
    [InlineData("-5m")]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("1.5h")]
    [InlineData("5w")]
    [InlineData("99999999999d")]
    [InlineData("2147483647d")]
    [InlineData("36501d")]
    public void Anything_else_is_no_duration(string text)
    {
        var reader = Reader(("D", text));
        Assert.Equal(TimeSpan.FromSeconds(1), reader.Duration("D", TimeSpan.FromSeconds(1)));
        Assert.Equal("D", Assert.Single(reader.Problems).Name);
    }

    [Fact]
    public void A_token_pasted_where_its_secrets_name_belongs_is_not_shown()
    {
        var reader = Reader(("SLACK_CHANNEL", "C0A"), ("SLACK_TOKEN_SECRET", "xoxb-123-secret"));
        Assert.Null(SlackSettings.Read(reader));
        Assert.DoesNotContain("xoxb", Assert.Single(reader.Problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C0123ABCDEF", "slack-token", true, "")]
    [InlineData("G0123ABCDEF", "slack-token", true, "")]
    [InlineData("#data", "slack-token", false, "SLACK_CHANNEL")]
    [InlineData("C0123abc", "slack-token", false, "SLACK_CHANNEL")]
    [InlineData("", "", false, "")]
    [InlineData("C0A", "", false, "SLACK_TOKEN_SECRET")]
    [InlineData("", "slack-token", false, "SLACK_CHANNEL")]
    [InlineData("a b", "slack-token", false, "SLACK_CHANNEL")]
    [InlineData("a b", "", false, "SLACK_CHANNEL")]
    public void Slack_needs_both_settings_or_none(string channel, string secret, bool read, string problem)
    {
        var reader = Reader(("SLACK_CHANNEL", channel), ("SLACK_TOKEN_SECRET", secret));
        Assert.Equal(read, SlackSettings.Read(reader) is not null);
        Assert.Equal(problem, string.Join(' ', reader.Problems.Select(p => p.Name)));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("problems", false)]
    [InlineData("Always", true)]
    [InlineData("never", null)]
    public void Notify_says_what_is_told(string? notify, bool? always)
    {
        var reader = Reader(("SLACK_CHANNEL", "C0A"), ("SLACK_TOKEN_SECRET", "token"), ("NOTIFY", notify ?? ""));
        Assert.Equal(always, SlackSettings.Read(reader)?.Always);
        Assert.Empty(reader.Problems);
    }

    internal static SettingsReader Reader(params (string Name, string Value)[] environment) => new(environment.ToDictionary(e => e.Name, e => e.Value));
}
