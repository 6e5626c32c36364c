using System.Text.RegularExpressions;
using System.Xml.Linq;
using RdsBq.Core.Ledger;
using RdsBq.Core.Reports;
using static RdsBq.Core.Tests.Reports.Worlds;

namespace RdsBq.Core.Tests.Reports;

public sealed partial class StatusPageTests
{
    [Fact]
    public void The_page_is_well_formed_and_asks_for_nothing()
    {
        var (text, page) = Page(MonthOfRuns());
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(Elsewhere(), text);
        string[] fetching = ["script", "link", "img", "iframe", "object", "embed", "a", "form", "video", "audio", "source", "use", "image", "base"];
        Assert.Empty(page.Descendants().Select(e => e.Name.LocalName).Intersect(fetching));
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || a.Name.LocalName is "src" or "href" or "style");
    }

    [Fact]
    public void No_element_that_HTML_would_leave_open_closes_itself()
    {
        var (text, _) = Page(MonthOfRuns());
        Assert.All(SelfClosed().Matches(text), m => Assert.Contains(m.Groups[1].Value, (string[])["meta", "line"]));
    }

    [Fact]
    public void Names_and_reasons_are_text_whatever_they_hold()
    {
        const string evil = "<script>alert(\"1\")</script>&amp;\u0001\ud800'";
        var rows = Rows(1, true, ("a", Verdict.Proven)).Select(r => r.Table is null ? r : r with { Table = evil }).ToList();
        rows.Add(rows.First(r => r.Event == LedgerEvent.Proven) with { Event = LedgerEvent.Changed, Detail = evil });
        var (text, page) = Page(Report(Day.AddHours(1), [Export(1)], [Figures(1, true)], rows));
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        var shown = "<script>alert(\"1\")</script>&amp;\ufffd\ufffd'";
        Assert.Equal([shown, shown], page.Descendants("tr").Single(r => r.Descendants().Any(c => c.Value == shown)).Elements().Where(c => c.Value == shown).Select(c => c.Value));
    }

    [Fact]
    public void Each_plot_has_a_bar_a_run_a_title_and_a_description_and_its_figures_in_a_table()
    {
        var (_, page) = Page(MonthOfRuns());
        var plots = page.Descendants("svg").ToList();
        Assert.Equal(2, plots.Count);
        foreach (var plot in plots)
        {
            Assert.Equal("img", plot.Attribute("role")!.Value);
            var named = plot.Attribute("aria-labelledby")!.Value.Split(' ');
            Assert.All(named, id => Assert.Single(page.Descendants(), e => e.Attribute("id")?.Value == id));
            Assert.Equal(["title", "desc"], plot.Elements().Take(2).Select(e => e.Name.LocalName));
            Assert.Equal(30, plot.Elements("rect").Count());
        }
        Assert.All(plots[0].Elements("rect"), r => Assert.Equal("bar", r.Attribute("class")!.Value));
        var unpublished = Assert.Single(plots[1].Elements("rect"), r => r.Attribute("class")!.Value == "none");
        Assert.Equal("2026-05-10T03:00Z: not published", unpublished.Value);
        var figures = page.Descendants("table").Last();
        Assert.Equal(30, figures.Element("tbody")!.Elements("tr").Count());
        Assert.All(page.Descendants("table"), t => Assert.All(t.Element("thead")!.Descendants("th"), h => Assert.Equal("col", h.Attribute("scope")!.Value)));
        Assert.All(page.Descendants("tbody").Elements("tr"), r => Assert.Equal("row", r.Elements().First().Attribute("scope")!.Value));
    }

    [Fact]
    public void Bars_are_as_high_as_their_values()
    {
        var runs = new[] { Figures(3, false), Figures(2, true, minutes: 30), Figures(1, true, minutes: 60) };
        var (_, page) = Page(Report(Day.AddDays(3), [], runs));
        var heights = page.Descendants("svg").Last().Elements("rect").Select(r => double.Parse(r.Attribute("height")!.Value)).ToList();
        Assert.Equal((122, 61, 3), ((int)heights[0], (int)heights[1], (int)heights[2]));
    }

    [Fact]
    public void It_has_colours_for_light_and_dark_and_a_page_without_runs_has_no_plot()
    {
        var (text, page) = Page(Report(Day, [], []));
        Assert.Contains("color-scheme: light dark", text, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", text, StringComparison.Ordinal);
        Assert.Empty(page.Descendants("svg"));
        Assert.DoesNotMatch("[<>&]", page.Descendants("style").Single().Value);
    }

    private static StatusReport MonthOfRuns()
    {
        var runs = Enumerable.Range(1, 40).Reverse().Select(d => Figures(d, d < 40, minutes: 30 + d)).ToArray();
        return Report(Run(40).Instant.AddMinutes(30), [Export(40)], runs, Rows(40, false, ("a", Verdict.Pending)).Concat(Rows(39, true, ("a", Verdict.Proven))), bucket: "no rule");
    }

    private static (string Text, XElement Page) Page(StatusReport report)
    {
        var text = StatusPage.Write(report);
        return (text, XDocument.Parse(text).Root!);
    }

    [GeneratedRegex("https?:|//|url\\(|@import|data:", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    [GeneratedRegex("<([a-z]+)[^<>]*/>")]
    private static partial Regex SelfClosed();
}
