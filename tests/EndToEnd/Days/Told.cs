namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>What readers don't get, and what has changed for them, people are told.</summary>
internal static class Told
{
    /// <param name="run">Tonight's; null where there was none.</param>
    /// <param name="before">The run that was planned before it; null for the first.</param>
    /// <param name="messages">What Slack shows of tonight.</param>
    public static void Check(RunTruth? run, RunTruth? before, IReadOnlyList<string> messages)
    {
        if (run is not { IsPlanned: true }) return;
        foreach (var table in run.Tables.Where(t => !run.Holds(t))) AssertNamed(table.Source, "it has not landed whole");
        foreach (var table in run.Skipped) AssertNamed(table, "the export left it out");
        if (before is null) return;
        foreach (var (source, why) in Changes(before, run)) AssertNamed(source, why);

        void AssertNamed(string source, string why) =>
            Assert.True(messages.Any(m => m.Contains(source, StringComparison.Ordinal)), $"Slack was not told of {source}: {why}");
    }

    /// <summary>The coarse ones: tables that come and go, and columns by name.</summary>
    private static IEnumerable<(string Source, string Why)> Changes(RunTruth before, RunTruth run)
    {
        var was = before.Tables.ToDictionary(t => t.Source);
        var now = run.Tables.ToDictionary(t => t.Source);
        foreach (var (source, table) in was)
        {
            if (!now.TryGetValue(source, out var same))
            {
                if (!run.Skipped.Contains(source)) yield return (source, "it is gone");
            }
            else if (!table.Columns.Select(c => c.Name).ToHashSet().SetEquals(same.Columns.Select(c => c.Name)))
            {
                yield return (source, "its columns are others");
            }
        }
        foreach (var source in now.Keys.Where(s => !was.ContainsKey(s) && !before.Skipped.Contains(s))) yield return (source, "it is new");
    }
}
