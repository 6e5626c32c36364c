using System.Text;

namespace RdsBq.Local.BigQuery.Sql;

/// <summary>SELECT … FROM … with its clauses.</summary>
internal sealed partial class Translator
{
    private string Select()
    {
        cursor.Expect("SELECT");
        var distinct = cursor.Skip("DISTINCT");
        if (!distinct) cursor.Skip("ALL");
        var asStruct = cursor.Skip("AS", "STRUCT");
        if (cursor.Is("AS") && cursor.Ahead(1).Is("VALUE")) throw BigQueryException.Missing("SELECT AS VALUE");

        aliases.Add(new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        var items = SelectItems();
        var text = new StringBuilder(distinct ? "SELECT DISTINCT " : "SELECT ").Append(asStruct ? Struct(items) : Columns(items));
        if (cursor.Skip("FROM")) text.Append(" FROM ").Append(From());
        if (cursor.Skip("WHERE")) text.Append(" WHERE ").Append(Expression());
        if (cursor.Skip("GROUP", "BY")) text.Append(" GROUP BY ").Append(GroupItems());
        if (cursor.Skip("HAVING")) text.Append(" HAVING ").Append(Expression());
        if (cursor.Skip("QUALIFY")) text.Append(" QUALIFY ").Append(Expression());
        if (cursor.Is("WINDOW")) throw BigQueryException.Missing("the WINDOW clause");
        aliases.RemoveAt(aliases.Count - 1);
        return text.ToString();
    }

    private List<Piece> SelectItems()
    {
        var items = new List<Piece>();
        do
        {
            // A comma may follow the last column.
            if (items.Count > 0 && (cursor.Is("FROM") || cursor.Is(")") || cursor.Current.Kind == TokenKind.End)) break;
            items.Add(SelectItem());
        }
        while (cursor.Skip(","));
        return items;
    }

    private Piece SelectItem()
    {
        if (cursor.Skip("*")) return new Piece("*" + StarModifiers(), "*");
        var piece = Piece(0);
        if (cursor.Skip(".", "*")) return new Piece($"{piece.Text}.*{StarModifiers()}", "*");
        return cursor.Skip("AS") || cursor.IsIdentifier ? piece with { Name = cursor.Identifier() } : piece;
    }

    private string StarModifiers()
    {
        var text = "";
        if (cursor.Skip("EXCEPT", "(")) text += $" EXCLUDE ({Names()})";
        if (!cursor.Skip("REPLACE", "(")) return text;
        var replaced = new List<string>();
        do
        {
            var value = Expression();
            cursor.Skip("AS");
            replaced.Add($"{value} AS {SqlText.Name(cursor.Identifier())}");
        }
        while (cursor.Skip(","));
        cursor.Expect(")");
        return $"{text} REPLACE ({string.Join(", ", replaced)})";
    }

    private string Names()
    {
        var names = new List<string>();
        do names.Add(SqlText.Name(cursor.Identifier()));
        while (cursor.Skip(","));
        cursor.Expect(")");
        return string.Join(", ", names);
    }

    /// <summary>Columns without a name of their own are f0_, f1_ … in BigQuery.</summary>
    private static string Columns(List<Piece> items)
    {
        var unnamed = 0;
        return string.Join(", ", items.Select(i => i.Name == "*" ? i.Text : $"{i.Text} AS {SqlText.Name(i.Name ?? $"f{unnamed++}_")}"));
    }

    private static string Struct(List<Piece> items)
    {
        if (items.Exists(i => i.Name == "*")) throw BigQueryException.Missing("SELECT AS STRUCT *");
        var unnamed = 0;
        return $"struct_pack({string.Join(", ", items.Select(i => $"{SqlText.Name(i.Name ?? $"_field_{++unnamed}")} := {i.Text}"))}) AS \"f0_\"";
    }

    private string GroupItems()
    {
        if (cursor.Skip("ALL")) return "ALL";
        if (cursor.Is("ROLLUP") || cursor.Is("CUBE") || cursor.Is("GROUPING"))
            throw BigQueryException.Missing("GROUP BY ROLLUP, CUBE and GROUPING SETS");
        var items = new List<string>();
        do items.Add(cursor.Current.Kind == TokenKind.Integer ? cursor.Take().Text : Expression());
        while (cursor.Skip(","));
        return string.Join(", ", items);
    }

    private string From()
    {
        var text = new StringBuilder(FromItem());
        while (true)
        {
            if (cursor.Skip(",")) text.Append(", ").Append(FromItem());
            else if (Join() is { } join) text.Append($" {join} {FromItem()}").Append(JoinCondition(join));
            else return text.ToString();
        }
    }

    private string? Join()
    {
        if (cursor.Is("NATURAL") || cursor.Is("LATERAL")) throw BigQueryException.Missing("NATURAL and LATERAL joins");
        if (cursor.Skip("JOIN") || cursor.Skip("INNER", "JOIN")) return "JOIN";
        if (cursor.Skip("CROSS", "JOIN")) return "CROSS JOIN";
        foreach (var side in new[] { "LEFT", "RIGHT", "FULL" })
        {
            if (cursor.Skip(side, "JOIN") || cursor.Skip(side, "OUTER", "JOIN")) return $"{side} JOIN";
        }
        return null;
    }

    private string JoinCondition(string join)
    {
        if (join == "CROSS JOIN") return "";
        if (cursor.Skip("ON")) return " ON " + Expression();
        if (cursor.Skip("USING", "(")) return $" USING ({Names()})";
        // LEFT JOIN UNNEST(…) needs no condition.
        return join == "LEFT JOIN" ? " ON true" : throw cursor.Unexpected("Expected keyword ON or keyword USING but got");
    }

    private string FromItem()
    {
        if (cursor.Skip("UNNEST", "(")) return Unnest();
        if (cursor.Skip("("))
        {
            var inner = cursor.Is("SELECT") || cursor.Is("WITH") || cursor.Is("(") ? Query() : null;
            var text = $"({inner ?? From()})";
            cursor.Expect(")");
            return inner is null ? text : $"{text} AS {Alias(null)}";
        }
        var path = TablePath(cursor);
        if (cursor.Is("FOR")) throw BigQueryException.Missing("FOR SYSTEM_TIME AS OF");
        if (cursor.Is("(")) throw BigQueryException.Missing($"table function {path[^1]}");
        if (path.Count > 1 && aliases[^1].Contains(path[0])) return UnnestOf(string.Join('.', path.Select(SqlText.Name)), path[^1]);
        var source = path.Count == 1 && commonTables.Contains(path[0], StringComparer.OrdinalIgnoreCase)
            ? SqlText.Name(path[0])
            : scope.Resolve(path);
        var aliased = $"{source} AS {Alias(path[^1])}";
        if (cursor.Is("TABLESAMPLE") || cursor.Is("PIVOT") || cursor.Is("UNPIVOT"))
            throw BigQueryException.Missing(cursor.Current.Text.ToUpperInvariant());
        return aliased;
    }

    private string Alias(string? implied)
    {
        var name = cursor.Skip("AS") || (cursor.IsIdentifier && !cursor.Is("PIVOT") && !cursor.Is("UNPIVOT"))
            ? cursor.Identifier()
            : implied;
        if (name is not null && !aliases[^1].Add(name)) throw cursor.Error($"Duplicate table alias {name} in the same FROM clause");
        return SqlText.Name(name ?? Fresh("q"));
    }

    private string Unnest()
    {
        var array = Expression();
        cursor.Expect(")");
        return UnnestOf(array, "f0_");
    }

    /// <summary>An array as a table of its elements; OFFSET counts from 0, DuckDB's ordinality from 1.</summary>
    private string UnnestOf(string array, string implied)
    {
        var element = cursor.Skip("AS") || cursor.IsIdentifier ? cursor.Identifier() : implied;
        if (implied != "f0_" || element != "f0_") aliases[^1].Add(element);
        var table = SqlText.Name(Fresh("u"));
        if (!cursor.Skip("WITH", "OFFSET")) return $"unnest({array}) AS {table}({SqlText.Name(element)})";
        var offset = cursor.Skip("AS") || cursor.IsIdentifier ? cursor.Identifier() : "offset";
        return $"(SELECT \"_e\" AS {SqlText.Name(element)}, \"_o\" - 1 AS {SqlText.Name(offset)} FROM unnest({array}) WITH ORDINALITY AS _w(\"_e\", \"_o\")) AS {table}";
    }

    /// <summary>A table's path, backticked as a whole, in part or not at all; only the project may hold dashes unquoted.</summary>
    public static IReadOnlyList<string> TablePath(Cursor cursor)
    {
        var parts = new List<string>();
        do
        {
            if (cursor.Current.Kind == TokenKind.Quoted) parts.AddRange(cursor.Take().Text.Split('.'));
            else parts.Add(cursor.Is("INFORMATION_SCHEMA") || parts.Count > 0 ? cursor.Take().Text : DashedName(cursor));
        }
        while (cursor.Skip("."));
        return parts.Exists(p => p.Length == 0) ? throw cursor.Error($"Invalid table name: {string.Join('.', parts)}") : parts;
    }

    private static string DashedName(Cursor cursor)
    {
        var name = cursor.Identifier();
        while (cursor.Is("-") && cursor.Current.Start == cursor.Ahead(-1).Stop && cursor.Ahead(1).Start == cursor.Current.Stop)
        {
            cursor.Take();
            name += "-" + cursor.Take().Text;
        }
        return name;
    }
}
