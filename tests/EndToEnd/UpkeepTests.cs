using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RdsBq.Cloud.Runs;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Export.Telling;

namespace RdsBq.EndToEnd.Tests;

/// <summary>Which runs' messages a tick of <c>load</c> looks at: now is noon of 10 April; F failed, P is published, an hour is when something last happened.</summary>
public sealed class UpkeepTests
{
    private static readonly DateTimeOffset Noon = new(2026, 4, 10, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, RunSummary[], bool, int[]> Situations => new()
    {
        { "nothing has run", [], false, [] },
        { "all is well", [Run(10, published: 9)], false, [] },
        { "all is well, and is to be told", [Run(10, published: 11)], true, [10] },
        { "all is well, and was told", [Run(10, published: 5)], true, [] },
        { "a run is stuck for days", [Run(6, failed: 8), Run(5, published: 9)], false, [6] },
        { "mended an hour ago", [Run(10, failed: 8, published: 11)], false, [10] },
        { "mended this morning", [Run(10, failed: 3, published: 5)], false, [] },
        { "a newer run has just made up for two", [Run(10, published: 11), Run(9, failed: 9), Run(8, failed: 9)], false, [9, 8] },
        { "a newer run made up for it long ago", [Run(10, published: 5), Run(9, failed: 9)], false, [] },
        { "too old to care", [Run(1, failed: 8)], false, [] },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public void What_still_moves_is_looked_at(string situation, RunSummary[] runs, bool always, int[] days)
    {
        var upkeep = new Upkeep(new RunTeller(null!, null, null!), always, [new FakeTimeProvider(Noon)], NullLogger.Instance);
        Assert.Equal($"{situation}: {string.Join(' ', days)}", $"{situation}: {string.Join(' ', upkeep.Moving(runs).Select(r => r.RunTime.Instant.Day))}");
    }

    [Fact]
    public void What_is_recent_by_one_of_two_clocks_is_recent()
    {
        var upkeep = new Upkeep(new RunTeller(null!, null, null!), false, [new FakeTimeProvider(Noon.AddHours(9)), new FakeTimeProvider(Noon)], NullLogger.Instance);
        Assert.Single(upkeep.Moving([Run(10, failed: 8, published: 11)]));
    }

    private static RunSummary Run(int day, int? failed = null, int? published = null)
    {
        var at = new DateTimeOffset(2026, 4, day, 0, 0, 0, TimeSpan.Zero);
        var last = at.AddHours(Math.Max(failed ?? 0, published ?? 0));
        return new RunSummary(RunTime.At(at.AddHours(1)), true, published is not null, published is { } hour ? at.AddHours(hour) : null)
        {
            Events = failed is null ? new HashSet<LedgerEvent>() : new HashSet<LedgerEvent> { LedgerEvent.Failed },
            LastAt = last,
            FirstShownAt = published is { } shown ? at.AddHours(shown) : null,
        };
    }
}
