using RdsBq.Core.Runs;

namespace RdsBq.Core.Drift;

/// <summary>A view that no table of the run stands behind any more, its table being dropped, renamed, unlisted or published under another name.</summary>
/// <param name="Since">The first run without it.</param>
/// <param name="Until">Until when it is kept: the grace from then on.</param>
/// <param name="IsOver">The grace is over, and a run without the table is what readers see: the view may go.</param>
public sealed record LeftBehind(KnownTable Known, RunTime Since, DateTimeOffset Until, bool IsOver)
{
    /// <param name="shown">The run that the views point at now; null before the first.</param>
    /// <param name="grace">DROPPED_TABLE_GRACE.</param>
    public static IReadOnlyList<LeftBehind> Of(SourceHistory history, SourceSeen seen, RunTime? shown, TimeSpan grace, DateTimeOffset now)
    {
        var taken = seen.Tables.Select(t => t.View).ToHashSet(StringComparer.Ordinal);
        // A skipped table keeps the view that it was last published as.
        taken.UnionWith(seen.Skipped.Select(history.Of).OfType<KnownTable>().Select(t => t.View));
        return
        [
            .. history.Tables.Where(t => !taken.Contains(t.View))
                .GroupBy(t => t.View, StringComparer.Ordinal)
                .Select(g => g.MaxBy(t => t.LastSeen)!)
                .Where(t => t.Withdrawn is not { } withdrawn || withdrawn <= t.LastSeen)
                .Select(t => Of(t, history.FirstWithout(t), shown, grace, now))
                .OrderBy(l => l.Known.Table, StringComparer.Ordinal),
        ];
    }

    /// <summary>How the words about a view that was taken away begin.</summary>
    public static string Withdrawal(string? view) => $"view {view} is withdrawn";

    private static LeftBehind Of(KnownTable known, RunTime since, RunTime? shown, TimeSpan grace, DateTimeOffset now)
    {
        var until = since.Instant + grace;
        return new LeftBehind(known, since, until, now >= until && shown >= since);
    }
}
