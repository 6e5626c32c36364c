using RdsBq.Core.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RdsBq.Export.Reporting;

/// <summary>The report as one screen of text.</summary>
internal static class StatusText
{
    private const int MostProblems = 10;

    public static void Write(IAnsiConsole console, StatusReport report)
    {
        console.Write(Heads(report));
        if (report.Tables.Count > 0) Draw(console, Tables(report));
        foreach (var problem in report.Problems.Take(MostProblems)) console.MarkupLine($"[red]{Markup.Escape(problem)}[/]");
        if (report.Problems.Count > MostProblems) console.MarkupLine($"[red]and {report.Problems.Count - MostProblems} more[/]");
        foreach (var warning in report.Warnings) console.MarkupLine($"[yellow]warning: {Markup.Escape(warning)}[/]");
        foreach (var unknown in report.Unknown) console.MarkupLine($"[yellow]not known: {Markup.Escape(unknown)}[/]");
    }

    private static Grid Heads(StatusReport report)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        Row("at", $"{Words.Time(report.At)} UTC");
        Row("export", StatusLines.Export(report), report.Export?.State is "failed" or "canceled");
        Row("run", StatusLines.Run(report), report.UnderWay is { Failed: > 0 });
        Row("shown", StatusLines.Shown(report), report.Shown is { Stale: true });
        return grid;

        void Row(string name, string text, bool bad = false) => grid.AddRow(name, bad ? $"[red]{Markup.Escape(text)}[/]" : Markup.Escape(text));
    }

    private static Table Tables(StatusReport report)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var name in StatusLines.Columns) table.AddColumn(new TableColumn(name) { NoWrap = !StatusLines.Wraps(name) });
        foreach (var column in StatusLines.Figures) table.Columns[column].RightAligned();
        foreach (var t in report.Tables)
        {
            var colour = t.IsBad ? "red" : t.Uncast.Count > 0 ? "yellow" : t.State is TableState.UnderWay or TableState.Gone ? "grey" : "default";
            table.AddRow(StatusLines.Cells(t).Select(c => new Markup($"[{colour}]{Markup.Escape(c)}[/]")));
        }
        return table;
    }

    /// <summary>On a terminal too narrow for it the table runs over the edge: a number that lost digits would be another number.</summary>
    private static void Draw(IAnsiConsole console, Table table)
    {
        var width = console.Profile.Width;
        var least = ((IRenderable)table).Measure(RenderOptions.Create(console, console.Profile.Capabilities), int.MaxValue).Min;
        console.Profile.Width = Math.Max(width, least);
        console.Write(table);
        console.Profile.Width = width;
    }
}
