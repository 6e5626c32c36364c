namespace RdsBq.Local.BigQuery.Sql;

/// <summary>A position in a statement's tokens.</summary>
internal sealed class Cursor(string sql)
{
    private readonly List<Token> tokens = Tokenizer.Split(sql);
    private int at;

    public string Sql => sql;

    public Token Current => tokens[at];

    public Token Ahead(int by) => tokens[Math.Min(at + by, tokens.Count - 1)];

    public Token Take() => Current.Kind == TokenKind.End ? Current : tokens[at++];

    public bool Is(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!Ahead(i).Is(words[i])) return false;
        }
        return true;
    }

    /// <summary>Takes these words if they come next.</summary>
    public bool Skip(params ReadOnlySpan<string> words)
    {
        if (!Is(words)) return false;
        at += words.Length;
        return true;
    }

    public void Expect(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (!Skip(word)) throw Unexpected($"Expected {(word.Length > 2 ? "keyword " + word : $"\"{word}\"")} but got");
        }
    }

    public bool IsIdentifier => Current.Kind == TokenKind.Quoted || (Current.Kind == TokenKind.Name && !Current.IsReserved);

    public string Identifier()
    {
        // After a dot, or as an alias, words that only look reserved to us never reach here.
        if (!IsIdentifier) throw Unexpected("Unexpected");
        return Take().Text;
    }

    public long Integer()
    {
        if (Current.Kind != TokenKind.Integer) throw Unexpected("Expected integer literal but got");
        return long.Parse(Take().Text);
    }

    public BigQueryException Unexpected(string what)
    {
        var token = Current;
        var seen = token.Kind switch
        {
            TokenKind.End => "end of script",
            TokenKind.Name when token.IsReserved => $"keyword {token.Text.ToUpperInvariant()}",
            TokenKind.Name or TokenKind.Quoted => $"identifier \"{token.Text}\"",
            TokenKind.Text => "string literal",
            TokenKind.Integer or TokenKind.Float => $"number \"{token.Text}\"",
            _ => $"\"{token.Text}\"",
        };
        return Error($"Syntax error: {what} {seen}");
    }

    public BigQueryException Error(string message) => BigQueryException.InvalidQuery($"{message} at {Tokenizer.Where(sql, Current.Start)}");
}
