using RdsBq.Core;
using RdsBq.Core.Transfers;

namespace RdsBq.Export.Syncing;

/// <summary>What a <c>sync</c> did, or would do.</summary>
/// <param name="From">The export that told which tables there are; null where the list's names had to do.</param>
/// <param name="Failed">The changes that could not be made, and why.</param>
internal sealed record SyncReport(
    string? From, bool DryRun, IReadOnlyList<SyncChange> Changes, IReadOnlyDictionary<SyncChange, StopException> Failed,
    IReadOnlyList<string> Warnings)
{
    /// <summary>A line for everything but what is right as it is, then the sum.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var change in Changes.Where(c => c.Action != SyncAction.Keep))
        {
            var table = change.Table.Length == 0 ? "" : $"  {change.Table}";
            var line = $"{Word(change.Action),-9} {change.DisplayName}{table}{(change.Why.Length == 0 ? "" : $": {change.Why}")}";
            yield return Failed.TryGetValue(change, out var why) ? $"FAILED: {line}: {why.Message}" : line;
        }
        yield return Summary;
    }

    public string Summary
    {
        get
        {
            var done = Changes.Where(c => !Failed.ContainsKey(c)).GroupBy(c => c.Action).OrderBy(g => g.Key);
            var counts = done.Select(g => $"{g.Count()} {Past(g.Key)}").ToList();
            if (Failed.Count > 0) counts.Add($"{Failed.Count} failed");
            var all = string.Join(", ", counts);
            return $"sync{(DryRun ? " --dry-run" : "")}: {(all.Length == 0 ? "no transfer configs" : all)}";
        }
    }

    /// <summary>Null where all changes were made; exit 75 where all that failed may pass by itself, else 1.</summary>
    public StopException? Stop()
    {
        if (Failed.Count == 0) return null;
        var passing = Failed.Values.All(f => f.ExitCode == StopException.TryAgain);
        var first = Failed.Values.OrderBy(f => f.ExitCode).ThenBy(f => f.Message, StringComparer.Ordinal).First();
        var names = string.Join(", ", Failed.Keys.Select(c => c.DisplayName).Order(StringComparer.Ordinal).Take(5));
        var more = Failed.Count > 5 ? $" and {Failed.Count - 5} more" : "";
        var reason = $"{Failed.Count} of {Changes.Count(c => c.IsPending)} changes failed: {names}{more}. {first.Message}";
        return passing
            ? StopException.Passing(reason, "Nothing to do: the next sync makes what is missing.")
            : StopException.ForPerson(reason, first.Mend);
    }

    public static string Verb(SyncAction action) => action switch
    {
        SyncAction.Create => "Creating",
        SyncAction.Recreate => "Recreating",
        SyncAction.Retire or SyncAction.Prune => "Deleting",
        _ => "Updating",
    };

#pragma warning disable CA1308 // Words for people, not names to be compared.
    public static string Word(SyncAction action) => action.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    private string Past(SyncAction action) => (action, DryRun) switch
    {
        (SyncAction.Keep, _) => "right as they are",
        (SyncAction.Disabled, _) => "switched off",
        (SyncAction.Held, _) => "left for the next sync",
        (SyncAction.Unwanted, _) => "that nothing wants",
        (_, true) => $"to {Word(action)}",
        (SyncAction.Prune, _) => "pruned",
        _ => Word(action) + "d",
    };
}
