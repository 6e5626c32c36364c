using System.Globalization;
using RdsBq.Local;

namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>One run as the test knows it: whose source it shows, and which tables must come with it.</summary>
/// <param name="Stamp">The run time as landing tables end with it.</param>
/// <param name="Skipped">Source tables that the export names without bringing them: they are known to be there.</param>
internal sealed record RunTruth(string Stamp, Truth Truth, IReadOnlyList<TruthTable> Tables, IReadOnlySet<string> Skipped)
{
    private readonly HashSet<string> whole = [];

    public DateTimeOffset RunTime =>
        DateTimeOffset.ParseExact(Stamp, "yyyyMMddHHmm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public bool IsPlanned => PlannedAt is not null;

    /// <summary>By the clouds' clock.</summary>
    public DateTimeOffset? PlannedAt { get; set; }

    /// <summary>The run that was published last when this one was planned.</summary>
    public string? ShownThen { get; set; }

    public bool IsPublished { get; set; }

    public bool IsWhole => Tables.All(Holds);

    public static RunTruth Of(string taskId, Truth truth, Weather weather)
    {
        var stamp = taskId["export-id-local-".Length..].Replace("-", "", StringComparison.Ordinal);
        var there = truth.Tables.Where(t => !weather.Lost.Contains(t.Source))
            .ToLookup(t => t.LeftOut || weather.Skipped.Contains(t.Source));
        return new RunTruth(stamp, truth, [.. there[false]], there[true].Select(t => t.Source).ToHashSet());
    }

    public bool Holds(TruthTable table) => whole.Contains(table.View);

    /// <summary>Counts what has landed: whole once is whole for good.</summary>
    public async Task CountAsync(CloudRun run)
    {
        foreach (var table in Tables.Where(t => !Holds(t)))
        {
            var landing = $"`{Estate.Project}.{run.Dataset}_landing.{table.View}_{Stamp}`";
            if ((await run.QueryAsync($"SELECT COUNT(*) FROM {landing}"))[0][0] == $"{table.Rows.Count}") whole.Add(table.View);
        }
    }
}
