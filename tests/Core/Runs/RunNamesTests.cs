using RdsBq.Core.Runs;

namespace RdsBq.Core.Tests.Runs;

public sealed class RunNamesTests
{
    private static readonly RunTimeTemplate Ids = RunTimeTemplate.Parse("e-{run_time|\"%Y%m%d-%H%M\"}");

    [Theory]
    [InlineData("2026-04-01T17:05Z")]
    [InlineData("202604011705")]
    [InlineData("e-20260401-1705")]
    public void A_run_has_three_names(string text)
    {
        Assert.True(RunNames.TryRead(text, Ids, out var run));
        Assert.Equal("2026-04-01T17:05Z", run.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-04-01")]
    [InlineData("2026-04-01T17:05")]
    [InlineData("202604011765")]
    [InlineData("f-20260401-1705")]
    public void Anything_else_names_none(string text) => Assert.False(RunNames.TryRead(text, Ids, out _));
}
