using System.Globalization;
using RdsBq.Core.Diagnosis;
using RdsBq.Core.Drift;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Alerts;

/// <summary>Reads a run's troubles out of its ledger, those that are over as well.</summary>
internal static class RunTroubles
{
    /// <param name="rows">The ledger's, of the run, in any order.</param>
    /// <param name="newer">A newer run that is published, and so makes up for all that this one lacks; null for none.</param>
    /// <returns>The worst first.</returns>
    public static IReadOnlyList<Trouble> Of(RunReceipts run, IReadOnlyList<LedgerRow> rows, RunTime? newer)
    {
        var own = rows.Where(r => r.RunTime == run.RunTime).OrderBy(r => r.RecordedAt).ToList();
        var all = run.Tables.Select(t => OfTable(t, own, newer)).Concat(OfRun(run, own, newer)).Concat(Notices(run, own)).OfType<Trouble>();
        return
        [
            .. all.OrderByDescending(t => t.IsOpen).ThenBy(t => t.Kind).ThenByDescending(t => t.Rows).ThenBy(t => t.Since).ThenBy(t => t.Table, StringComparer.Ordinal),
        ];
    }

    private static Trouble? OfTable(Receipt table, List<LedgerRow> own, RunTime? newer)
    {
        var bad = own.Where(r => r.Event is LedgerEvent.Failed or LedgerEvent.Short && r.LandingTable == table.LandingTable).ToList();
        var open = newer is null;
        return table.Verdict switch
        {
            Verdict.Skipped => new(
                TroubleKind.Skipped, table.Table, $"left out: {table.Detail}", null, Diagnoses.OfWarning(table.Detail), open, own.FirstOrDefault(r => r.Table == table.Table)?.RecordedAt ?? default),
            Verdict.Failed or Verdict.Short when bad.Count > 0 => Bad(table, bad[^1], open) with { Since = bad[0].RecordedAt },
            Verdict.Proven when bad.Count > 0 => Bad(table, bad[0], open: false) with { What = "proven now" },
            _ => null,
        };
    }

    private static Trouble Bad(Receipt table, LedgerRow row, bool open)
    {
        if (row.Event == LedgerEvent.Short)
        {
            var rows = $"{Count(row.LandedRows ?? 0)} of {Count(table.ExpectedRows)} rows";
            return new(TroubleKind.Short, table.Table, rows, null, ShortOf(row.LandedRows ?? 0, table.ExpectedRows), open, row.RecordedAt, table.ExpectedRows, row.TransferRun);
        }
        // Where the first line is not known itself, what the others tell is general, and the line says more.
        var first = FirstLine(row.Detail) ?? "the transfer run gives no cause";
        var what = Diagnoses.OfTransfer(first) is null ? $"failed: {first}" : "failed";
        return new(
            TroubleKind.Failed, table.Table, what, row.Detail, Diagnoses.OfTransfer(row.Detail), open, row.RecordedAt, table.ExpectedRows, row.TransferRun);
    }

    private static IEnumerable<Trouble?> OfRun(RunReceipts run, List<LedgerRow> own, RunTime? newer)
    {
        var unplanned = newer is null && !run.IsPlanned;
        var published = own.LastOrDefault(r => r.Event is LedgerEvent.Published or LedgerEvent.Repointed && r.Table is null)?.RecordedAt;
        var failed = Last(LedgerEvent.ExportFailed);
        yield return failed is null ? null : OfExport(failed, unplanned);
        yield return Said(TroubleKind.Stopped, Last(LedgerEvent.Stopped), unplanned);
        yield return Said(TroubleKind.Stuck, Last(LedgerEvent.Stuck), unplanned && failed is null);
        yield return Said(TroubleKind.Overdue, Last(LedgerEvent.Overdue), newer is null && !run.IsPublished);
        var stale = Last(LedgerEvent.Stale);
        yield return Said(TroubleKind.Stale, stale, newer is null && (published is null || published < stale?.RecordedAt));

        LedgerRow? Last(LedgerEvent happened) => own.LastOrDefault(r => r.Event == happened);
    }

    private static Trouble OfExport(LedgerRow row, bool open)
    {
        var finding = Diagnoses.OfExportFailure(row.Detail);
        return new(TroubleKind.ExportFailed, null, finding is null ? $"Its export failed: {row.Detail ?? "RDS gives no cause."}" : "Its export failed.", row.Detail, finding, open, row.RecordedAt);
    }

    private static Trouble? Said(TroubleKind kind, LedgerRow? row, bool open) =>
        row is null ? null : new(kind, null, FirstLine(row.Detail) ?? "", row.Detail, null, open, row.RecordedAt);

    private static IEnumerable<Trouble?> Notices(RunReceipts run, List<LedgerRow> own)
    {
        foreach (var row in own.Where(r => r.Event == LedgerEvent.Uncast).DistinctBy(r => r.InsertId))
        {
            var columns = UncastValues.FromJson(row.Uncast);
            var types = run.Tables.FirstOrDefault(t => t.Table == row.Table)?.Columns ?? [];
            var named = columns.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => $"{c.Key} ({types.FirstOrDefault(t => t.Name == c.Key)?.OriginalType ?? "type unknown"}): {Count(c.Value)}");
            var sum = columns.Values.Sum();
            yield return new(
                TroubleKind.Uncast, row.Table, $"{(sum == 1 ? "1 value is" : $"{Count(sum)} values are")} NULL in the view", string.Join('\n', [.. named, .. row.Detail is null ? (string[])[] : ["", row.Detail]]),
                null, IsOpen: false, row.RecordedAt, sum);
        }
        foreach (var row in own.Where(IsChange).DistinctBy(r => r.InsertId))
            yield return new(TroubleKind.Changed, row.Table, row.Detail!, null, null, IsOpen: false, row.RecordedAt);
    }

    // A view that was gone before, or is someone's own, has a row too, and is no news.
    private static bool IsChange(LedgerRow row) => row.Detail is not null
        && (row.Event == LedgerEvent.Changed || (row.Event == LedgerEvent.Withdrawn && row.Detail.StartsWith(LeftBehind.Withdrawal(row.View), StringComparison.Ordinal)));

    private static Finding ShortOf(long landed, long expected) => new(
        landed == 0 ? "no-rows" : landed < expected ? "too-few-rows" : "too-many-rows",
        landed == 0 ? "The transfer run succeeded without loading anything: it found no file, or files that it had seen before."
            : landed < expected ? "The transfer run succeeded without loading everything: files were missing, or not visible to it yet."
            : "The landing table holds more rows than the export: something else has written to it.",
        "Look at the run's log; when the files of the export are all there, start the transfer again.", "rdsbq load --retry");

    private static string? FirstLine(string? text) => text?.Split('\n', 2)[0].Trim() is { Length: > 0 } line ? line : null;

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
