using RdsBq.Core.Runs;

namespace RdsBq.Core.Views;

/// <param name="Expires">Null for never.</param>
public sealed record ListedTable(string Name, DateTimeOffset? Expires);

/// <summary>
/// Landing tables expire, but not under a view: while no newer run takes the views over, the tables that they show are given time again
/// and again.
/// </summary>
public static class LandingLife
{
    /// <summary>A run that is younger has half of its retention before it: not worth a call.</summary>
    public static bool IsWorthALook(RunTime shown, DateTimeOffset now, TimeSpan retention) => now - shown.Instant > retention / 2;

    /// <summary>The tables of <paramref name="shown"/> that would be gone within half a retention; they are to live a whole one from now on.</summary>
    /// <param name="shown">Landing tables that views point at.</param>
    public static IReadOnlyList<string> ToExtend(IReadOnlySet<string> shown, IEnumerable<ListedTable> tables, DateTimeOffset now, TimeSpan retention) =>
        [.. tables.Where(t => shown.Contains(t.Name) && t.Expires < now + (retention / 2)).Select(t => t.Name)];
}
