using System.Globalization;
using RdsBq.Core.Plans;
using Spectre.Console;

namespace RdsBq.Export.Planning;

/// <summary>The plan for a person: three lines, then tables. Tables of more than a screen are printed whole.</summary>
internal static class PlanScreen
{
    private const string Unknown = "unknown";
    private const int Unbounded = 10_000;

    public static void Write(Plan plan, IAnsiConsole console)
    {
        Line(console, $"plan at {Instant(plan.At)}");
        Verb(console, "export", plan.Export.Action, ExportWords(plan));
        Verb(console, "load", plan.Load.Action, LoadWords(plan.Load));
        Verb(console, "sync", plan.Sync.Changes ? "change" : "nothing", plan.Sync.Reason);
        if (plan.Tables.Count > 0) Draw(console, Tables(plan));
        if (plan.Sync.Configs.Count > 0) Draw(console, Configs(plan.Sync));
        if (plan.Costs.Count > 0) WriteCosts(plan, console);
        foreach (var note in plan.Notes) Line(console, $"note: {note}");
        foreach (var problem in plan.Problems) console.MarkupLine($"[red]problem: {Markup.Escape(problem)}[/]");
    }

    private static string ExportWords(Plan plan)
    {
        var export = plan.Export;
        var words = export.ExportTask is null || export.Action == "follow" ? export.Reason : $"{export.ExportTask}: {export.Reason}";
        if (export.Snapshot is { } snapshot)
        {
            var age = snapshot.CreatedAt is { } created ? $", {Age(plan.At - created)} old" : "";
            var size = snapshot.Gigabytes is { } gigabytes ? $"at most {gigabytes:0.###} GB" : "size unknown";
            words += $"; snapshot {snapshot.Id}{age}, {size} ({snapshot.Size})";
        }
        return export.Action == "start" ? $"{words}; exports {export.OnlyReason}" : words;
    }

    private static string LoadWords(PlannedLoad load)
    {
        var run = load.RunTime is null ? "" : $"run {load.RunTime}{(load.ExportTask is null ? "" : $" of {load.ExportTask}")}: ";
        return run + load.Reason;
    }

    private static Table Tables(Plan plan)
    {
        var table = Grid("table", "rows", "files", "size", "load", "view", "then");
        foreach (var column in table.Columns.Skip(1).Take(3)) Figures(column);
        foreach (var t in plan.Tables)
        {
            var load = t.Detail.Length == 0 ? t.Action : $"{t.Action}: {t.Detail}";
            Row(table, t.Table, Count(t.Rows), Count(t.Files), Size(t.Bytes), load, t.View, t.ViewAction);
        }
        var (rows, files, bytes) = (Sum(plan, t => t.Rows), Sum(plan, t => t.Files), Sum(plan, t => t.Bytes));
        if (plan.Tables.Count > 1) Row(table, $"{plan.Tables.Count} tables", Count(rows), Count(files), Size(bytes), "", "", "");
        return table;
    }

    private static Table Configs(PlannedSync sync)
    {
        var table = Grid("transfer config", "sync", "why");
        foreach (var config in sync.Configs) Row(table, config.Config, config.Action, config.Why);
        return table;
    }

    private static void WriteCosts(Plan plan, IAnsiConsole console)
    {
        var table = Grid("cost of this run", "quantity", "of", "US dollars", "taken from");
        foreach (var column in (ReadOnlySpan<int>)[1, 3]) Figures(table.Columns[column]);
        foreach (var c in plan.Costs) Row(table, c.Item, Amount(c.Bound, c.Quantity), c.Unit, Amount(c.Bound, c.Dollars), c.Basis);
        var unknown = plan.Costs.Count(c => c.Dollars is null);
        Row(table, "all that is known", "", "", Amount("", plan.Costs.Sum(c => c.Dollars ?? 0)), unknown == 0 ? "" : $"{unknown} of {plan.Costs.Count} items are unknown");
        Draw(console, table);
        var prices = Grid("price assumed", "US dollars", "for a", "in", "source");
        Figures(prices.Columns[1]);
        foreach (var p in plan.Prices) Row(prices, p.Id, Amount("", p.Dollars), p.Unit, p.Where, p.Source);
        Draw(console, prices);
        Line(console, "Assumed list prices, before free tiers and discounts; other regions' differ. Look at the sources for what holds today.");
    }

    private static Table Grid(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns) table.AddColumn(new TableColumn(Markup.Escape(column)));
        return table;
    }

    private static void Figures(TableColumn column) => column.RightAligned();

    private static void Row(Table table, params string[] cells) => table.AddRow([.. cells.Select(c => new Text(c))]);

    /// <summary>On a terminal too narrow for it a table runs over the edge: a number that lost digits would be another number.</summary>
    private static void Draw(IAnsiConsole console, Table table)
    {
        var width = console.Profile.Width;
        console.Profile.Width = Unbounded;
        console.Write(table);
        console.Profile.Width = width;
    }

    private static void Verb(IAnsiConsole console, string verb, string action, string words) => Line(console, $"{verb,-7} {action,-8} {words}".TrimEnd());

    // Never through markup: names hold brackets.
    private static void Line(IAnsiConsole console, string text) => console.Write(new Text(text + Environment.NewLine));

    private static long? Sum(Plan plan, Func<PlannedTable, long?> of)
    {
        var known = plan.Tables.Where(t => t.Action != "skip").Select(of).ToList();
        return known.Contains(null) ? null : known.Sum();
    }

    private static string Count(long? number) => number is { } n ? n.ToString("N0", CultureInfo.InvariantCulture) : Unknown;

    private static string Amount(string bound, decimal? number) =>
        number is { } n ? $"{bound} {n.ToString("0.######", CultureInfo.InvariantCulture)}".TrimStart() : Unknown;

    private static string Size(long? bytes) => bytes switch
    {
        null => Unknown,
        < 1_000 => $"{bytes} B",
        < 1_000_000 => $"{(bytes.Value / 1e3).ToString("0.0", CultureInfo.InvariantCulture)} kB",
        < 1_000_000_000 => $"{(bytes.Value / 1e6).ToString("0.0", CultureInfo.InvariantCulture)} MB",
        _ => $"{(bytes.Value / 1e9).ToString("N1", CultureInfo.InvariantCulture)} GB",
    };

    private static string Age(TimeSpan age) => age.TotalHours < 1 ? $"{(int)age.TotalMinutes} min" : age.TotalHours < 48 ? $"{(int)age.TotalHours} h" : $"{(int)age.TotalDays} days";

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
