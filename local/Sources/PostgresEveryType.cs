namespace RdsBq.Local.Sources;

/// <summary>One column of every kind of PostgreSQL type, with the values at and beyond the edges of what BigQuery can hold, as PostgreSQL 15 prints them.</summary>
internal static class PostgresEveryType
{
    private sealed record Column(SourceColumn Type, object? Usual, object? Least, object? Most, object? Odd, object? Hard);

    // Usual, least and most value; an odd one (empty, infinite); one that is hard to carry (quotes, line ends, other scripts).
    private static readonly Column[] Columns =
    [
        new(new("id", "bigint", false, Precision: 64), 1L, 3L, 4L, 5L, 6L),
        new(new("small", "smallint", Precision: 16), 7L, -32768L, 32767L, 0L, -1L),
        new(new("num", "integer", Precision: 32), 42L, -2147483648L, 2147483647L, 0L, -1L),
        new(new("big", "bigint", Precision: 64), 9007199254740993L, long.MinValue, long.MaxValue, 0L, -1L),
        new(new("single_value", "real", Precision: 24), 1.5, -3.4028234663852886e38, 3.4028234663852886e38, double.NaN, double.NegativeInfinity),
        new(new("double_value", "double precision", Precision: 53), 0.1, double.MinValue, double.MaxValue, double.NaN, double.PositiveInfinity),
        new(new("amount", "numeric", Precision: 20, Scale: 4), "123.4500", "-9999999999999999.9999", "9999999999999999.9999", "0.0000", "NaN"),
        new(new("any_number", "numeric"), "0.1", "-123456789012345678901234567890", "99999999999999999999999999999999999999999.5", "NaN", "Infinity"),
        new(new("price", "money"), "$1,234.50", "-$92,233,720,368,547,758.08", "$92,233,720,368,547,758.07", "$0.00", "-$0.01"),
        new(new("flag", "boolean"), true, false, true, false, true),
        new(new("raw", "bytea"), "hi"u8.ToArray(), Array.Empty<byte>(), new byte[] { 0xDE, 0xAD, 0xBE, 0xEF, 0 }, new byte[] { 0 }, new byte[] { 0x5C, 0x78, 0x0A }),
        new(new("fixed", "character", Length: 5), "ab   ", "     ", "abcde", "     ", "é漢🐟\"\\"),
        new(new("name", "character varying", Length: 50), "Ada", "", "0123456789012345678901234567890123456789abcdefghij", " ", "O'Brien, \"Zoë\""),
        new(new("note", "text"), "plain", "", "NULL", "\\N", "two\nlines\ttab\r\n\\ and 🐟🐠"),
        new(new("day", "date"), "2024-02-29", "4713-01-01 BC", "5874897-12-31", "infinity", "0044-03-15 BC"),
        new(new("at", "timestamp without time zone", TimePrecision: 6), "2024-02-29 13:14:15.1", "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "infinity", "0044-03-15 12:00:00 BC"),
        new(new("at_zone", "timestamp with time zone", TimePrecision: 6), "2024-02-29 13:14:15.123456+00", "0001-01-01 00:00:00+00", "294276-12-31 23:59:59.999999+00", "-infinity", "0044-03-15 12:00:00+00 BC"),
        new(new("moment", "time without time zone", TimePrecision: 6), "13:14:15.123456", "00:00:00", "24:00:00", "23:59:59.999999", "12:00:00"),
        new(new("moment_zone", "time with time zone", TimePrecision: 6), "13:14:15+02", "00:00:00+15:59:59", "24:00:00-15:59:59", "12:00:00+00", "12:00:00+05:30"),
        new(new("span", "interval", TimePrecision: 6), "1 year 2 mons 3 days 04:05:06.789", "-178000000 years", "178000000 years", "00:00:00", "-1 years -2 mons +3 days -04:05:06"),
        new(new("doc", "json"), """{"b":1, "a": [1,2.50, null], "b":2}""", "null", """{"big": 12345678901234567890.1234567890}""", "\"\"", """{"quote": "\"", "line": "\n", "fish": "🐟"}"""),
        new(new("docb", "jsonb"), """{"a": [1, 2.50, null], "b": 2}""", "null", "[]", "{}", """{"fish": "🐟", "line": "\n", "quote": "\""}"""),
        new(new("token", "uuid"), "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", null, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12"),
        new(new("address", "inet"), "192.168.1.5/24", "0.0.0.0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::1", "10.1.2.3"),
        new(new("network", "cidr"), "192.168.1.0/24", "0.0.0.0/0", "ffff::/16", "::1/128", "10.0.0.0/8"),
        new(new("mac", "macaddr"), "08:00:2b:01:02:03", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", null, "08:00:2b:01:02:04"),
        new(new("bits", "bit", Length: 8), "10101010", "00000000", "11111111", "00000001", "10000000"),
        new(new("bits_var", "bit varying", Length: 16), "101", "", "1111111111111111", "0", "1"),
        new(new("mood", "USER-DEFINED"), "happy", "sad", "it's ok", null, "so-so, \"really\""),
        new(new("tags", "ARRAY"), "{a,b}", "{}", "{NULL,\"NULL\",\"\"}", "{{a,b},{c,d}}", "{\"b,c\",\"with \\\"quotes\\\"\",\"back\\\\slash\",\"two\nlines\"}"),
        new(new("numbers", "ARRAY"), "{1,2,3}", "{}", "{2147483647,-2147483648}", "{NULL}", "[2:3]={1,2}"),
        new(new("span_of", "int4range"), "[1,5)", "empty", "(,)", "[1,)", "(,5)"),
        new(new("place", "point"), "(1.5,2)", "(0,0)", "(1e+300,-1e+300)", "(NaN,NaN)", "(Infinity,0)"),
        new(new("document", "xml"), "<a/>", "<a></a>", "<a b=\"1\">&amp;</a>", "", "<a>\n🐟</a>"),
        new(new("search", "tsvector"), "'a':1 'cat':2", "", "'it''s':1", null, "'🐟':1"),
        new(new("log_position", "pg_lsn"), "16/B374D848", "0/0", "FFFFFFFF/FFFFFFFF", null, "0/1"),
        // A domain over integer goes out as text, though information_schema calls it integer.
        new(new("positive", "integer", Precision: 32) { IsDomain = true }, "7", "1", "2147483647", null, "8"),
    ];

    public static (IReadOnlyList<SourceColumn> Columns, IReadOnlyList<object?[]> Rows) Table =>
    (
        [.. Columns.Select(c => c.Type)],
        [
            [.. Columns.Select(c => c.Usual)],
            [.. Columns.Select(c => c.Type.Nullable ? null : (object?)2L)],
            [.. Columns.Select(c => c.Least)],
            [.. Columns.Select(c => c.Most)],
            [.. Columns.Select(c => c.Odd)],
            [.. Columns.Select(c => c.Hard)],
        ]
    );
}
