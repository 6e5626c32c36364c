using RdsBq.Core.Ledger;
using RdsBq.Core.Reports;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;

namespace RdsBq.Core.Alerts;

/// <summary>The sentences of a run's message.</summary>
internal static class RunWords
{
    private const string Retry = "rdsbq load --retry";

    /// <summary>An export alone takes longer (12 minutes and more): less than this tells of two clocks that differ.</summary>
    private static readonly TimeSpan LeastDuration = TimeSpan.FromMinutes(10);

    public static string Title(RunReceipts run, IReadOnlyList<Trouble> troubles, Tone tone, WarehouseSettings warehouse, RunTime? newer)
    {
        var title = tone switch
        {
            Tone.Mended => newer is { } made ? $"Mended: run {made} made up for it" : $"Mended: run {run.RunTime} is published",
            Tone.Success => $"Run {run.RunTime} is published",
            Tone.Problem => Problem(run, troubles),
            _ => Notice(troubles),
        };
        return $"[{warehouse.Dataset}] {title}";
    }

    private static string Problem(RunReceipts run, IReadOnlyList<Trouble> troubles)
    {
        var open = troubles.Where(t => t.IsOpen).ToList();
        return open[0].Kind switch
        {
            TroubleKind.ExportFailed => "The export failed",
            TroubleKind.Stopped => "The export can't be landed",
            TroubleKind.Failed or TroubleKind.Short => Unproven(run, [.. open.Where(t => t.Kind is TroubleKind.Failed or TroubleKind.Short)]),
            TroubleKind.Stuck => "The export does not begin",
            TroubleKind.Overdue => $"Run {run.RunTime} is overdue",
            TroubleKind.Stale => "Nothing new is published",
            _ => $"The export left out {Words.Count(open.Count(t => t.Kind == TroubleKind.Skipped), "wanted table")}",
        };
    }

    private static string Unproven(RunReceipts run, List<Trouble> bad)
    {
        if (bad is not [var one]) return $"{Words.Number(bad.Count)} of {Words.Count(run.Tables.Count(t => t.Verdict != Verdict.Skipped), "table")} failed";
        return one.Kind == TroubleKind.Short ? one.Line : $"{one.Table}: transfer {(IsCancelled(one) ? "was cancelled" : "failed")}";
    }

    private static bool IsCancelled(Trouble trouble) => trouble.Detail?.StartsWith("CANCELLED", StringComparison.Ordinal) == true;

    private static string Notice(IReadOnlyList<Trouble> troubles)
    {
        if (troubles.FirstOrDefault(t => !t.IsNotice) is not null) return "What had failed is proven; the run goes on";
        var changed = troubles.Count(t => t.Kind == TroubleKind.Changed);
        if (changed > 0) return $"The source has changed: {Words.Count(changed, "table")}";
        var values = troubles.Sum(t => t.Rows);
        return values == 1 ? "1 value is NULL in its view" : $"{Words.Number(values)} values are NULL in their views";
    }

    public static string Summary(
        RunReceipts run, IReadOnlyList<Trouble> troubles, Tone tone, IReadOnlyList<LedgerRow> rows, WarehouseSettings warehouse, RunTime? newer)
    {
        var tables = run.Tables.Where(t => t.Verdict == Verdict.Proven).ToList();
        return tone switch
        {
            Tone.Success => $"{Words.Count(tables.Count, "table")}, {Words.Count(tables.Sum(t => t.ExpectedRows), "row")}."
                + (Duration(run, rows) is { } duration ? $" It took {Words.Age(duration)}." : ""),
            Tone.Mended => $"{Over(run, rows, newer)}{Took(troubles, rows, run, newer)}",
            Tone.Problem => $"{Reason(troubles)} {Readers(run, troubles, warehouse)}".TrimStart(),
            _ => Quiet(troubles, run),
        };
    }

    private static string Reason(IReadOnlyList<Trouble> troubles)
    {
        var first = troubles[0];
        return first.Kind switch
        {
            TroubleKind.Short => $"The transfer run of {first.Table} succeeded but loaded {first.What}.",
            TroubleKind.Failed => "",
            TroubleKind.Skipped => "The export is complete, but RDS skips tables that it can't export, or that are not there.",
            _ => SlackText.Sentence(first.What),
        };
    }

    private static string Readers(RunReceipts run, IReadOnlyList<Trouble> troubles, WarehouseSettings warehouse) =>
        run.IsPublished ? troubles.Any(t => t is { IsOpen: true, Kind: TroubleKind.Skipped }) ? "The views of all other tables show this run." : "The views show this run."
        : warehouse.PublishAll ? "Every view still shows the last published run."
        : "The views of these tables still show their last proven rows.";

    private static string Over(RunReceipts run, IReadOnlyList<LedgerRow> rows, RunTime? newer)
    {
        if (newer is { } made) return $"Run {made} is published: nobody waits for this one any more.";
        var proven = run.Tables.Where(t => t.Verdict == Verdict.Proven).ToList();
        return $"All that had failed is proven, and the views show this run: {Words.Count(proven.Count, "table")}, {Words.Count(proven.Sum(t => t.ExpectedRows), "row")}.";
    }

    /// <summary>How long it lasted, from the first trouble to its end; two machines' clocks may make it negative, and then it is not said.</summary>
    private static string Took(IReadOnlyList<Trouble> troubles, IReadOnlyList<LedgerRow> rows, RunReceipts run, RunTime? newer)
    {
        var began = troubles.Where(t => !t.IsNotice).Min(t => t.Since);
        var ended = newer is null ? Published(run, rows) : null;
        return ended - began is { } lasted && lasted >= TimeSpan.Zero ? $" It took {Words.Age(lasted)} to mend." : "";
    }

    private static string Quiet(IReadOnlyList<Trouble> troubles, RunReceipts run)
    {
        if (troubles.Any(t => !t.IsNotice)) return "Nothing needs mending: the run is published when its last table is proven.";
        List<string> said = [];
        if (troubles.Any(t => t.Kind == TroubleKind.Changed))
            said.Add($"What run {run.RunTime} brings is not what the run before it brought. Nothing needs mending: the views follow when the run is published.");
        if (troubles.Any(t => t.Kind == TroubleKind.Uncast))
            said.Add("All rows are there, but where BigQuery's types can't hold a value (infinity, BC, NaN and the like) its view shows NULL; the landing table has it as the source "
                + "printed it, until it expires. A column is told when this begins, not every night. With TYPES=raw the views show all columns as they landed.");
        return string.Join(' ', said);
    }

    /// <summary>From the run time, when its export was started, to its publication; null where that did not happen.</summary>
    public static TimeSpan? Duration(RunReceipts run, IReadOnlyList<LedgerRow> rows) =>
        Published(run, rows) - run.RunTime.Instant is { } taken && taken >= LeastDuration ? taken : null;

    private static DateTimeOffset? Published(RunReceipts run, IReadOnlyList<LedgerRow> rows) =>
        rows.Where(r => r.RunTime == run.RunTime && r.Event is LedgerEvent.Published && r.Table is null).Min(r => (DateTimeOffset?)r.RecordedAt);

    /// <summary>What the stop itself says that is to be done: its last line.</summary>
    private static string Mend(Trouble stop)
    {
        const string mark = "\nWhat to do: ";
        return stop.Detail?.Split(mark) is [_, var mend] ? SlackText.Sentence(mend) : "";
    }

    /// <summary>What to run when the causes are mended; null where nothing has to be run.</summary>
    public static Advice? NextStep(List<Trouble> open) => open[0].Kind switch
    {
        TroubleKind.ExportFailed => new(null, "When the cause is mended, export again: it takes a new id.", "rdsbq export"),
        TroubleKind.Stopped => new(null, $"{Mend(open[0])} The next load goes on by itself.".TrimStart(), "rdsbq load"),
        TroubleKind.Failed or TroubleKind.Short => new(null, "When the cause is mended, start the failed transfers again.", Retry),
        TroubleKind.Stuck => new(null, "Look at the task; most often the database is large, else the export role lacks a right on the KMS key.", "aws rds describe-export-tasks --source-type SNAPSHOT"),
        TroubleKind.Overdue or TroubleKind.Stale => new(null, "See where everything stands, and what stopped.", "rdsbq status"),
        _ => new(null, "Rename what RDS refuses, grant what it lacks, or take the table off the list; then export again.", "rdsbq export --again"),
    };
}
