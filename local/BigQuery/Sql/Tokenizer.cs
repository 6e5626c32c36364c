namespace RdsBq.Local.BigQuery.Sql;

/// <summary>Splits a GoogleSQL statement into tokens (standard-sql/lexical). Symbols that GoogleSQL lacks are refused here, before DuckDB
/// could take them.</summary>
internal sealed class Tokenizer(string sql)
{
    private static readonly string[] LongSymbols = ["<<", ">>", "<=", ">=", "<>", "!=", "||", "=>"];
    private const string ShortSymbols = "()[],.;*/+-=<>&|^~?";

    private int at;

    public static List<Token> Split(string sql)
    {
        var tokenizer = new Tokenizer(sql);
        var tokens = new List<Token>();
        do tokens.Add(tokenizer.Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    /// <summary>GoogleSQL's way to say where: <c>[line:column]</c>, both from 1.</summary>
    public static string Where(string sql, int at)
    {
        var line = 1 + sql.AsSpan(0, at).Count('\n');
        var column = at - (at == 0 ? -1 : sql.LastIndexOf('\n', at - 1));
        return $"[{line}:{column}]";
    }

    private Token Next()
    {
        SkipBlanks();
        if (at >= sql.Length) return new Token(TokenKind.End, "", sql.Length, sql.Length);
        var start = at;
        var c = sql[at];
        if (LiteralPrefix() is { } prefix) return Literal(start, prefix);
        if (char.IsLetter(c) || c == '_') return new Token(TokenKind.Name, TakeWhile(IsWord), start, at);
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)) && !AfterName(start))) return Number(start);
        if (c == '`') return QuotedName(start);
        if (c == '@')
        {
            at++;
            if (Peek(0) == '@') throw BigQueryException.Missing("system variables (@@)");
            return Peek(0) == '`'
                ? QuotedName(start) with { Kind = TokenKind.Parameter }
                : new Token(TokenKind.Parameter, TakeWhile(IsWord), start, at);
        }
        if (c == '?') return new Token(TokenKind.Parameter, "", start, ++at);
        var symbol = LongSymbols.FirstOrDefault(s => string.CompareOrdinal(sql, at, s, 0, 2) == 0) ?? (
            ShortSymbols.Contains(c, StringComparison.Ordinal) ? c.ToString() : null);
        if (symbol is null) throw Error($"Syntax error: Illegal input character \"{c}\"", at);
        at += symbol.Length;
        return new Token(TokenKind.Symbol, symbol, start, at);
    }

    private void SkipBlanks()
    {
        while (at < sql.Length)
        {
            if (char.IsWhiteSpace(sql[at])) at++;
            else if (sql[at] == '#' || (sql[at] == '-' && Peek(1) == '-')) SkipTo("\n", required: false);
            else if (sql[at] == '/' && Peek(1) == '*') SkipTo("*/", required: true);
            else return;
        }
    }

    private void SkipTo(string end, bool required)
    {
        var found = sql.IndexOf(end, Math.Min(at + 2, sql.Length), StringComparison.Ordinal);
        if (found < 0 && required) throw Error("Syntax error: Unclosed comment", at);
        // A line comment of one character ends at once: "#\n".
        if (end == "\n") found = sql.IndexOf('\n', at);
        at = found < 0 ? sql.Length : found + end.Length;
    }

    /// <summary>The letters before the quote of a literal that starts here ("", r, b, rb, br), or null.</summary>
    private string? LiteralPrefix()
    {
        for (var n = 0; n <= 2; n++)
        {
            if (Peek(n) is '\'' or '"')
            {
                var prefix = sql.Substring(at, n).ToLowerInvariant();
                return prefix is "" or "r" or "b" or "rb" or "br" ? prefix : null;
            }
        }
        return null;
    }

    private Token Literal(int start, string prefix)
    {
        at += prefix.Length;
        var quote = sql[at];
        var triple = Peek(1) == quote && Peek(2) == quote;
        var end = new string(quote, triple ? 3 : 1);
        at += end.Length;
        var from = at;
        while (string.CompareOrdinal(sql, at, end, 0, end.Length) != 0)
        {
            if (at >= sql.Length || (!triple && sql[at] == '\n')) throw Error("Syntax error: Unclosed string literal", start);
            at += sql[at] == '\\' ? 2 : 1;
        }
        var body = sql[from..at];
        at += end.Length;
        var raw = prefix.Contains('r', StringComparison.Ordinal);
        if (!prefix.Contains('b', StringComparison.Ordinal))
            return new Token(TokenKind.Text, raw ? body : Escapes.Text(body, sql, from), start, at);
        return new Token(TokenKind.Bytes, Convert.ToHexString(Escapes.Bytes(body, raw, sql, from)), start, at);
    }

    private Token Number(int start)
    {
        if (sql[at] == '0' && Peek(1) is 'x' or 'X')
        {
            at += 2;
            var hex = TakeWhile(char.IsAsciiHexDigit);
            if (hex.Length is 0 or > 16) throw Error("Invalid integer literal", start);
            return new Token(TokenKind.Integer, Convert.ToInt64(hex, 16).ToString(), start, at);
        }
        TakeWhile(char.IsAsciiDigit);
        var isFloat = false;
        if (Peek(0) == '.')
        {
            isFloat = true;
            at++;
            TakeWhile(char.IsAsciiDigit);
        }
        if (Peek(0) is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            isFloat = true;
            at += 2;
            TakeWhile(char.IsAsciiDigit);
        }
        if (IsWord(Peek(0))) throw Error("Syntax error: Missing whitespace between literal and alias", at);
        return new Token(isFloat ? TokenKind.Float : TokenKind.Integer, sql[start..at], start, at);
    }

    private Token QuotedName(int start)
    {
        var from = at + 1;
        var end = sql.IndexOf('`', from);
        if (end < 0) throw Error("Syntax error: Unclosed identifier literal", start);
        if (end == from) throw Error("Syntax error: Invalid empty identifier", start);
        at = end + 1;
        return new Token(TokenKind.Quoted, Escapes.Text(sql[from..end], sql, from), start, at);
    }

    private string TakeWhile(Func<char, bool> wanted)
    {
        var from = at;
        while (at < sql.Length && wanted(sql[at])) at++;
        return sql[from..at];
    }

    private bool AfterName(int start) => start > 0 && (IsWord(sql[start - 1]) || sql[start - 1] == '`');

    private char Peek(int ahead) => at + ahead < sql.Length ? sql[at + ahead] : '\0';

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private BigQueryException Error(string message, int position) => BigQueryException.InvalidQuery($"{message} at {Where(sql, position)}");
}
