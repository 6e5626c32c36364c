using System.Globalization;
using RdsBq.Tests.Kit;
using Xunit.Abstractions;

namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>
/// The promise over weeks: a source that changes as sources do, clouds that fail as clouds do, and a person who is not always there.
/// After every day each view shows the newest proven run of its table, and holds exactly what the source held at that run's snapshot.
/// </summary>
/// <remarks>RDSBQ_DAYS_SEED and RDSBQ_DAYS try other seeds and lengths.</remarks>
public sealed class DaysTests(ITestOutputHelper output)
{
    [RequiresFact("initdb", "postgres")]
    public Task Thirty_days_of_drift_and_faults_end_with_every_view_equal_to_the_source_of_its_run() =>
        PassAsync(Number("RDSBQ_DAYS_SEED", 20261122), Number("RDSBQ_DAYS", 30), publish: "all");

    [RequiresFact("initdb", "postgres")]
    public Task With_views_that_go_by_themselves_each_shows_the_newest_proven_run_of_its_table() =>
        PassAsync(Number("RDSBQ_DAYS_SEED", 20261122) + 1_000_000, Math.Min(10, Number("RDSBQ_DAYS", 10)), publish: "each");

    private async Task PassAsync(int seed, int days, string publish)
    {
        var settings = new Dictionary<string, string?> { ["PUBLISH"] = publish };
        await using var run = await DaysRun.StartAsync(seed, settings);
        try
        {
            // Of the last day's run every view is to be shown.
            for (var day = 1; day <= days; day++) await run.DayAsync(fine: day == days);
            await SecretsCheck.AssertCleanAsync(run.Run);
            Assert.True(run.Published >= days / 2, $"only {run.Published} of {days} days were published");
            Assert.True(run.FaultsMet >= days / 10, $"only {run.FaultsMet} calls met a fault");
            output.WriteLine(run.Diary);
        }
        catch (Exception e)
        {
            Assert.Fail($"seed {seed}, PUBLISH={publish}: {e.Message}\n{run.Diary}\n{e.StackTrace}");
        }
    }

    private static int Number(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : fallback;
}
