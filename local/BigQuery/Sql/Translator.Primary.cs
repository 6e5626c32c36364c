namespace RdsBq.Local.BigQuery.Sql;

/// <summary>Literals, paths, CASE, CAST, subqueries, arrays and structs, with what follows them (<c>.field</c>,
/// <c>[OFFSET(n)]</c>).</summary>
internal sealed partial class Translator
{
    private Piece Primary()
    {
        var piece = Atom();
        while (true)
        {
            if (cursor.Is(".") && !cursor.Ahead(1).Is("*"))
            {
                cursor.Take();
                var field = cursor.Take();
                if (field.Kind is not (TokenKind.Name or TokenKind.Quoted)) throw cursor.Unexpected("Unexpected");
                piece = new Piece($"{piece.Text}.{SqlText.Name(field.Text)}", field.Text);
            }
            else if (cursor.Skip("[")) piece = new Piece(Element(piece.Text));
            else return piece;
        }
    }

    private Piece Atom()
    {
        var token = cursor.Current;
        switch (token.Kind)
        {
            case TokenKind.Integer:
                return new Piece($"{cursor.Take().Text}::BIGINT");
            case TokenKind.Float:
                return new Piece($"{cursor.Take().Text}::DOUBLE");
            case TokenKind.Text:
                return new Piece(SqlText.Literal(cursor.Take().Text));
            case TokenKind.Bytes:
                return new Piece($"unhex('{cursor.Take().Text}')");
            case TokenKind.Parameter:
                return new Piece(Parameter(cursor.Take().Text));
            case TokenKind.Quoted:
                return Path();
            case TokenKind.Name:
                return Word(token);
            case TokenKind.Symbol when token.Text == "(":
                return new Piece(Parenthesised());
            case TokenKind.Symbol when token.Text == "[":
                return new Piece(Array());
            default:
                throw cursor.Unexpected("Unexpected");
        }
    }

    private Piece Word(Token token)
    {
        switch (token.Text.ToUpperInvariant())
        {
            case "NULL" or "TRUE" or "FALSE":
                return new Piece(cursor.Take().Text.ToUpperInvariant());
            case "CASE":
                return new Piece(Case());
            case "CAST":
                return new Piece(Cast(safe: false));
            case "SAFE_CAST" when cursor.Ahead(1).Is("("):
                return new Piece(Cast(safe: true));
            case "EXTRACT":
                return new Piece(Extract());
            case "EXISTS":
                cursor.Expect("EXISTS", "(");
                return new Piece($"EXISTS ({Closed(Query())})");
            case "ARRAY":
                return new Piece(Array());
            case "STRUCT":
                return new Piece(Struct());
            case "IF" or "LEFT" or "RIGHT" when cursor.Ahead(1).Is("("):
                return new Piece(Call());
            case "INTERVAL":
                return new Piece(Interval());
        }
        if (token.IsReserved) throw cursor.Unexpected("Unexpected");
        if (cursor.Ahead(1).Kind == TokenKind.Text && SqlTypes.Canonical(token.Text) is { } type) return new Piece(TypedLiteral(type));
        if (cursor.Ahead(1).Is("(") || IsNamespace()) return new Piece(Call());
        return Clock(token) is { } now ? new Piece(now) : Path();
    }

    private Piece Path()
    {
        var name = cursor.Take().Text;
        return new Piece(SqlText.Name(name), name);
    }

    private bool IsNamespace() => cursor.Ahead(1).Is(".") && cursor.Ahead(3).Is("(");

    private string Parameter(string name)
    {
        var key = name.Length == 0 ? (positional++).ToString() : name.ToLowerInvariant();
        if (scope.Parameters.TryGetValue(key, out var value)) return value;
        throw name.Length == 0
            ? BigQueryException.InvalidQuery($"Query parameter number {key} is not given")
            : BigQueryException.InvalidQuery($"Query parameter '{name}' not found");
    }

    private string TypedLiteral(string type)
    {
        cursor.Take();
        return To(type, SqlText.Literal(cursor.Take().Text) + "::VARCHAR", safe: false);
    }

    private string Parenthesised()
    {
        cursor.Expect("(");
        return $"({Closed(cursor.Is("SELECT") || cursor.Is("WITH") ? Query() : string.Join(", ", Expressions()))})";
    }

    private string Closed(string text)
    {
        cursor.Expect(")");
        return text;
    }

    private string Case()
    {
        cursor.Expect("CASE");
        var text = cursor.Is("WHEN") ? "CASE" : $"CASE {Expression()}";
        while (cursor.Skip("WHEN"))
        {
            text += $" WHEN {Expression()}";
            cursor.Expect("THEN");
            text += $" THEN {Expression()}";
        }
        if (cursor.Skip("ELSE")) text += $" ELSE {Expression()}";
        cursor.Expect("END");
        return $"({text} END)";
    }

    private string Cast(bool safe)
    {
        cursor.Take();
        cursor.Expect("(");
        var value = Expression();
        cursor.Expect("AS");
        var name = cursor.Take().Text;
        // An untyped NULL or [] is given a type; elements are not cast one by one.
        if (value is "NULL" or "[]" && name.Equals("ARRAY", StringComparison.OrdinalIgnoreCase) && cursor.Skip("<"))
            return Closed($"CAST({value} AS {TypeInAngles()}[])");
        var type = SqlTypes.Canonical(name) ?? throw (name.ToUpperInvariant() is "ARRAY" or "STRUCT" or "INTERVAL" or "RANGE"
            ? BigQueryException.Missing($"CAST AS {name.ToUpperInvariant()}")
            : cursor.Error($"Type not found: {name}"));
        if (cursor.Is("(")) throw BigQueryException.Missing("casts to parameterized types");
        if (cursor.Is("FORMAT") || cursor.Is("AT")) throw BigQueryException.Missing("CAST … FORMAT and AT TIME ZONE");
        if (type == "JSON") throw cursor.Error("Invalid cast to type JSON");
        return Closed(To(type, value, safe));
    }

    /// <summary>GoogleSQL's own conversion: DuckDB's accepts and yields other texts (facts were measured; see Casts).</summary>
    private static string To(string type, string value, bool safe) =>
        type == "JSON"
            ? $"CAST(bq_json({value}, 'exact') AS JSON)"
            : $"CAST(bq_to{(safe ? "_safe" : "")}('{type}', {value}) AS {SqlTypes.Duck(type)})";

    private string Array()
    {
        if (cursor.Skip("ARRAY", "(")) return $"ARRAY({Closed(Query())})";
        var type = cursor.Skip("ARRAY") && cursor.Skip("<") ? TypeInAngles() : null;
        cursor.Expect("[");
        var items = cursor.Is("]") ? [] : Expressions();
        cursor.Expect("]");
        var text = $"[{string.Join(", ", items)}]";
        return type is null ? text : $"CAST({text} AS {type}[])";
    }

    private string TypeInAngles()
    {
        var name = cursor.Take().Text;
        var type = SqlTypes.Canonical(name) ?? throw BigQueryException.Missing($"ARRAY<{name.ToUpperInvariant()}>");
        cursor.Expect(">");
        return SqlTypes.Duck(type);
    }

    private string Struct()
    {
        cursor.Expect("STRUCT");
        if (cursor.Is("<")) throw BigQueryException.Missing("typed STRUCT constructors");
        cursor.Expect("(");
        var fields = new List<string>();
        do
        {
            var piece = Piece(0);
            var name = cursor.Skip("AS") ? cursor.Identifier() : piece.Name ?? $"_field_{fields.Count + 1}";
            fields.Add($"{SqlText.Name(name)} := {piece.Text}");
        }
        while (cursor.Skip(","));
        return Closed($"struct_pack({string.Join(", ", fields)})");
    }

    private string Element(string array)
    {
        var word = cursor.Ahead(1).Is("(") ? cursor.Take().Text.ToUpperInvariant() : "";
        var index = Expression();
        cursor.Expect("]");
        return word switch
        {
            "" or "OFFSET" => $"bq_element({array}, {index} + 1)",
            "ORDINAL" => $"bq_element({array}, {index})",
            "SAFE_OFFSET" => $"(CASE WHEN {index} >= 0 THEN ({array})[{index} + 1] END)",
            "SAFE_ORDINAL" => $"(CASE WHEN {index} >= 1 THEN ({array})[{index}] END)",
            _ => throw cursor.Error($"Syntax error: Unexpected subscript {word}"),
        };
    }
}
