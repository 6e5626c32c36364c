using System.Globalization;
using System.Xml.Linq;

namespace RdsBq.Core.Reports;

/// <summary>
/// The report as one HTML page that needs nothing else: no script, no style sheet, no font, no image from anywhere. It is well-formed XML as well.
/// </summary>
public static class StatusPage
{
    // No < > & here: HTML reads a style element as it is, XML would want them escaped.
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c2128; --paper: #ffffff; --line: #d0d7de; --soft: #57606a; --bad: #b3261e; --warn: #8a5a00; --bar: #2f6fbd; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6edf3; --paper: #0d1117; --line: #30363d; --soft: #9aa4af; --bar: #6ea8fe; --bad: #ff8078; --warn: #e3b341; }
        }
        body { margin: 2rem auto; max-width: 76rem; padding: 0 1rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; } dt { color: var(--soft); } dd { margin: 0; }
        .wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: var(--soft); padding-bottom: .4rem; }
        th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
        th.n, td.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .bad { color: var(--bad); font-weight: 600; } .warn { color: var(--warn); }
        svg { width: 100%; height: auto; } svg text { fill: var(--soft); font-size: 11px; } svg .bar { fill: var(--bar); } svg .none { fill: var(--bad); }
        svg line { stroke: var(--line); }
        """;

    private static readonly string[] RunColumns = ["run", "export task", "tables", "proven", "failed", "skipped", "rows", "size", "duration", "published"];

    public static string Write(StatusReport report)
    {
        var page = new XElement("html", new XAttribute("lang", "en"), Head(report), Body(report));
        return $"<!DOCTYPE html>\n{page.ToString(SaveOptions.None)}\n";
    }

    private static XElement Head(StatusReport report) => new(
        "head",
        new XElement("meta", new XAttribute("charset", "utf-8")),
        new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
        new XElement("meta", new XAttribute("name", "referrer"), new XAttribute("content", "no-referrer")),
        new XElement("title", $"RdsBq: {(report.Problems.Count == 0 ? "all well" : Words.Count(report.Problems.Count, "problem"))}, {Words.Time(report.At)} UTC"),
        new XElement("style", Style));

    private static XElement Body(StatusReport report)
    {
        var runs = report.Runs.Reverse().ToList();
        return new XElement(
            "body",
            new XElement("h1", $"RdsBq at {Words.Time(report.At)} UTC"),
            new XElement(
                "dl",
                Line("Export", StatusLines.Export(report)), Line("Run", StatusLines.Run(report)), Line("Shown", StatusLines.Shown(report))),
            Messages("What needs a person", "bad", report.Problems),
            Messages("Worth knowing", "warn", [.. report.Warnings, .. report.Unknown.Select(u => $"not known: {u}")]),
            report.Tables.Count == 0 ? null : new XElement("h2", "Tables"),
            report.Tables.Count == 0 ? null : Tables(report),
            runs.Count == 0 ? null : new XElement("h2", $"The last {Words.Count(runs.Count, "run")}"),
            runs.Count == 0 ? null : Plot.Draw(
                "rows", "Rows a run", [.. runs.Select(r => new PlotBar(r.RunTime.ToString(), r.Rows, $"{Words.Number(r.Rows)} rows"))], v => Words.Number((long)v)),
            runs.Count == 0 ? null : Plot.Draw(
                "duration", "Minutes from the start of the export to the publication",
                [.. runs.Select(r => new PlotBar(r.RunTime.ToString(), r.Duration?.TotalMinutes, r.Duration is { } d ? Words.Age(d) : "not published"))],
                v => v.ToString("0.#", CultureInfo.InvariantCulture)),
            runs.Count == 0 ? null : Runs(report.Runs));
    }

    private static object[] Line(string name, string text) => [new XElement("dt", name), new XElement("dd", Clean(text))];

    private static object[] Messages(string title, string kind, IReadOnlyList<string> lines) => lines.Count == 0
        ? []
        : [new XElement("h2", title), new XElement("ul", new XAttribute("class", kind), lines.Select(l => new XElement("li", Clean(l))))];

    private static XElement Tables(StatusReport report) => Table(
        "Each table of the newest run, worst first; rows and size are those of its export.",
        StatusLines.Columns, StatusLines.Figures,
        report.Tables.Select(t => (t.IsBad ? "bad" : t.Uncast.Count > 0 ? "warn" : "", StatusLines.Cells(t))));

    private static XElement Runs(IReadOnlyList<PastRun> runs) => Table(
        "The figures of the plots, newest run first.", RunColumns, [2, 3, 4, 5, 6, 7, 8],
        runs.Select(r => (r.Failed > 0 ? "bad" : "", (IReadOnlyList<string>)
        [
            r.Shown ? $"{r.RunTime} (shown)" : r.RunTime.ToString(), r.ExportTaskId, Words.Number(r.Tables), Words.Number(r.Proven), Words.Number(r.Failed),
            Words.Number(r.Skipped), Words.Number(r.Rows), Words.Bytes(r.Bytes), r.Duration is { } d ? Words.Age(d) : "", Words.Time(r.PublishedAt),
        ])));

    private static XElement Table(string caption, IReadOnlyList<string> columns, IReadOnlyList<int> figures, IEnumerable<(string Kind, IReadOnlyList<string> Cells)> rows)
    {
        return new XElement(
            "div", new XAttribute("class", "wide"),
            new XElement(
                "table",
                new XElement("caption", caption),
                new XElement("thead", new XElement("tr", columns.Select((c, i) => new XElement("th", new XAttribute("scope", "col"), Figure(i), c)))),
                new XElement("tbody", rows.Select(r => new XElement(
                    "tr", r.Kind.Length == 0 ? null : new XAttribute("class", r.Kind), r.Cells.Select((c, i) => Cell(i, c)))))));

        // The first cell names its row. An empty element must not close itself: HTML would read on inside it.
        XElement Cell(int i, string text) => i == 0
            ? new XElement("th", new XAttribute("scope", "row"), Clean(text))
            : new XElement("td", Figure(i), Clean(text));

        XAttribute? Figure(int i) => figures.Contains(i) ? new XAttribute("class", "n") : null;
    }

    /// <summary>Table names and reasons may hold anything; XML can't carry most control characters.</summary>
    private static string Clean(string text) => XmlText.Of(text);
}
