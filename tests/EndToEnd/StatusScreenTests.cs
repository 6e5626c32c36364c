using RdsBq.Core.Reports;
using RdsBq.Core.Runs;
using RdsBq.Export.Reporting;
using Spectre.Console;

namespace RdsBq.EndToEnd.Tests;

/// <summary>The screen that <c>status</c> draws, on terminals of any width.</summary>
public sealed class StatusScreenTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 1, 18, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(40)]
    [InlineData(120)]
    [InlineData(10_000)]
    public void No_figure_is_cut_or_broken_however_narrow_it_is(int width)
    {
        var lines = Draw(width, Report(500, rows: 1_234_567_890_123)).Split('\n');
        var figures = lines.Where(l => l.Contains("1,234,567,890,123", StringComparison.Ordinal)).ToList();
        Assert.Equal(500, figures.Count);
        Assert.All(figures, l => Assert.Contains("1.12 TiB", l, StringComparison.Ordinal));
        Assert.All(figures, l => Assert.Contains("2026-04-01 17:45", l, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_bad_is_red_and_names_are_no_markup()
    {
        var report = Report(1, 5) with { Problems = ["shop.public.[red]x: failed"] };
        report = report with { Tables = [report.Tables[0] with { Table = "shop.public.[red]x", State = TableState.Failed }] };
        var coloured = Draw(200, report, ColorSystemSupport.Standard);
        Assert.Contains("\e[91mshop.public.[red]x: failed", coloured.Replace("\e[31m", "\e[91m", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('\e', Draw(200, report));
    }

    [Fact]
    public void Many_problems_are_cut_to_ten_and_counted()
    {
        var text = Draw(200, Report(1, 5) with { Problems = [.. Enumerable.Range(1, 25).Select(i => $"problem {i};")] });
        Assert.Contains("problem 10;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("problem 11;", text, StringComparison.Ordinal);
        Assert.Contains("and 15 more", text, StringComparison.Ordinal);
    }

    private static string Draw(int width, StatusReport report, ColorSystemSupport colours = ColorSystemSupport.NoColors)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text), ColorSystem = colours, Ansi = colours == ColorSystemSupport.NoColors ? AnsiSupport.No : AnsiSupport.Yes,
        });
        console.Profile.Width = width;
        StatusText.Write(console, report);
        return text.ToString();
    }

    private static StatusReport Report(int tables, long rows)
    {
        var run = RunTime.At(Now.AddHours(-1));
        var lines = Enumerable.Range(1, tables).Select(i => new TableStatus(
            $"shop.public.a_table_with_quite_a_long_name_{i}", $"t{i}", run, TableState.Proven, rows, rows, rows, Now.AddMinutes(-15), run, Now.AddMinutes(-15),
            TimeSpan.FromHours(2), false, new Dictionary<string, long>(), null, null));
        return new StatusReport(Now, null, null, null, [.. lines], [], [], [], []);
    }
}
