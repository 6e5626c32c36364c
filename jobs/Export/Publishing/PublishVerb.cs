using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Runs;
using RdsBq.Core;
using RdsBq.Core.Ledger;
using RdsBq.Core.Reports;
using RdsBq.Core.Runs;
using RdsBq.Core.Views;
using RdsBq.Export.Reporting;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Publishing;

/// <summary>
/// <c>publish</c>: points all views at the run that a person names. It asks BigQuery alone, so that a rollback works while AWS does not answer.
/// </summary>
internal sealed class PublishVerb(GoogleSide google, LandingKeeper keeper, JobSettings settings, Screen screen)
{
    private const int MostNamed = 10;

    private static readonly TimeSpan Window = TimeSpan.FromDays(400);

    private string Landing => settings.Warehouse.LandingDataset;

    /// <returns>What is to be said of it.</returns>
    /// <exception cref="StopException">64: no run can be meant by that name. 1: the run can't be shown; the reason names the tables.</exception>
    public async Task<string> RunAsync(PublishArguments arguments, CancellationToken token)
    {
        if (arguments.Run is not { } name) return await ListAsync(token);
        if (!RunNames.TryRead(name, settings.Ids, out var runTime))
            throw new StopException(StopException.BadSettings, $"--run '{name}': expected {RunNames.Expected}.", "rdsbq publish --list shows the runs there are.");
        return await ShowAsync(runTime, token);
    }

    private async Task<string> ShowAsync(RunTime runTime, CancellationToken token)
    {
        var runs = await google.Ledger.SummariesAsync(Window, token);
        if (!runs.Any(r => r.RunTime == runTime))
            throw StopException.ForPerson($"The ledger has no run {runTime}.", "rdsbq publish --list shows the runs there are.");
        var run = RunReceipts.From(runTime, await google.Ledger.RunAsync(runTime, token));
        DemandProof(run);
        var listed = await google.BigQuery.ListTablesAsync(Landing, token);
        DemandTables(run, listed);

        var elsewhere = await google.Publisher.ElsewhereAsync(run, token);
        var before = RunSummary.Shown(runs);
        if (elsewhere.Count == 0 && before?.RunTime == runTime)
        {
            if (google.Ready is { } ready) await ready.AnnounceAsync(runs, token);
            return $"run {runTime} is shown already: nothing to do";
        }
        var proven = run.Tables.Where(t => t.Verdict == Verdict.Proven).ToList();
        // Before a view points there: from the first one on the tables must not go.
        await keeper.KeepAsync(proven.Select(t => t.LandingTable!).ToHashSet(StringComparer.Ordinal), listed, token);
        await google.Publisher.RepointAsync(run, elsewhere, token);
        return string.Join('\n', Said(run, proven, elsewhere.Count, await OthersAsync(before, proven, token)));
    }

    private static void DemandProof(RunReceipts run)
    {
        if (!run.IsPlanned)
            throw StopException.ForPerson($"Run {run.RunTime} is not planned: load has not written down yet what it must hold.", "Run rdsbq load, or choose another: rdsbq publish --list");
        var unproven = run.Tables.Where(t => t.Verdict is not (Verdict.Proven or Verdict.Skipped)).Select(t => $"{t.Table} ({Word(t.Verdict)})").ToList();
        if (unproven.Count > 0)
        {
            throw StopException.ForPerson(
                $"Run {run.RunTime} is not wholly proven: {Named(unproven)} of {run.Tables.Count(t => t.Verdict != Verdict.Skipped)} tables.",
                "Mend them and run rdsbq load --retry, or choose another run: rdsbq publish --list");
        }
    }

    private void DemandTables(RunReceipts run, IReadOnlyList<ListedTable> listed)
    {
        var there = listed.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var gone = run.Tables.Where(t => t.Verdict == Verdict.Proven && !there.Contains(t.LandingTable!)).Select(t => t.LandingTable!).ToList();
        if (gone.Count == 0) return;
        var until = run.RunTime.Instant + settings.LandingRetention;
        throw StopException.ForPerson(
            $"Landing tables of run {run.RunTime} are gone from {Landing}, since about {Words.Time(until)} by LANDING_RETENTION ({Words.Age(settings.LandingRetention)}): {Named(gone)}.",
            "Choose a younger run: rdsbq publish --list");
    }

    /// <summary>Views of the run that was shown before which this one does not have: they stay with it.</summary>
    private async Task<IReadOnlyList<string>> OthersAsync(RunSummary? before, IReadOnlyList<Receipt> proven, CancellationToken token)
    {
        if (before is null) return [];
        var own = proven.Select(t => t.View).ToHashSet(StringComparer.Ordinal);
        var shown = ShownViews.From(await google.Ledger.ShownRowsAsync(before.RunTime, before.RunTime, token));
        return [.. shown.Values.Where(v => !own.Contains(v.View)).Select(v => $"{v.View} ({v.RunTime})").Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Said(RunReceipts run, IReadOnlyList<Receipt> proven, int repointed, IReadOnlyList<string> others)
    {
        var snapshot = run.SnapshotTime is { } time ? $", snapshot {Words.Time(time)}" : "";
        yield return $"run {run.RunTime} is shown{snapshot}: {Words.Count(proven.Count, "view")}, {repointed} repointed";
        if (others.Count > 0) yield return $"stay as they are, since this run does not have them: {Named(others)}";
        yield return "a newer run that is proven from now on publishes itself as usual";
    }

    private async Task<string> ListAsync(CancellationToken token)
    {
        var runs = await google.Ledger.FiguresAsync(Window, token);
        if (runs.Count == 0) return "there is no run yet";
        var choices = RunChoice.Of(runs, (await google.BigQuery.ListTablesAsync(Landing, token)).Select(t => t.Name));
        return screen.Draw(console => RunList.Write(console, choices));
    }

    private static string Named(IReadOnlyList<string> names) => names.Count <= MostNamed
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(MostNamed))} and {names.Count - MostNamed} more";

    private static string Word(Verdict verdict) => verdict == Verdict.Pending ? "under way" : verdict.ToString().ToLowerInvariant();
}
