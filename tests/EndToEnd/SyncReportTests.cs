using RdsBq.Core;
using RdsBq.Core.Transfers;
using RdsBq.Export.Syncing;

namespace RdsBq.EndToEnd.Tests;

/// <summary>What a sync says in the end, and which exit code it says it with.</summary>
public sealed class SyncReportTests
{
    private static readonly StopException Passing = StopException.Passing("Creating x answered RESOURCE_EXHAUSTED.", "Nothing to do.");
    private static readonly StopException Lasting = StopException.ForPerson("Creating x answered PERMISSION_DENIED.", "Give it the right.");

    [Fact]
    public void All_made_is_no_stop() => Assert.Null(Report().Stop());

    [Fact]
    public void When_all_that_failed_may_pass_it_is_tried_again_later()
    {
        var stop = Report(Passing, Passing).Stop()!;
        Assert.Equal(StopException.TryAgain, stop.ExitCode);
        Assert.StartsWith("2 of 8 changes failed: shop-t0-transfer, shop-t1-transfer. Creating", stop.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_lasts_needs_a_person_and_gives_the_remedy()
    {
        var stop = Report(Passing, Lasting, Passing, Passing, Passing, Passing, Passing).Stop()!;
        Assert.Equal(StopException.NeedsPerson, stop.ExitCode);
        Assert.Contains("shop-t4-transfer and 2 more. Creating x answered PERMISSION_DENIED.", stop.Message, StringComparison.Ordinal);
        Assert.Equal("Give it the right.", stop.Mend);
    }

    [Fact]
    public void Failures_are_not_counted_as_done()
    {
        Assert.Equal("sync: 7 created, 2 right as they are, 1 failed", Report(Passing).Summary);
        Assert.Contains("\"error\":\"Creating x answered RESOURCE_EXHAUSTED.\"", SyncJson.Of(Report(Passing)), StringComparison.Ordinal);
        Assert.Equal("sync: no transfer configs", new SyncReport(null, false, [], new Dictionary<SyncChange, StopException>(), []).Summary);
    }

    private static SyncReport Report(params StopException[] failures)
    {
        var changes = Enumerable.Range(0, 8).Select(i => new SyncChange(SyncAction.Create, $"shop-t{i}-transfer", $"shop.public.t{i}", "")).ToList();
        var kept = Enumerable.Range(8, 2).Select(i => new SyncChange(SyncAction.Keep, $"shop-t{i}-transfer", $"shop.public.t{i}", ""));
        return new SyncReport("export-1", false, [.. changes, .. kept], changes.Zip(failures).ToDictionary(f => f.First, f => f.Second), []);
    }
}
