using RdsBq.Bench;
using RdsBq.Local.Sources;
using Spectre.Console;

if (args is [WholeObjects.Verb, var export]) return await WholeObjects.RunAsync(export);

var table = new Table().Border(TableBorder.Markdown)
    .AddColumns("what", "files", "export", "read from S3", "limit", "peak memory", "seconds");
await using (var many = await LoadBench.StartAsync(new ManyFiles(200, 100)))
{
    Show("load: 200 tables, small files", await many.LoadAsync());
    var handled = await many.FunctionAsync();
    Add("function: 200 finished transfers, published", "", "", "", "", Megabytes(handled.PeakBytes), $"{handled.Took.TotalSeconds:F1}");
    Show("whole objects, the same", await many.WholeObjectsAsync());
}
await using (var single = await LoadBench.StartAsync(new ManyFiles(200, 1)))
{
    await single.LoadAsync();
    var (first, again) = await single.EventsAsync();
    Add("function: an event, the median of 200 delivered one by one", "", "", "", "", "", $"{first / 1000:F3}");
    Add("function: the same events once more, median", "", "", "", "", "", $"{again / 1000:F3}");
}
await using (var bad = await LoadBench.StartAsync(new ManyFiles(200, 1)))
{
    await bad.LoadAsync();
    var told = await bad.FunctionOnABadNightAsync();
    Add($"function: 200 failed transfers, one message; {Handling.Median(told.Output):0} ms an event (median)", "", "", "", "", Megabytes(told.PeakBytes), $"{told.Took.TotalSeconds:F1}");
}
await using (var large = await LoadBench.StartAsync(new LargeFiles(500)))
{
    var (load, whole) = (await large.LoadAsync(), await large.WholeObjectsAsync());
    Show("load: 1 table, 4 MB files", load);
    Show("whole objects, the same", whole);
    Add("whole objects / load", "", "", $"{(double)whole.ReadBytes / load.ReadBytes:F0} x", "",
        $"{(double)whole.Process.PeakBytes / load.Process.PeakBytes:F1} x", $"{whole.Process.Took / load.Process.Took:F1} x");
}
AnsiConsole.Profile.Width = 160;
AnsiConsole.Write(table);
return 0;

void Show(string what, LoadFigures f) => Add(
    what, $"{f.Files:N0}", Megabytes(f.ExportBytes), Megabytes(f.ReadBytes), Megabytes(f.ReadLimit), Megabytes(f.Process.PeakBytes),
    $"{f.Process.Took.TotalSeconds:F1}");

void Add(params string[] cells) => table.AddRow(cells);

static string Megabytes(long bytes) => $"{bytes / 1e6:N1} MB";
