using RdsBq.Core.Ledger;

namespace RdsBq.Core.Reports;

/// <summary>A run and whether a person may point the views at it.</summary>
/// <param name="Verdict"><c>shown</c>, <c>can be shown</c>, or why it can't.</param>
public sealed record RunChoice(RunFigures Run, string Verdict, bool CanBeShown)
{
    /// <summary>In the order of <paramref name="runs"/>.</summary>
    /// <param name="landingTables">That exist in the landing dataset.</param>
    public static IReadOnlyList<RunChoice> Of(IReadOnlyList<RunFigures> runs, IEnumerable<string> landingTables)
    {
        // A landing table's name ends with its run's stamp; how many there are is enough for a list.
        var there = landingTables.Where(t => t.Contains('_', StringComparison.Ordinal))
            .GroupBy(t => t[(t.LastIndexOf('_') + 1)..], StringComparer.Ordinal).ToDictionary(g => g.Key, g => (long)g.Count(), StringComparer.Ordinal);
        var shown = RunSummary.Shown(runs.Select(r => r.Run));
        return [.. runs.Select(r => Of(r, r.Run == shown, there.GetValueOrDefault(r.Run.RunTime.Stamp)))];
    }

    private static RunChoice Of(RunFigures run, bool shown, long there) => run switch
    {
        { Run.ProvenAt: null, Run.Planned: false } => new RunChoice(run, "not planned yet", false),
        { Run.ProvenAt: null } => new RunChoice(run, $"not proven: {run.Proven} of {run.Tables} tables are, {run.Failed} failed", false),
        _ when there < run.Proven => new RunChoice(run, $"{(shown ? "shown, but " : "")}{run.Proven - there} of {run.Proven} landing tables are gone", false),
        _ when shown => new RunChoice(run, "shown", true),
        _ => new RunChoice(run, "can be shown", true),
    };
}
