using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Runs;
using RdsBq.Cloud.Slack;
using RdsBq.Core.Ledger;

namespace RdsBq.Export.Telling;

/// <summary>
/// Brings the messages of the runs that still move up to date: what the function could not tell, what <c>load</c> itself found out, and runs that a newer one
/// has made up for.
/// </summary>
/// <param name="always">NOTIFY=always: a published run is told too.</param>
/// <param name="clocks">Rows of the ledger are dated by AWS's clock and by machines': what is recent by one of them is recent.</param>
internal sealed class Upkeep(RunTeller teller, bool always, IReadOnlyList<TimeProvider> clocks, ILogger log)
{
    /// <summary>After so long without news a message is as it should be, or Slack has refused it for good.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromHours(2);

    /// <summary>A message that is older than this is left as it is.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(8);

    /// <param name="runs">Newest first, as they are after the tick.</param>
    public async Task TellAsync(IReadOnlyList<RunSummary> runs, CancellationToken token)
    {
        foreach (var run in Moving(runs))
        {
            try
            {
                await teller.TellAsync(run.RunTime, token);
            }
            catch (SlackUnavailableException)
            {
                // It is logged with what was to be told; the work is done, and the next tick tells it.
                log.LogWarning("The next load tells run {RunTime} again.", run.RunTime);
                return;
            }
        }
    }

    internal IReadOnlyList<RunSummary> Moving(IReadOnlyList<RunSummary> runs)
    {
        var published = runs.Where(r => r.Published).MaxBy(r => r.RunTime);
        var fresh = published is not null && IsRecent(published.FirstShownAt, Settled);
        return
        [
            .. runs.Where(r => IsRecent(r.RunTime.Instant, Oldest) && (r.IsTold || (always && r == published)))
                .Where(r => r.RunTime > published?.RunTime || IsRecent(r.LastAt, Settled) || (fresh && r.RunTime < published!.RunTime) || published is null),
        ];
    }

    private bool IsRecent(DateTimeOffset? instant, TimeSpan within) => instant is { } then && clocks.Any(c => c.GetUtcNow() - then < within);
}
