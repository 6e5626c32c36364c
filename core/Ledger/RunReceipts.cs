using RdsBq.Core.Runs;
using RdsBq.Core.Tables;

namespace RdsBq.Core.Ledger;

/// <summary>What the ledger's rows say about one run, whatever their order and however often each was written.</summary>
/// <param name="IsPlanned">Every expected row is there, as many as the plan counted.</param>
/// <param name="IsPublished">The views of the run are repointed: all at once, or each by its own row.</param>
public sealed record RunReceipts(
    RunTime RunTime, string ExportTaskId, DateTimeOffset? SnapshotTime, bool IsPlanned, bool IsPublished, IReadOnlyList<Receipt> Tables)
{
    /// <summary>The run is planned and every table that was not skipped is proven.</summary>
    public bool AllProven => IsPlanned && Tables.All(t => t.Verdict is Verdict.Proven or Verdict.Skipped);

    public static RunReceipts From(RunTime runTime, IEnumerable<LedgerRow> rows)
    {
        // An event that was delivered twice is dated by its first row: the second must not outrank what came between.
        var own = rows.Where(r => r.RunTime == runTime).OrderBy(r => r.RecordedAt).DistinctBy(r => r.InsertId).ToList();
        var tables = own.Where(r => r.Event is LedgerEvent.Expected or LedgerEvent.Skipped && r.Table is not null)
            .GroupBy(r => r.Table!, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => ReceiptOf(g.Key, [.. g], own))
            .ToList();
        var expected = own.Where(r => r.Event == LedgerEvent.Expected).Select(r => r.Table).Distinct(StringComparer.Ordinal).Count();
        return new RunReceipts(
            runTime,
            own.Select(r => r.ExportTaskId).FirstOrDefault(id => id.Length > 0) ?? "",
            own.Select(r => r.SnapshotTime).FirstOrDefault(t => t is not null),
            own.Any(r => r.Event == LedgerEvent.Planned && r.Tables <= expected),
            Published(own, tables),
            tables);
    }

    private static Receipt ReceiptOf(string table, IReadOnlyList<LedgerRow> first, List<LedgerRow> own)
    {
        var plan = first.LastOrDefault(r => r.Event == LedgerEvent.Expected) ?? first[^1];
        var verdict = own.LastOrDefault(r => VerdictOf(r.Event) != Verdict.Pending && IsAbout(r, table, plan.LandingTable));
        return new Receipt(
            table,
            plan.View ?? "",
            plan.LandingTable,
            plan.TransferConfig,
            plan.ExpectedRows ?? 0,
            plan.ExpectedBytes ?? 0,
            verdict?.LandedRows,
            verdict is null ? Verdict.Pending : VerdictOf(verdict.Event),
            verdict?.Detail ?? plan.Detail,
            plan.Schema is null ? [] : LandingSchema.FromJson(plan.Schema))
        {
            ExpectedFiles = plan.ExpectedFiles ?? 0,
            Uncast = UncastValues.FromJson(verdict?.Uncast),
            JudgedAt = verdict?.RecordedAt,
            Change = own.LastOrDefault(r => r.Event == LedgerEvent.Changed && r.Table == table)?.Detail,
        };
    }

    private static bool IsAbout(LedgerRow row, string table, string? landingTable) =>
        row.Table is null ? landingTable is not null && row.LandingTable == landingTable : row.Table == table;

    private static Verdict VerdictOf(LedgerEvent happened) => happened switch
    {
        LedgerEvent.Proven => Verdict.Proven,
        LedgerEvent.Short => Verdict.Short,
        LedgerEvent.Failed => Verdict.Failed,
        LedgerEvent.Skipped => Verdict.Skipped,
        _ => Verdict.Pending,
    };

    private static bool Published(List<LedgerRow> own, List<Receipt> tables)
    {
        var rows = own.Where(r => r.Event is LedgerEvent.Published or LedgerEvent.Repointed).ToList();
        if (rows.Exists(r => r.Table is null && r.LandingTable is null)) return true;
        var wanted = tables.Where(t => t.Verdict != Verdict.Skipped).ToList();
        return wanted.Count > 0 && wanted.TrueForAll(t => rows.Exists(r => IsAbout(r, t.Table, t.LandingTable)));
    }
}
