using RdsBq.Core.Reports;

namespace RdsBq.Core.Tests.Reports;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "0.98 KiB")]
    [InlineData(1536, "1.50 KiB")]
    [InlineData(123_456_789, "118 MiB")]
    [InlineData(5_000_000_000_000, "4.55 TiB")]
    public void Sizes_have_three_digits(long bytes, string words) => Assert.Equal(words, Words.Bytes(bytes));

    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3600, "1 h")]
    [InlineData(93_900, "26 h 5 min")]
    [InlineData(172_800, "2 d")]
    [InlineData(360_000, "4 d 4 h")]
    public void Ages_have_two_units(int seconds, string words) => Assert.Equal(words, Words.Age(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void The_median_passes_over_what_is_no_duration()
    {
        Assert.Null(Expectations.Median([null, TimeSpan.Zero, TimeSpan.FromHours(-1)]));
        Assert.Equal(TimeSpan.FromMinutes(2), Expectations.Median([TimeSpan.FromMinutes(9), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)]));
        Assert.Equal(TimeSpan.FromMinutes(3), Expectations.Median([TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(2)]));
    }
}
