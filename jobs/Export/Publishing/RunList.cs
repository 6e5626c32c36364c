using RdsBq.Core.Reports;
using Spectre.Console;

namespace RdsBq.Export.Publishing;

/// <summary><c>publish --list</c>: the runs, newest first, and which of them can be shown.</summary>
internal static class RunList
{
    public static void Write(IAnsiConsole console, IReadOnlyList<RunChoice> choices)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var name in (string[])["run", "export task", "snapshot", "tables", "rows", "published", "verdict"])
            table.AddColumn(new TableColumn(name) { NoWrap = name is not "verdict" and not "export task" });
        table.Columns[3].RightAligned();
        table.Columns[4].RightAligned();
        foreach (var choice in choices)
        {
            var colour = choice.Verdict == "shown" ? "green" : choice.CanBeShown ? "default" : "grey";
            table.AddRow(Cells(choice).Select(c => new Markup($"[{colour}]{Markup.Escape(c)}[/]")));
        }
        console.Write(table);
    }

    private static IEnumerable<string> Cells(RunChoice choice) =>
    [
        choice.Run.Run.RunTime.ToString(), choice.Run.ExportTaskId, Words.Time(choice.Run.SnapshotTime), Words.Number(choice.Run.Tables), Words.Number(choice.Run.Rows),
        Words.Time(choice.Run.PublishedAt), choice.Verdict,
    ];
}
