using RdsBq.Core.Drift;
using RdsBq.Core.Tables;

namespace RdsBq.Export.Loading;

/// <summary>A table that can't land because its view is another's.</summary>
internal sealed record Collision(SourceTable Table, string Reason);

/// <summary>
/// A table that is made at the source can want the view of one that is published. That costs the newcomer, not the night: whoever has the view keeps it.
/// Before the first run nobody has any, and the list of target tables is refused as a whole.
/// </summary>
internal static class Collisions
{
    public static IReadOnlyList<Collision> Of(IReadOnlyList<SourceTable> tables, TargetList targets, SourceHistory history)
    {
        if (history.Previous is null) return [];
        var shared = tables.SelectMany(t => targets.Select([t]).Targets).GroupBy(t => t.View, StringComparer.Ordinal).Where(g => g.Count() > 1);
        return [.. shared.SelectMany(g => Losers([.. g], history))];
    }

    private static IEnumerable<Collision> Losers(List<Target> rivals, SourceHistory history)
    {
        var view = rivals[0].View;
        var holder = history.Tables.Where(k => k.View == view).MaxBy(k => k.LastSeen);
        foreach (var loser in rivals.Where(r => r.Table.ToString() != holder?.Table))
        {
            var others = string.Join(" and ", rivals.Where(r => r != loser).Select(r => r.Table));
            yield return new Collision(loser.Table, $"it would be published as {view}, as {others} is: name one of them in the list of target tables, e.g. {loser.Table} -> another_name");
        }
    }
}
