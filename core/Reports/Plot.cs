using System.Globalization;
using System.Xml.Linq;

namespace RdsBq.Core.Reports;

/// <param name="Value">Null where there is none: drawn as a mark on the axis.</param>
/// <param name="Words">The value as people read it.</param>
internal sealed record PlotBar(string Name, double? Value, string Words);

/// <summary>Bars over time as inline SVG, with a title and a description for those who do not see it.</summary>
internal static class Plot
{
    private const double Width = 720;
    private const double Height = 170;
    private const double Left = 90;
    private const double Top = 24;
    private const double Bottom = 24;

    /// <param name="id">Unique in the page.</param>
    /// <param name="bars">Oldest first.</param>
    public static XElement Draw(string id, string title, IReadOnlyList<PlotBar> bars, Func<double, string> label)
    {
        var most = bars.Max(b => b.Value) is { } max and > 0 ? max : 1;
        var step = (Width - Left) / Math.Max(bars.Count, 1);
        var floor = Height - Bottom;
        return new XElement(
            "svg",
            new XAttribute("viewBox", $"0 0 {N(Width)} {N(Height)}"), new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{id}-title {id}-desc"),
            new XElement("title", new XAttribute("id", $"{id}-title"), title),
            new XElement("desc", new XAttribute("id", $"{id}-desc"), Description(bars)),
            Text(Left, Top - 10, "start", title),
            Line(Top), Line(floor),
            Text(Left - 8, Top + 4, "end", label(most)), Text(Left - 8, floor + 4, "end", "0"),
            bars.Select((bar, i) => Bar(bar, Left + (i * step), step, floor, most)),
            Text(Left, Height - 6, "start", bars[0].Name),
            bars.Count > 1 ? Text(Width, Height - 6, "end", bars[^1].Name) : null);
    }

    private static string Description(IReadOnlyList<PlotBar> bars) =>
        $"{bars.Count} runs from {bars[0].Name} to {bars[^1].Name}; the last: {bars[^1].Words}. The table below has every figure.";

    private static XElement Bar(PlotBar bar, double x, double step, double floor, double most)
    {
        var height = bar.Value is { } value ? Math.Max(1, value / most * (floor - Top)) : 3;
        return new XElement(
            "rect",
            new XAttribute("class", bar.Value is null ? "none" : "bar"),
            new XAttribute("x", N(x + (step * 0.15))), new XAttribute("y", N(floor - height)), new XAttribute("width", N(step * 0.7)), new XAttribute("height", N(height)),
            new XElement("title", $"{bar.Name}: {bar.Words}"));
    }

    private static XElement Line(double y) =>
        new("line", new XAttribute("x1", N(Left)), new XAttribute("x2", N(Width)), new XAttribute("y1", N(y)), new XAttribute("y2", N(y)));

    private static XElement Text(double x, double y, string anchor, string text) =>
        new("text", new XAttribute("x", N(x)), new XAttribute("y", N(y)), new XAttribute("text-anchor", anchor), text);

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
