using RdsBq.Core.Runs;

namespace RdsBq.Core.Ledger;

/// <summary>What a published view points at.</summary>
/// <param name="Since">When it was pointed there.</param>
public sealed record ShownView(string View, string LandingTable, RunTime RunTime, DateTimeOffset Since);

/// <summary>Where the published views point, as the ledger tells it.</summary>
public static class ShownViews
{
    /// <param name="rows">
    /// All rows of the run that was shown last as a whole, and the published rows of single tables since (PUBLISH=each), in any order.
    /// </param>
    /// <returns>By view.</returns>
    public static IReadOnlyDictionary<string, ShownView> From(IReadOnlyCollection<LedgerRow> rows)
    {
        var views = new Dictionary<string, ShownView>(StringComparer.Ordinal);
        foreach (var row in rows.OrderBy(r => r.RecordedAt))
        {
            if (row.Event == LedgerEvent.Withdrawn && row.View is not null) views.Remove(row.View);
            if (row.Event is not (LedgerEvent.Published or LedgerEvent.Repointed)) continue;
            if (row is { View: { } view, LandingTable: { } landing }) Point(view, landing, row);
            else if (row.Table is null) PointAll(row);
        }
        return views;

        void PointAll(LedgerRow whole)
        {
            foreach (var table in RunReceipts.From(whole.RunTime, rows).Tables.Where(t => t.Verdict == Verdict.Proven))
            {
                // A run that publishes itself leaves alone what a newer one has taken; a person takes everything.
                var stays = whole.Event == LedgerEvent.Published && views.GetValueOrDefault(table.View)?.RunTime > whole.RunTime;
                if (!stays) Point(table.View, table.LandingTable!, whole);
            }
        }

        void Point(string view, string landing, LedgerRow row)
        {
            if (views.GetValueOrDefault(view)?.LandingTable != landing) views[view] = new ShownView(view, landing, row.RunTime, row.RecordedAt);
        }
    }
}
