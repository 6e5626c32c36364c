using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using RdsBq.Cloud.Aws;

namespace RdsBq.Cloud.Tests.Aws;

public sealed class CloudClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 17, 5, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(2)]
    [InlineData(0)]
    public void The_clock_of_the_answers_counts_and_goes_on_with_the_machine(int seconds)
    {
        var machine = new FakeTimeProvider(Start);
        var clock = new CloudClock(machine);

        clock.Learn((Start + TimeSpan.FromSeconds(seconds)).ToString("r", CultureInfo.InvariantCulture));
        machine.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(Start + TimeSpan.FromSeconds(seconds + 60), clock.GetUtcNow());
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(-1.9)]
    public void Less_than_two_seconds_is_the_headers_own_coarseness(double seconds)
    {
        var machine = new FakeTimeProvider(Start - TimeSpan.FromSeconds(seconds));
        var clock = new CloudClock(machine);

        clock.Learn(Start.ToString("r", CultureInfo.InvariantCulture));

        Assert.Equal(TimeSpan.Zero, clock.Offset);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-04-01T17:05:00Z")]
    public void What_is_no_HTTP_date_teaches_nothing(string? header)
    {
        var clock = new CloudClock(new FakeTimeProvider(Start));

        clock.Learn("Wed, 01 Apr 2026 18:05:00 GMT");
        clock.Learn(header);

        Assert.Equal(TimeSpan.FromHours(1), clock.Offset);
    }
}
