namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>A column type that a developer may choose, and what its application writes into it, as SQL expressions.</summary>
/// <param name="Type">As CREATE TABLE takes it.</param>
/// <param name="Usual">An everyday value.</param>
/// <param name="Odd">What is rarer: edges, infinities, quotes, other scripts.</param>
internal sealed record Kind(string Type, Func<Random, string> Usual, params string[] Odd)
{
    private static readonly string[] Words = ["Ada", "Zoë", "plain", "two words", "x", "日本", "O''Brien", "tab\tand, comma", "漢🐟"];

    private static readonly string[] OddTexts =
    [
        "''", "' '", "'NULL'", @"E'\\N'", @"E'two\nlines\ttab\r\n\\'", "'\"quoted\"'", "'🐟🐠'", @"E'\u0001\u200b'", "'{\"a\":1}'", "'{a,b}'",
    ];

    public static readonly IReadOnlyList<Kind> All =
    [
        new("smallint", r => $"{r.Next(-999, 999)}", "-32768", "32767", "0"),
        new("integer", r => $"{r.Next()}", "-2147483648", "2147483647", "0", "-1"),
        new("bigint", r => $"{r.NextInt64()}", "-9223372036854775808", "9223372036854775807", "9007199254740993"),
        new("real", r => $"{r.Next(1, 9999)}/7.0", "'NaN'", "'Infinity'", "'-Infinity'", "'-0'", "'3.4028235e38'", "'1e-40'"),
        new("double precision", r => $"{r.Next(1, 9999)}/7.0", "'NaN'", "'Infinity'", "'-Infinity'", "'-0'", "'4.9e-324'", "0.1"),
        new("numeric(8,2)", r => $"{r.Next(-99999, 99999)}.{r.Next(10, 99)}", "0", "999999.99", "-999999.99", "'NaN'", "12.10"),
        new("numeric(20,4)", r => $"{r.NextInt64(-99999999999, 99999999999)}.{r.Next(10, 99)}", "0", "9999999999999999.9999", "'NaN'",
            "-0.0001"),
        new("numeric(38,9)", r => $"{r.NextInt64()}.{r.Next(100, 999)}", "99999999999999999999999999999.999999999", "'NaN'",
            "0.000000001"),
        new("numeric(50,3)", r => $"{r.NextInt64()}.5", "99999999999999999999999999999999999999999999999.999", "'NaN'", "0.001"),
        new("numeric", r => $"{r.Next()}.{r.Next()}", "'NaN'", "'Infinity'", "'-Infinity'", "1e-45", "1.10", "0.00",
            "99999999999999999999999999999999999999999.5", "-123456789012345678901234567890", "3.14159265358979323846264338327950288"),
        new("money", r => $"{r.Next(-99999, 99999)}.{r.Next(10, 99)}", "0", "-0.01", "'92233720368547758.07'", "'-92233720368547758.08'"),
        new("boolean", r => r.Next(2) == 0 ? "true" : "false"),
        new("bytea", r => $"decode(md5('{r.Next()}'), 'hex')", @"'\x'", @"'\x00'", @"'\xdeadbeef00'", @"'\x5c780a'"),
        new("character(5)", r => $"'{(char)('a' + r.Next(26))}'", "''", "'abcde'", "'é漢🐟\"'"),
        new("character varying(20)", r => $"'{Words[r.Next(Words.Length)]}'", OddTexts),
        new("character varying(60)", r => $"'{Words[r.Next(Words.Length)]} {r.Next()}'", OddTexts),
        new("text", r => $"'{Words[r.Next(Words.Length)]} {r.Next()}'", OddTexts),
        new("date", r => $"date '2020-02-29' + {r.Next(3000)}", "'infinity'", "'-infinity'", "'4713-01-01 BC'", "'0044-03-15 BC'",
            "'0001-01-01'", "'9999-12-31'", "'10000-01-01'", "'1582-10-10'", "'200000-01-01'"),
        new("timestamp", r => $"timestamp '2024-02-29 13:14:15.123456' + {r.Next()} * interval '1.5 seconds'", "'infinity'", "'-infinity'",
            "'0001-01-01'", "'0001-12-31 23:59:59.999999 BC'", "'9999-12-31 23:59:59.999999'", "'10000-01-01'", "'1999-12-31 24:00'",
            "'2024-01-01 00:00:00.1'"),
        new("timestamp with time zone", r => $"timestamptz '2024-02-29 13:14:15.123456+09' + {r.Next()} * interval '1.5 seconds'",
            "'infinity'", "'-infinity'", "'0001-01-01 00:00:00+00'", "'0001-01-01 00:00:00+12'", "'9999-12-31 23:59:59.999999+00'",
            "'9999-12-31 23:59:59-12'", "'1900-01-01 05:21:10+05:21:10'"),
        new("time", r => $"time '13:14:15.5' + {r.Next(9999)} * interval '1 second'", "'00:00'", "'24:00'", "'23:59:59.999999'"),
        new("time with time zone", r => $"'{r.Next(24):00}:14:15+05:30'", "'24:00:00-15:59:59'", "'00:00+00'"),
        new("interval", r => $"{r.Next()} * interval '1.5 seconds'", "'-1 years -2 mons +3 days -04:05:06'", "'178000000 years'", "'0'"),
        new("json", r => $$"""'{"i": {{r.Next()}}, "half": {{r.Next(99)}}.5}'""", "'null'", "'\"\"'", "'[]'",
            """'{"b":1, "a": [1,2.50, null], "b":2}'""", """'{"big": 12345678901234567890.1234567890}'""",
            """'"\u0041 \ud83d\udc1f"'""", """'{"pi": 3.141592653589793238, "e": 1e2}'""", """'[true,false,"it''s"]'"""),
        new("jsonb", r => $"jsonb_build_object('i', {r.Next()}, 'half', {r.Next(99)}.5)", "'null'", "'{}'", "'[[[]]]'", "'0.1'", "'-0.0'",
            """'{"a": [1, 2.50, null], "b": {"c": "\"🐟\""}}'""", "'9007199254740993'", "'18446744073709551615'"),
        new("uuid", r => $"md5('{r.Next()}')::uuid", "'00000000-0000-0000-0000-000000000000'"),
        new("inet", r => $"'10.1.2.{r.Next(256)}'", "'192.168.1.5/24'", "'::1'"),
        new("mood", r => r.Next(2) == 0 ? "'happy'" : "'so-so, \"really\"'", "'it''s ok'"),
        new("positive", r => $"{r.Next(1, 9999)}", "2147483647"),
        new("oid", r => $"{r.Next(9999)}"),
        new("text[]", r => $"array['a {r.Next()}', 'b']", "'{}'", "'{NULL,\"NULL\",\"\"}'", "'{{a,b},{c,d}}'", "'[2:3]={a,b}'",
            "array['b,c', 'with \"quotes\"', E'back\\\\slash', E'two\\nlines', '{x}']", "array['', ' ', null, 'é漢🐟']"),
        new("integer[]", r => $"array[{r.Next()}, {r.Next(9)}]", "'{}'", "'{NULL}'", "'[2:3]={1,2}'", "'{{1,2},{3,4}}'",
            "'{-2147483648}'"),
        new("timestamp with time zone[]", r => $"array[timestamptz '2024-01-01 00:00:00+00' + {r.Next()} * interval '1 second']",
            "'{NULL,infinity}'"),
        new("int4range", r => $"'[1,{r.Next(2, 99)})'", "'empty'", "'(,)'"),
        new("point", r => $"point({r.Next(99)}, 1.5)", "'(NaN,Infinity)'"),
    ];

    /// <summary>Changes of type that a developer may make, and how the old values become new ones: <c>{0}</c> is the column.</summary>
    public static readonly ILookup<string, (string To, string Using)> Changes = new (string From, string To, string Using)[]
    {
        ("smallint", "integer", "{0}"), ("integer", "bigint", "{0}"), ("smallint", "bigint", "{0}"), ("real", "double precision", "{0}"),
        ("numeric(8,2)", "numeric(20,4)", "{0}"), ("numeric(20,4)", "numeric", "{0}"), ("numeric(20,4)", "numeric(38,9)", "{0}"),
        ("numeric(50,3)", "numeric", "{0}"), ("character varying(20)", "character varying(60)", "{0}"), ("character varying(60)",
        "text", "{0}"),
        ("character(5)", "character varying(20)", "{0}"), ("date", "timestamp", "{0}"), ("timestamp", "timestamp with time zone", "{0}"),
        // Not wider, but other.
        ("integer", "text", "{0}::text"), ("bigint", "numeric", "{0}"), ("numeric", "text", "{0}::text"), ("boolean", "integer",
        "{0}::integer"),
        ("boolean", "text", "{0}::text"), ("timestamp", "date", "{0}::date"), ("timestamp with time zone", "timestamp", "{0}"),
        ("timestamp with time zone", "text", "{0}::text"), ("text", "bytea", "convert_to({0}, 'UTF8')"), ("text", "jsonb",
        "to_jsonb({0})"),
        ("text", "text[]", "array[{0}]"), ("text[]", "text", "{0}::text"), ("uuid", "text", "{0}::text"), ("jsonb", "json", "{0}::json"),
        ("json", "text", "{0}::text"), ("money", "numeric", "{0}::numeric"), ("mood", "text", "{0}::text"), ("interval", "text",
        "{0}::text"),
        ("double precision", "text", "{0}::text"), ("integer[]", "text[]", "{0}::text[]"), ("positive", "integer", "{0}"),
    }.ToLookup(c => c.From, c => (c.To, c.Using));

    public static Kind Of(string type) => All.First(k => k.Type == type);

    public string Value(Random random) => Odd.Length > 0 && random.Next(6) == 0 ? Odd[random.Next(Odd.Length)] : Usual(random);
}
