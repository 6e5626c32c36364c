namespace RdsBq.Local.BigQuery.Sql;

/// <summary>Function calls with the modifiers of aggregates and windows.</summary>
internal sealed partial class Translator
{
    private string Call()
    {
        var name = cursor.Take().Text.ToUpperInvariant();
        var safe = name == "SAFE" && cursor.Skip(".");
        if (safe) name = cursor.Take().Text.ToUpperInvariant();
        else if (cursor.Is(".")) throw BigQueryException.Missing($"function {name}.{cursor.Ahead(1).Text.ToUpperInvariant()}");
        cursor.Expect("(");
        if (DateFunction(name) is { } date) return safe ? $"TRY({date})" : date;
        if (name == "COUNT" && cursor.Skip("*")) return Closed("count(*)") + Over();

        var distinct = cursor.Skip("DISTINCT");
        var named = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var arguments = Arguments(named);
        var aggregate = Functions.Aggregates.GetValueOrDefault(name) ?? Functions.Windows.GetValueOrDefault(name);
        if (aggregate is not null) return Aggregate(name, aggregate, distinct, arguments);
        if (distinct) throw cursor.Unexpected("Unexpected");
        cursor.Expect(")");
        if (cursor.Is("OVER")) throw BigQueryException.Missing($"function {name} as a window function");
        return Functions.Scalar(name, arguments, named, safe) ?? throw cursor.Error($"Function not found: {name}");
    }

    private List<Argument> Arguments(Dictionary<string, string> named)
    {
        var arguments = new List<Argument>();
        if (cursor.Is(")")) return arguments;
        do
        {
            var token = cursor.Current;
            if (cursor.Ahead(1).Is("=>"))
            {
                cursor.Take();
                cursor.Take();
                named[token.Text] = cursor.Current.Kind == TokenKind.Text || cursor.Is("TRUE") || cursor.Is("FALSE")
                    ? cursor.Take().Text
                    : throw BigQueryException.Missing($"this value of {token.Text}");
                continue;
            }
            var literal = token.Kind == TokenKind.Text && (cursor.Ahead(1).Is(",") || cursor.Ahead(1).Is(")")) ? token.Text : null;
            arguments.Add(new Argument(Expression(), literal));
        }
        while (cursor.Skip(","));
        return arguments;
    }

    private string Aggregate(string name, string duck, bool distinct, List<Argument> arguments)
    {
        var first = arguments.Count > 0 ? arguments[0].Sql : "";
        var ignoreNulls = cursor.Skip("IGNORE", "NULLS");
        if (!ignoreNulls) cursor.Skip("RESPECT", "NULLS");
        var order = cursor.Skip("ORDER", "BY") ? " ORDER BY " + OrderItems() : "";
        var limit = cursor.Skip("LIMIT") ? Count() : null;
        cursor.Expect(")");
        var list = string.Join(", ", arguments.Select(a => a.Sql));
        var window = Functions.Windows.ContainsKey(name);
        if (window && !cursor.Is("OVER")) throw cursor.Error($"Window function {name} requires an OVER clause");
        // DuckDB wants the null treatment of window functions inside the parentheses, and none for aggregates.
        var text = window
            ? $"{duck}({list}{(ignoreNulls ? " IGNORE NULLS" : "")})"
            : $"{duck}({(distinct ? "DISTINCT " : "")}{list}{order}){(ignoreNulls ? $" FILTER (WHERE {first} IS NOT NULL)" : "")}";
        // DuckDB's avg of decimals is a double.
        if (name == "AVG" && !distinct && !cursor.Is("OVER")) text = $"bq_avg({list})";
        text += Over();
        return limit is null ? text : $"({text})[1:{limit}]";
    }

    private string Over()
    {
        if (!cursor.Skip("OVER")) return "";
        if (!cursor.Skip("(")) throw BigQueryException.Missing("named windows");
        var text = "";
        if (cursor.Skip("PARTITION", "BY")) text += "PARTITION BY " + string.Join(", ", Expressions());
        if (cursor.Skip("ORDER", "BY")) text += " ORDER BY " + OrderItems();
        if (cursor.Is("ROWS") || cursor.Is("RANGE")) text += $" {cursor.Take().Text} {Frame()}";
        return Closed($" OVER ({text}") + ")";
    }

    private string Frame()
    {
        if (!cursor.Skip("BETWEEN")) return Bound();
        var from = Bound();
        cursor.Expect("AND");
        return $"BETWEEN {from} AND {Bound()}";
    }

    private string Bound()
    {
        if (cursor.Skip("CURRENT", "ROW")) return "CURRENT ROW";
        var distance = cursor.Skip("UNBOUNDED") ? "UNBOUNDED" : Expression();
        if (!cursor.Is("PRECEDING") && !cursor.Is("FOLLOWING")) throw cursor.Unexpected("Unexpected");
        return $"{distance} {cursor.Take().Text}";
    }
}

/// <param name="Literal">The text, where the argument is one string literal.</param>
internal sealed record Argument(string Sql, string? Literal);
