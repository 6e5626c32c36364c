namespace RdsBq.Local.BigQuery.Sql;

/// <summary>Expressions by precedence (standard-sql/operators#operator_precedence); the text is fully parenthesised.</summary>
internal sealed partial class Translator
{
    private const int OrPower = 1;
    private const int AndPower = 2;
    private const int NotPower = 3;
    private const int ComparePower = 4;
    private const int UnaryPower = 11;

    public string Expression() => Piece(0).Text;

    private Piece Piece(int minimum)
    {
        var left = Prefix();
        while (true)
        {
            var power = PowerOfNext();
            if (power == 0 || power <= minimum) return left;
            left = new Piece(power == ComparePower ? Comparison(left.Text) : Binary(left.Text, power));
        }
    }

    private Piece Prefix()
    {
        if (cursor.Skip("NOT")) return new Piece($"(NOT {Piece(NotPower - 1).Text})");
        if (cursor.Is("-") && cursor.Ahead(1).Kind == TokenKind.Integer && cursor.Ahead(1).Text == "9223372036854775808")
        {
            cursor.Take();
            cursor.Take();
            return new Piece("(-9223372036854775808)::BIGINT");
        }
        if (cursor.Skip("-")) return new Piece($"(-{Piece(UnaryPower - 1).Text})");
        if (cursor.Skip("+")) return new Piece($"(+{Piece(UnaryPower - 1).Text})");
        return cursor.Skip("~") ? new Piece($"(~{Piece(UnaryPower - 1).Text})") : Primary();
    }

    private int PowerOfNext()
    {
        var token = cursor.Current;
        if (token.Kind is not (TokenKind.Symbol or TokenKind.Name)) return 0;
        return token.Text.ToUpperInvariant() switch
        {
            "OR" => OrPower,
            "AND" => AndPower,
            "=" or "<" or ">" or "<=" or ">=" or "!=" or "<>" or "LIKE" or "BETWEEN" or "IN" or "IS" => ComparePower,
            "NOT" when cursor.Ahead(1).Is("LIKE") || cursor.Ahead(1).Is("IN") || cursor.Ahead(1).Is("BETWEEN") => ComparePower,
            "|" => 5,
            "^" => 6,
            "&" => 7,
            "<<" or ">>" => 8,
            "+" or "-" => 9,
            "*" or "/" or "||" => 10,
            _ => 0,
        };
    }

    private string Binary(string left, int power)
    {
        var symbol = cursor.Take().Text.ToUpperInvariant();
        var right = Piece(power).Text;
        return symbol switch
        {
            "/" => $"bq_divide({left}, {right})",
            "*" => $"bq_multiply({left}, {right})",
            "-" => $"bq_subtract({left}, {right})",
            "^" => $"xor({left}, {right})",
            _ => $"({left} {symbol} {right})",
        };
    }

    private string Comparison(string left)
    {
        var not = cursor.Skip("NOT") ? "NOT " : "";
        var word = cursor.Take().Text.ToUpperInvariant();
        switch (word)
        {
            case "LIKE":
                if (cursor.Is("ANY") || cursor.Is("SOME") || cursor.Is("ALL")) throw BigQueryException.Missing("quantified LIKE");
                // GoogleSQL's escape is always the backslash.
                return $"({left} {not}LIKE {Piece(ComparePower).Text} ESCAPE '\\')";
            case "BETWEEN":
                var low = Piece(ComparePower).Text;
                cursor.Expect("AND");
                return $"({left} {not}BETWEEN {low} AND {Piece(ComparePower).Text})";
            case "IN":
                return $"({left} {not}IN {InList()})";
            case "IS":
                return Is(left);
            default:
                return $"({left} {word} {Piece(ComparePower).Text})";
        }
    }

    private string InList()
    {
        if (cursor.Skip("UNNEST", "("))
        {
            var array = Expression();
            cursor.Expect(")");
            return $"(SELECT unnest({array}))";
        }
        cursor.Expect("(");
        var text = cursor.Is("SELECT") || cursor.Is("WITH") ? Query() : string.Join(", ", Expressions());
        cursor.Expect(")");
        return $"({text})";
    }

    private string Is(string left)
    {
        var not = cursor.Skip("NOT") ? "NOT " : "";
        if (cursor.Skip("DISTINCT", "FROM")) return $"({left} IS {not}DISTINCT FROM {Piece(ComparePower).Text})";
        if (cursor.Is("NULL") || cursor.Is("TRUE") || cursor.Is("FALSE")) return $"({left} IS {not}{cursor.Take().Text})";
        throw cursor.Unexpected("Unexpected");
    }

    private List<string> Expressions()
    {
        var list = new List<string> { Expression() };
        while (cursor.Skip(",")) list.Add(Expression());
        return list;
    }
}
