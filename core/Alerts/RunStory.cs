using RdsBq.Core.Ledger;
using RdsBq.Core.Plans;
using RdsBq.Core.Reports;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;

namespace RdsBq.Core.Alerts;

/// <summary>
/// A run as people should see it, told from the ledger alone: whoever tells it, and however often, says the same of the same rows. No word depends on the hour.
/// </summary>
public static class RunStory
{
    /// <summary>Tables that a message names; the ledger has all.</summary>
    private const int MostLines = 20;

    /// <summary>The lines together: a section of a message holds 3,000 characters, and what is cut off there would be the count of the others.</summary>
    private const int MostCharacters = 2700;

    /// <param name="rows">The ledger's, of the run, in any order.</param>
    /// <param name="newer">The newest run that is published, where it is newer than this one: then nobody waits for this one any more.</param>
    /// <returns>Null where there is nothing to say yet.</returns>
    public static Story? Of(RunReceipts run, IReadOnlyList<LedgerRow> rows, WarehouseSettings warehouse, RunTime? newer)
    {
        var troubles = RunTroubles.Of(run, rows, newer);
        if (ToneOf(run, troubles, newer) is not { } tone) return null;
        var causes = tone == Tone.Problem ? Causes.Of(troubles) : Causes.None;
        return new Story(Topic.Of(run.RunTime), tone, RunWords.Title(run, troubles, tone, warehouse, newer), RunWords.Summary(run, troubles, tone, rows, warehouse, newer))
        {
            Facts = Facts(run, rows, warehouse),
            Lines = Lines([.. troubles.Where(t => t.Table is not null || (t != troubles[0] && (t.IsOpen || tone != Tone.Problem)))], causes),
            Advice = tone == Tone.Problem ? Advise(troubles, causes) : [],
            Links = ConsoleLinks.Of(run, troubles, warehouse),
            Details = ThreadDetails.Of(troubles, MostLines),
        };
    }

    private static Tone? ToneOf(RunReceipts run, IReadOnlyList<Trouble> troubles, RunTime? newer)
    {
        if (troubles.Any(t => t.IsOpen)) return Tone.Problem;
        if (troubles.Any(t => !t.IsNotice)) return run.IsPublished || newer is not null ? Tone.Mended : Tone.Notice;
        if (troubles.Count > 0) return Tone.Notice;
        return run.IsPublished ? Tone.Success : null;
    }

    /// <summary>What the summary says already is not among them.</summary>
    private static List<string> Lines(List<Trouble> troubles, Causes causes)
    {
        var each = MostCharacters / Math.Max(1, Math.Min(troubles.Count, MostLines));
        var lines = troubles.Take(MostLines).Select(t => SlackText.Cut(SlackText.OneLine(causes.LineOf(t)), each)).ToList();
        if (troubles.Count > MostLines) lines.Add($"and {Words.Number(troubles.Count - MostLines)} more: the ledger has them all");
        return lines;
    }

    private static List<Advice> Advise(IReadOnlyList<Trouble> troubles, Causes causes)
    {
        var advice = causes.Advice.ToList();
        if (RunWords.NextStep([.. troubles.Where(t => t.IsOpen)]) is { } next && advice.TrueForAll(a => a.Command != next.Command)) advice.Add(next);
        return advice;
    }

    private static List<(string Label, string Value)> Facts(RunReceipts run, IReadOnlyList<LedgerRow> rows, WarehouseSettings warehouse)
    {
        var wanted = run.Tables.Where(t => t.Verdict != Verdict.Skipped).ToList();
        var proven = wanted.Where(t => t.Verdict == Verdict.Proven).ToList();
        List<(string, string)> facts = [("Run", run.RunTime.ToString())];
        if (run.SnapshotTime is { } snapshot) facts.Add(("Snapshot of", $"{Words.Time(snapshot)} UTC"));
        if (wanted.Count > 0)
        {
            facts.Add(("Tables proven", $"{Words.Number(proven.Count)} of {Words.Number(wanted.Count)}"));
            facts.Add(("Rows proven", $"{Words.Number(proven.Sum(t => t.ExpectedRows))} of {Words.Number(wanted.Sum(t => t.ExpectedRows))}"));
        }
        if (RunWords.Duration(run, rows) is { } duration) facts.Add(("Duration", Words.Age(duration)));
        if (CostEstimate.OfRun(wanted.Sum(t => t.ExpectedFiles), wanted.Sum(t => t.ExpectedBytes), warehouse.CastTypes) is > 0 and var dollars)
            facts.Add(("Cost, besides RDS's export", dollars < 0.01m ? "under $0.01" : FormattableString.Invariant($"about ${dollars:0.00}")));
        if (run.ExportTaskId.Length > 0) facts.Add(("Export task", run.ExportTaskId));
        facts.Add(("Dataset", $"{warehouse.Project}.{warehouse.Dataset}"));
        return facts;
    }
}
