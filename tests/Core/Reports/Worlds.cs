using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Reports;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Tests.Reports;

/// <summary>Days of a pipeline, as status sees them: exports at 03:00, snapshots at 02:00, published 45 minutes later.</summary>
internal static class Worlds
{
    public static readonly DateTimeOffset Day = new(2026, 4, 1, 3, 0, 0, TimeSpan.Zero);

    public static RunTime Run(int day) => RunTime.At(Day.AddDays(day - 1));

    public static string Id(int day) => $"e-{Run(day).Instant:yyyyMMdd-HHmm}";

    public static (RunTime RunTime, ExportTask Task) Export(int day, ExportState state = ExportState.Complete, int percent = 100, string? cause = null, int minutes = 20) =>
        (Run(day), new ExportTask(
            Id(day), "arn:aws:rds:r:1:cluster-snapshot:s", state, "b", "rds", percent, Run(day).Instant.AddHours(-1), Run(day).Instant.AddMinutes(12),
            state == ExportState.Complete ? Run(day).Instant.AddMinutes(minutes) : null, cause, null, null));

    /// <summary>Rows of a run whose tables came to these verdicts; published where all are proven.</summary>
    public static IEnumerable<LedgerRow> Rows(int day, bool published, params (string Table, Verdict Verdict)[] tables)
    {
        var (run, at) = (Run(day), Run(day).Instant);
        LedgerRow Row(LedgerEvent e, int minute, string? table = null) => new(
            at.AddMinutes(minute), e, run, Id(day), at.AddHours(-1), table is null ? null : $"shop.public.{table}", table,
            table is null || e == LedgerEvent.Skipped ? null : $"{table}_{run.Stamp}");
        foreach (var (table, verdict) in tables)
        {
            if (verdict == Verdict.Skipped) yield return Row(LedgerEvent.Skipped, 25, table) with { Detail = "not in the export" };
            else yield return Row(LedgerEvent.Expected, 25, table) with { ExpectedRows = 1000, ExpectedBytes = 2048 };
            if (verdict == Verdict.Proven) yield return Row(LedgerEvent.Proven, 40, table) with { LandedRows = 1000 };
            if (verdict == Verdict.Short) yield return Row(LedgerEvent.Short, 40, table) with { LandedRows = 999 };
            if (verdict == Verdict.Failed) yield return Row(LedgerEvent.Failed, 40, table) with { Detail = "PERMISSION_DENIED no access" };
        }
        yield return Row(LedgerEvent.Planned, 26) with { Tables = tables.Length };
        if (published) yield return Row(LedgerEvent.Published, 45);
    }

    public static RunFigures Figures(int day, bool published, int tables = 1, int failed = 0, int skipped = 0, int minutes = 45)
    {
        var at = Run(day).Instant;
        DateTimeOffset? shown = published ? at.AddMinutes(minutes) : null;
        var summary = new RunSummary(Run(day), true, published, shown) { ProvenAt = shown, FirstShownAt = shown };
        return new RunFigures(summary, Id(day), at.AddHours(-1), shown, tables, published ? tables : 0, failed, skipped, 1000 * tables, 2048 * tables);
    }

    public static RunFigures Chosen(RunFigures run, DateTimeOffset at) => run with { Run = run.Run with { ShownAt = at, RepointedAt = at } };

    public static StatusReport Report(
        DateTimeOffset now, (RunTime RunTime, ExportTask Task)[]? exports, RunFigures[]? runs, IEnumerable<LedgerRow>? rows = null, string? bucket = null) =>
        StatusMaker.Make(new StatusSeen(now, TimeSpan.FromHours(26), exports, runs, [.. rows ?? []], bucket, []));
}
