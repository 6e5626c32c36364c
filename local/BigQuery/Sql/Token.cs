namespace RdsBq.Local.BigQuery.Sql;

internal enum TokenKind
{
    Name,
    Quoted,
    Text,
    Bytes,
    Integer,
    Float,
    Parameter,
    Symbol,
    End,
}

/// <param name="Text">Names as written, literals decoded, bytes as hex, parameters without their sign (positional ones are empty).</param>
/// <param name="Start">Offset of the first character in the statement.</param>
/// <param name="Stop">Offset behind the last character.</param>
internal sealed record Token(TokenKind Kind, string Text, int Start, int Stop)
{
    public bool Is(string word) => (Kind is TokenKind.Name or TokenKind.Symbol) && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsReserved => Kind == TokenKind.Name && Words.Reserved.Contains(Text);
}

internal static class Words
{
    /// <summary>GoogleSQL's reserved words (standard-sql/lexical): only these can't be bare identifiers.</summary>
    public static readonly HashSet<string> Reserved = new(
        ("ALL AND ANY ARRAY AS ASC ASSERT_ROWS_MODIFIED AT BETWEEN BY CASE CAST COLLATE CONTAINS CREATE CROSS CUBE CURRENT DEFAULT DEFINE DESC DISTINCT ELSE END ENUM "
            + "ESCAPE EXCEPT EXCLUDE EXISTS EXTRACT FALSE FETCH FOLLOWING FOR FROM FULL GROUP GROUPING GROUPS HASH HAVING IF IGNORE IN INNER INTERSECT INTERVAL INTO IS JOIN "
            + "LATERAL LEFT LIKE LIMIT LOOKUP MERGE NATURAL NEW NO NOT NULL NULLS OF ON OR ORDER OUTER OVER PARTITION PRECEDING PROTO QUALIFY RANGE RECURSIVE RESPECT RIGHT "
            + "ROLLUP ROWS SELECT SET SOME STRUCT TABLESAMPLE THEN TO TREAT TRUE UNBOUNDED UNION UNNEST USING WHEN WHERE WINDOW WITH WITHIN").Split(' '),
        StringComparer.OrdinalIgnoreCase);
}
