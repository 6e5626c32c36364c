using RdsBq.Local.Sources;
using Spectre.Console;

namespace RdsBq.Bench;

/// <summary>Size, start and memory of what is shipped, beside the .NET runtime and Node; the ratios are to the image's.</summary>
internal static class StartTable
{
    private const int Times = 3;

    public static async Task<Table> MakeAsync()
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumns("what", "size", "first answer", "an event, median", "peak memory");
        var folder = Directory.CreateTempSubdirectory("rdsbq-bench-");
        try
        {
            await FunctionAsync(table, await FunctionBuilds.MakeAsync(folder.FullName));
            await JobAsync(table, await FunctionBuilds.JobsAsync(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return table;
    }

    private static async Task FunctionAsync(Table table, IReadOnlyList<FunctionBuild> builds)
    {
        await using var night = await LoadBench.StartAsync(new ManyFiles(200, 1));
        await night.LoadAsync();
        var starts = await night.StartsAsync(builds, Times);
        var ours = builds[0];
        foreach (var (build, start) in starts)
        {
            table.AddRow(
                $"function, {build.Name}", Size(build, ours), With($"{start.First.TotalMilliseconds:0} ms", start.First / starts[ours].First),
                With($"{start.Median:0.0} ms", start.Median / starts[ours].Median), With(LoadTable.Megabytes(start.PeakBytes), (double)start.PeakBytes / starts[ours].PeakBytes));
        }
    }

    private static async Task JobAsync(Table table, IReadOnlyList<FunctionBuild> builds)
    {
        await using var night = await LoadBench.StartAsync(new ManyFiles(20, 1));
        await night.LoadAsync();
        await night.FunctionAsync();
        var ticks = await night.TicksAsync(builds, Times);
        var ours = builds[0];
        foreach (var (build, tick) in ticks)
        {
            table.AddRow(
                $"job: load with nothing to do, {build.Name}", Size(build, ours), With($"{tick.Took.TotalMilliseconds:0} ms", tick.Took / ticks[ours].Took), "",
                With(LoadTable.Megabytes(tick.PeakBytes), (double)tick.PeakBytes / ticks[ours].PeakBytes));
        }
    }

    private static string Size(FunctionBuild build, FunctionBuild ours) => With(LoadTable.Megabytes(build.Bytes), (double)build.Bytes / ours.Bytes);

    private static string With(string figure, double ratio) => $"{figure} ({ratio:0.0} x)";
}
