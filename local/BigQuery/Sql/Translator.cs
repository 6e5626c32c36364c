namespace RdsBq.Local.BigQuery.Sql;

/// <summary>What the text of a statement means depends on this.</summary>
/// <param name="Resolve">DuckDB's text for a table path (one to three parts): a physical table's name, or a view's query in
/// parentheses.</param>
/// <param name="Parameters">DuckDB's text for each named parameter; positional ones are named "0", "1" …</param>
internal sealed record Scope(
    Func<IReadOnlyList<string>, string> Resolve, IReadOnlyDictionary<string, string> Parameters, DateTimeOffset Now);

/// <param name="Name">The column name that a SELECT list would give this expression, or null where it has none of its own.</param>
internal readonly record struct Piece(string Text, string? Name = null);

/// <summary>
/// Reads GoogleSQL and writes DuckDB's SQL with the same meaning (differences: DuckDB semantics behind the shared names were measured one
/// by one;
/// functions that are not listed are refused by name). One instance per statement.
/// </summary>
internal sealed partial class Translator(Cursor cursor, Scope scope)
{
    private readonly List<string> commonTables = [];
    private readonly List<HashSet<string>> aliases = [];
    private int positional;
    private int generated;

    /// <summary>A query expression: WITH, set operations, ORDER BY, LIMIT.</summary>
    public string Query()
    {
        var outer = commonTables.Count;
        var with = cursor.Skip("WITH") ? With() : "";
        var body = SetOperation();
        if (cursor.Skip("ORDER", "BY")) body += " ORDER BY " + OrderItems();
        if (cursor.Skip("LIMIT"))
        {
            body += " LIMIT " + Count();
            if (cursor.Skip("OFFSET")) body += " OFFSET " + Count();
        }
        commonTables.RemoveRange(outer, commonTables.Count - outer);
        return with + body;
    }

    private string With()
    {
        if (cursor.Is("RECURSIVE")) throw BigQueryException.Missing("WITH RECURSIVE");
        var tables = new List<string>();
        do
        {
            var name = cursor.Identifier();
            cursor.Expect("AS", "(");
            tables.Add($"{SqlText.Name(name)} AS ({Query()})");
            cursor.Expect(")");
            commonTables.Add(name);
        }
        while (cursor.Skip(","));
        return $"WITH {string.Join(", ", tables)} ";
    }

    private string SetOperation()
    {
        var text = SetTerm();
        while (cursor.Is("UNION") || cursor.Is("INTERSECT") || cursor.Is("EXCEPT"))
        {
            var word = cursor.Take().Text.ToUpperInvariant();
            var all = cursor.Skip("ALL");
            if (!all) cursor.Expect("DISTINCT");
            if (all && word != "UNION") throw cursor.Error($"Syntax error: {word} must be followed by DISTINCT");
            text = $"{text} {word}{(all ? " ALL" : "")} {SetTerm()}";
        }
        return text;
    }

    private string SetTerm()
    {
        if (!cursor.Skip("(")) return Select();
        var query = Query();
        cursor.Expect(")");
        return $"({query})";
    }

    private string Count()
    {
        if (cursor.Current.Kind == TokenKind.Parameter) return Primary().Text;
        return cursor.Integer().ToString();
    }

    private string OrderItems()
    {
        var items = new List<string>();
        do
        {
            // A bare number is a column's position, not a value.
            var text = cursor.Current.Kind == TokenKind.Integer ? cursor.Take().Text : Expression();
            if (cursor.Skip("DESC")) text += " DESC";
            else cursor.Skip("ASC");
            if (cursor.Skip("NULLS"))
            {
                if (!cursor.Is("FIRST") && !cursor.Is("LAST")) throw cursor.Unexpected("Unexpected");
                text += $" NULLS {cursor.Take().Text}";
            }
            items.Add(text);
        }
        while (cursor.Skip(","));
        return string.Join(", ", items);
    }

    private string Fresh(string stem) => $"_{stem}{++generated}";
}
