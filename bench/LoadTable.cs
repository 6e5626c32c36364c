using RdsBq.Local.Sources;
using Spectre.Console;

namespace RdsBq.Bench;

/// <summary>What a night costs: <c>load</c> beside the obvious way to do it, and the function on what comes of it.</summary>
internal static class LoadTable
{
    public static async Task<Table> MakeAsync()
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumns("what", "files", "export", "read from S3", "limit", "peak memory", "seconds");
        await ManyFilesAsync(table);
        await EventsAsync(table);
        await LargeFilesAsync(table);
        return table;
    }

    private static async Task ManyFilesAsync(Table table)
    {
        await using var many = await LoadBench.StartAsync(new ManyFiles(200, 100));
        Show(table, "load: 200 tables, small files", await many.LoadAsync());
        Show(table, "whole objects, the same", await many.WholeObjectsAsync());
        var handled = await many.FunctionAsync();
        table.AddRow("function: 200 finished transfers at once, published", "", "", "", "", Megabytes(handled.PeakBytes), $"{handled.Took.TotalSeconds:F1}");
    }

    private static async Task EventsAsync(Table table)
    {
        await using (var single = await LoadBench.StartAsync(new ManyFiles(200, 1)))
        {
            await single.LoadAsync();
            var (first, again) = await single.EventsAsync();
            table.AddRow("function: the same one by one, the median of an event", "", "", "", "", "", $"{first / 1000:F3}");
            table.AddRow("function: the same events once more, median", "", "", "", "", "", $"{again / 1000:F3}");
        }
        await using var bad = await LoadBench.StartAsync(new ManyFiles(200, 1));
        await bad.LoadAsync();
        var told = await bad.FunctionOnABadNightAsync();
        table.AddRow(
            $"function: 200 failed transfers at once, one message; {Handling.Median(told.Output):0} ms an event (median)", "", "", "", "", Megabytes(told.PeakBytes),
            $"{told.Took.TotalSeconds:F1}");
    }

    private static async Task LargeFilesAsync(Table table)
    {
        await using var large = await LoadBench.StartAsync(new LargeFiles(500));
        var (load, whole) = (await large.LoadAsync(), await large.WholeObjectsAsync());
        Show(table, "load: 1 table, 4 MB files", load);
        Show(table, "whole objects, the same", whole);
        table.AddRow(
            "whole objects / load", "", "", $"{(double)whole.ReadBytes / load.ReadBytes:F0} x", "",
            $"{(double)whole.Process.PeakBytes / load.Process.PeakBytes:F1} x", $"{whole.Process.Took / load.Process.Took:F1} x");
    }

    private static void Show(Table table, string what, LoadFigures f) => table.AddRow(
        what, $"{f.Files:N0}", Megabytes(f.ExportBytes), Megabytes(f.ReadBytes), Megabytes(f.ReadLimit), Megabytes(f.Process.PeakBytes), $"{f.Process.Took.TotalSeconds:F1}");

    public static string Megabytes(long bytes) => $"{bytes / 1e6:N1} MB";
}
