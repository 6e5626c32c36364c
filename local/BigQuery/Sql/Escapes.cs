using System.Text;

namespace RdsBq.Local.BigQuery.Sql;

/// <summary>Escape sequences of string and bytes literals (standard-sql/lexical#escape_sequences).</summary>
internal static class Escapes
{
    public static string Text(string body, string sql, int from)
    {
        if (!body.Contains('\\', StringComparison.Ordinal)) return body;
        var text = new StringBuilder();
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] == '\\') text.Append(Rune(Decode(body, ref i, out _, sql, from), sql, from + i));
            else text.Append(body[i]);
        }
        return text.ToString();
    }

    public static byte[] Bytes(string body, bool raw, string sql, int from)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < body.Length; i++)
        {
            if (raw || body[i] != '\\')
                bytes.AddRange(Encoding.UTF8.GetBytes(char.IsHighSurrogate(body[i]) ? body.Substring(i++, 2) : body[i].ToString()));
            else bytes.Add((byte)Decode(body, ref i, out _, sql, from));
        }
        return [.. bytes];
    }

    private static int Decode(string body, ref int i, out int digits, string sql, int from)
    {
        var c = i + 1 < body.Length ? body[i + 1] : '\0';
        var simple = "abfnrtv\\?\"'`".IndexOf(c, StringComparison.Ordinal);
        (digits, var radix, var skip) = c switch
        {
            'x' or 'X' => (2, 16, 2),
            'u' => (4, 16, 2),
            'U' => (8, 16, 2),
            >= '0' and <= '3' => (3, 8, 1),
            _ => (0, 0, 2),
        };
        if (simple >= 0 && c != '\0')
        {
            i++;
            return "\a\b\f\n\r\t\v\\?\"'`"[simple];
        }
        if (digits == 0 || i + skip + digits > body.Length)
            throw BigQueryException.InvalidQuery($"Syntax error: Illegal escape sequence: \\{c} at {Tokenizer.Where(sql, from + i)}");
        var number = body.Substring(i + skip, digits);
        i += skip + digits - 1;
        try
        {
            return Convert.ToInt32(number, radix);
        }
        catch (FormatException)
        {
            throw BigQueryException.InvalidQuery($"Syntax error: Illegal escape sequence at {Tokenizer.Where(sql, from + i)}");
        }
    }

    private static string Rune(int code, string sql, int at) =>
        System.Text.Rune.IsValid(code)
            ? new Rune(code).ToString()
            : throw BigQueryException.InvalidQuery($"Syntax error: Illegal escape sequence at {Tokenizer.Where(sql, at)}");
}
