using RdsBq.Core.Ledger;

namespace RdsBq.Core.Ready;

public static class ReadyDecider
{
    /// <summary>
    /// Older publications are no news: a topic that is set for the first time, or that was unreachable for longer, must not start
    /// yesterday's work.
    /// </summary>
    public static readonly TimeSpan News = TimeSpan.FromHours(24);

    /// <summary>
    /// The run that READY_TOPIC is to be told of: the one that all views were last pointed at, if it was not told of since; null for none.
    /// A run that the views have left again is not told of any more.
    /// </summary>
    public static RunSummary? Due(IReadOnlyList<RunSummary> runs, DateTimeOffset now) =>
        RunSummary.Shown(runs) is { } shown && !(shown.AnnouncedAt >= shown.ShownAt) && now - shown.ShownAt < News ? shown : null;
}
