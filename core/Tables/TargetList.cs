namespace RdsBq.Core.Tables;

/// <summary>
/// Which tables to bring over, one a line: <c>orders</c> (in any schema), <c>public.orders</c>, <c>shop.public.orders</c>; globs with * and
/// ?; <c>!public.tmp_*</c> leaves out; <c>orders -> sales_orders</c> names the view; # begins a comment. Names are compared letter by
/// letter, case included.
/// </summary>
public sealed class TargetList
{
    private readonly IReadOnlyList<TargetLine> lines;
    private readonly List<TargetLine> includes;
    private readonly List<TargetLine> excludes;

    private TargetList(IReadOnlyList<string> databases, IReadOnlyList<TargetLine> lines)
    {
        (Databases, this.lines) = (databases, lines);
        includes = [.. lines.Where(l => !l.Exclude)];
        excludes = [.. lines.Where(l => l.Exclude)];
    }

    /// <summary>Only their tables are meant.</summary>
    public IReadOnlyList<string> Databases { get; }

    /// <summary>The lines, where all of them name one table each; null for a list with globs or excludes, and for none.</summary>
    public IReadOnlyList<ExactName>? Names =>
        lines.Count > 0 && lines.All(l => l.Exact is not null) ? [.. lines.Select(l => l.Exact!)] : null;

    /// <summary>Every table of the databases.</summary>
    public static TargetList Everything(params IReadOnlyList<string> databases) => new(databases, []);

    /// <param name="problems">All that is wrong, each as <c>file:line: …</c>.</param>
    public static bool TryParse(
        string fileName, string text, IReadOnlyList<string> databases, out TargetList list, out IReadOnlyList<string> problems)
    {
        List<TargetLine> lines = [];
        List<string> wrong = [];
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var content = WithoutComment(raw).Trim();
            if (content.Length == 0) continue;
            var (line, problem) = TargetLine.Read($"{fileName}:{number}", content, databases);
            if (line is not null) lines.Add(line);
            if (problem is not null) wrong.Add(problem);
        }
        if (lines.Count == 0 && wrong.Count == 0) wrong.Add($"{fileName}: it lists no table; write * for every table");
        list = new TargetList(databases, lines);
        problems = wrong;
        return wrong.Count == 0;
    }

    /// <summary>Whether the list means this table, be it in an export or not. A list that only leaves out starts from every table.</summary>
    public bool Wants(SourceTable table) => Databases.Contains(table.Database)
        && (includes.Count == 0 || includes.Exists(l => l.Matches(table))) && !excludes.Exists(l => l.Matches(table));

    /// <summary>The tables that the list means.</summary>
    /// <exception cref="StopException">Two tables would share one view or one transfer config, or one table has two views.</exception>
    public Selection Select(IReadOnlyList<SourceTable> tables)
    {
        var own = tables.Where(t => Databases.Contains(t.Database)).Distinct().ToList();
        var targets = own
            .Where(Wants)
            .Select(t => new Target(t, ViewOf(t)))
            .OrderBy(t => t.Table.ToString(), StringComparer.Ordinal)
            .ToList();
        // Landing tables are the view's name and twelve digits more, so that views of their own mean landing tables of their own.
        RefuseShared(targets, t => t.View, "both be published as");
        RefuseShared(targets, t => Views.Names.TransferConfig(t.Table.Database, t.View), "share the transfer config");
        var names = string.Join(", ", Databases);
        var unmatched = includes.Where(l => !own.Exists(t => l.Matches(t)))
            .Select(l => new UnmatchedLine(
                $"{l.Where}: '{l.Text}' matches no table of {names}", Nearest.Of(l, own, severalDatabases: Databases.Count > 1), l.Exact));
        var idle = excludes.Where(l => !own.Exists(t => l.Matches(t)))
            .Select(l => $"{l.Where}: '{l.Text}' leaves out nothing: no table of {names} matches");
        return new Selection(targets, [.. unmatched], [.. idle]);
    }

    private void RefuseShared(List<Target> targets, Func<Target, string> nameOf, string would)
    {
        foreach (var shared in targets.GroupBy(nameOf, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            throw StopException.ForPerson(
                $"{string.Join(" and ", shared.Select(t => $"{t.Table}{LineOf(t.Table)}"))} would {would} {shared.Key}",
                $"name one of them in the list of target tables, e.g. {shared.Last().Table} -> another_name");
        }
    }

    private string LineOf(SourceTable table) => includes.Find(l => l.Matches(table)) is { } line ? $" ({line.Where})" : "";

    private string ViewOf(SourceTable table)
    {
        var named = includes.Where(l => l.View is not null && l.Matches(table)).DistinctBy(l => l.View, StringComparer.Ordinal).ToList();
        return named.Count <= 1
            ? named.FirstOrDefault()?.View ?? ViewNames.Of(table)
            : throw StopException.ForPerson(
                $"{table} is given two views, {named[0].View} ({named[0].Where}) and {named[1].View} ({named[1].Where})",
                "keep one of the two lines");
    }

    // A # inside a name is legal in MySQL, so that a comment needs a blank before it.
    private static string WithoutComment(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1]))) return line[..i];
        }
        return line;
    }
}
