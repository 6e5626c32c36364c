namespace RdsBq.Local.Sources;

/// <summary>One column of every kind of MySQL type, with the values at their edges, in the form that RDS exports.</summary>
internal static class MySqlEveryType
{
    private sealed record Column(SourceColumn Type, object? Usual, object? Least, object? Most, object? Hard);

    private static readonly Int128 Nines38 = Int128.Parse("99999999999999999999999999999999999999");

    private static readonly Column[] Columns =
    [
        new(new("id", "bigint", false, Precision: 19), 1L, 3L, 4L, 5L),
        new(new("tiny", "tinyint", Precision: 3), 7L, -128L, 127L, 0L),
        new(new("tiny_bool", "tinyint", Precision: 3), 1L, 0L, 1L, 2L),
        new(new("tiny_unsigned", "tinyint", Precision: 3) { Unsigned = true }, 200L, 0L, 255L, 1L),
        new(new("small", "smallint", Precision: 5), 300L, -32768L, 32767L, 0L),
        new(new("small_unsigned", "smallint", Precision: 5) { Unsigned = true }, 40000L, 0L, 65535L, 1L),
        new(new("medium", "mediumint", Precision: 7), 70000L, -8388608L, 8388607L, 0L),
        new(new("medium_unsigned", "mediumint", Precision: 7) { Unsigned = true }, 9000000L, 0L, 16777215L, 1L),
        new(new("num", "int", Precision: 10), 42L, -2147483648L, 2147483647L, 0L),
        new(new("num_unsigned", "int", Precision: 10) { Unsigned = true }, 3000000000L, 0L, 4294967295L, 1L),
        new(new("big", "bigint", Precision: 19), 9007199254740993L, long.MinValue, long.MaxValue, 0L),
        new(new("big_unsigned", "bigint", Precision: 20) { Unsigned = true }, (Int128)10_000_000_000_000_000_000, Int128.Zero, (Int128)ulong.MaxValue, Int128.One),
        new(new("decimal_9", "decimal", Precision: 9, Scale: 2), (Int128)12345, (Int128)(-999999999), (Int128)999999999, Int128.Zero),
        new(new("decimal_18", "decimal", Precision: 18, Scale: 4), (Int128)1234500, (Int128)(-999999999999999999), (Int128)999999999999999999, Int128.Zero),
        new(new("decimal_38", "decimal", Precision: 38, Scale: 10), (Int128)12345000000000, -Nines38, Nines38, Int128.NegativeOne),
        new(new("decimal_65", "decimal", Precision: 65, Scale: 30), "1.500000000000000000000000000000", "-99999999999999999999999999999999999.999999999999999999999999999999", "99999999999999999999999999999999999.999999999999999999999999999999", "0.000000000000000000000000000001"),
        new(new("single_value", "float", Precision: 12), 1.5, -3.4028234663852886e38, 3.4028234663852886e38, 0.10000000149011612),
        new(new("double_value", "double", Precision: 22), 0.1, double.MinValue, double.MaxValue, -0.0),
        new(new("code", "char", Length: 5), "ab", "", "abcde", "é🐟\"\\"),
        new(new("name", "varchar", Length: 50), "Ada", "", "NULL", "O'Brien, \"Zoë\""),
        new(new("note", "text", Length: 65535), "plain", "", "\\N", "two\nlines\ttab\r\n\\ and 🐟🐠"),
        new(new("note_tiny", "tinytext", Length: 255), "plain", "", " ", "\u00A0"),
        new(new("note_long", "longtext"), "plain", "", "0", "\u2028"),
        new(new("kind", "enum", Length: 6), "small", "", "large", "small"),
        new(new("options", "set", Length: 20), "gift,fast", "", "gift", "fast"),
        new(new("doc", "json"), """{"a": [1, 2.5, null], "b": 2}""", "null", "[]", """{"quote": "\"", "line": "\n", "fish": "🐟"}"""),
        new(new("born", "year"), 1984L, 1901L, 2155L, 0L),
        new(new("day", "date"), "2024-02-29", "1000-01-01", "9999-12-31", "0000-00-00"),
        new(new("moment", "time", TimePrecision: 6), "13:14:15.123456", "-838:59:59.000000", "838:59:59.000000", "00:00:00.000000"),
        new(new("at", "datetime", TimePrecision: 6), 1709212455123456L, -30610224000000000L, 253402300799999999L, -1L),
        new(new("seen", "timestamp", TimePrecision: 0), 1709212455000000L, 1000000L, 2147483647000000L, 1000000L),
        new(new("bits", "bit", Precision: 8), new byte[] { 0xAA }, new byte[] { 0 }, new byte[] { 0xFF }, new byte[] { 0x0A }),
        new(new("fixed_raw", "binary", Length: 4), new byte[] { 1, 2, 0, 0 }, new byte[4], new byte[] { 255, 255, 255, 255 }, "\n\\\"\t"u8.ToArray()),
        new(new("raw", "varbinary", Length: 16), "hi"u8.ToArray(), Array.Empty<byte>(), new byte[] { 0xDE, 0xAD, 0xBE, 0xEF, 0 }, new byte[] { 0x80 }),
        new(new("image", "blob", Length: 65535), "GIF89a"u8.ToArray(), Array.Empty<byte>(), new byte[] { 0xFF, 0xD8, 0xFF }, new byte[] { 0 }),
        new(new("place", "point"), new byte[] { 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 240, 63, 0, 0, 0, 0, 0, 0, 0, 64 }, null, null, null),
    ];

    public static (IReadOnlyList<SourceColumn> Columns, IReadOnlyList<object?[]> Rows) Table =>
    (
        [.. Columns.Select(c => c.Type)],
        [
            [.. Columns.Select(c => c.Usual)],
            [.. Columns.Select(c => c.Type.Nullable ? null : (object?)2L)],
            [.. Columns.Select(c => c.Least)],
            [.. Columns.Select(c => c.Most)],
            [.. Columns.Select(c => c.Hard)],
        ]
    );
}
