namespace RdsBq.Core.Tests.Runs;

/// <summary>The oracle itself against the examples that Google publishes.</summary>
public class DtsExpanderTests
{
    private static readonly DateTimeOffset Published = new(2018, 2, 15, 0, 1, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""mytable_{run_time|"%Y%m%d"}""", "mytable_20180215")]
    [InlineData("""{run_time+25h|"%Y%m%d"}""", "20180216")]
    [InlineData("""{run_time-1h|"%Y%m%d"}""", "20180214")]
    [InlineData("""mytable_{run_time+1.5h|"%Y%m%d%H"}""", "mytable_2018021501")]
    [InlineData("""mytable_{run_time+90m|"%Y%m%d%H"}""", "mytable_2018021501")]
    [InlineData("""{run_time+97s|"%Y%m%d"}_mytable_{run_time+97s|"%H%M%S"}""", "20180215_mytable_000237")]
    [InlineData("mytable${run_date}", "mytable$20180215")]
    [InlineData("""\{{run_date}\}{run_time|"\"%Y\|"}""", "{20180215}\"2018|")]
    public void Published_examples_expand_as_published(string template, string expected) =>
        Assert.Equal(expected, DtsExpander.Expand(template, Published));
}
