namespace RdsBq.Core.Tables;

/// <summary>
/// Which tables to bring over, one a line: <c>orders</c> (in any schema), <c>public.orders</c>, <c>shop.public.orders</c>; globs with * and
/// ?; <c>!public.tmp_*</c> leaves out; <c>orders -> sales_orders</c> names the view; # begins a comment. Names are compared letter by
/// letter, case included.
/// </summary>
public sealed class TargetList
{
    private readonly string database;
    private readonly IReadOnlyList<TargetLine> lines;

    private TargetList(string database, IReadOnlyList<TargetLine> lines) => (this.database, this.lines) = (database, lines);

    /// <summary>Every table of the database.</summary>
    public static TargetList Everything(string database) => new(database, []);

    /// <param name="problems">All that is wrong, each as <c>file:line: …</c>.</param>
    public static bool TryParse(string fileName, string text, string database, out TargetList list, out IReadOnlyList<string> problems)
    {
        List<TargetLine> lines = [];
        List<string> wrong = [];
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var content = WithoutComment(raw).Trim();
            if (content.Length == 0) continue;
            var (line, problem) = TargetLine.Read($"{fileName}:{number}", content, database);
            if (line is not null) lines.Add(line);
            if (problem is not null) wrong.Add(problem);
        }
        if (lines.Count == 0 && wrong.Count == 0) wrong.Add($"{fileName}: it lists no table; write * for every table");
        list = new TargetList(database, lines);
        problems = wrong;
        return wrong.Count == 0;
    }

    /// <summary>Whether the list means this table, be it in an export or not.</summary>
    public bool Wants(SourceTable table) => table.Database == database
        && (lines.All(l => l.Exclude) || lines.Any(l => !l.Exclude && l.Matches(table))) && !lines.Any(l => l.Exclude && l.Matches(table));

    /// <summary>The tables that the list means. A list that only leaves out starts from every table.</summary>
    /// <exception cref="StopException">Two tables would share one view, or one table has two views.</exception>
    public Selection Select(IReadOnlyList<SourceTable> tables)
    {
        var includes = lines.Where(l => !l.Exclude).ToList();
        var excludes = lines.Where(l => l.Exclude).ToList();
        var own = tables.Where(t => t.Database == database).Distinct().ToList();
        var targets = own
            .Where(t => includes.Count == 0 || includes.Exists(l => l.Matches(t)))
            .Where(t => !excludes.Exists(l => l.Matches(t)))
            .Select(t => new Target(t, ViewOf(t, includes)))
            .OrderBy(t => t.Table.ToString(), StringComparer.Ordinal)
            .ToList();
        foreach (var shared in targets.GroupBy(t => t.View, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            throw StopException.ForPerson(
                $"{string.Join(" and ", shared.Select(t => t.Table))} would both be published as {shared.Key}",
                $"name one of them in the list of target tables, e.g. {shared.Last().Table} -> another_name");
        }
        var unmatched = includes.Where(l => !own.Exists(l.Matches)).Select(l => $"{l.Where}: '{l.Text}' matches no table of {database}");
        return new Selection(targets, [.. unmatched]);
    }

    private static string ViewOf(SourceTable table, List<TargetLine> includes)
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
