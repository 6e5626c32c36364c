using static RdsBq.Types.Tests.Cases.CastCase;

namespace RdsBq.Types.Tests.Cases;

/// <summary>JSON, arrays, and all that stays text.</summary>
internal static class TextCases
{
    public static IEnumerable<CastCase> All { get; } = [.. Json(), .. Arrays(), .. TypedArrays(), .. Others()];

    private static IEnumerable<CastCase> Json() =>
    [
        Pg("json", """'{"b":1, "a": [1,2.50, null], "b":2}'::json""", "JSON", """{"a":[1,2.5,null],"b":1}"""),
        Pg("jsonb", """'{"b":1, "a": [1,2.50, null], "b":2}'::jsonb""", "JSON", """{"a":[1,2.5,null],"b":2}"""),
        Pg("json", "'null'::json", "JSON", "null"),
        Pg("jsonb", "'\"\"'::jsonb", "JSON", "\"\""),
        Pg("jsonb", "'true'::jsonb", "JSON", "true"),
        Pg("json", """'{"quote": "\"", "line": "\n", "fish": "🐟"}'::json""", "JSON", """{"fish":"🐟","line":"\n","quote":"\""}"""),
        Pg("json", "' [1 ,\n2] '::json", "JSON", "[1,2]"),
        // More digits than a double holds: rounded, since the strict mode would lose the document.
        Pg("json", """'{"big": 12345678901234567890.1234567890}'::json""", "JSON", """{"big":1.2345678901234567e+19}"""),
        Pg("jsonb", """'{"id": 9223372036854775807, "pi": 3.141592653589793238}'::jsonb""", "JSON", """{"id":9223372036854775807,"pi":3.141592653589793}"""),
        Pg("jsonb", "'[1e400]'::jsonb", "JSON", null),
        Pg("json", """'"\ud800"'::json""", "JSON", null),
        Printed("json", """{"a": [1, 2.5, null], "b": 2}""", "JSON", """{"a":[1,2.5,null],"b":2}"""),
        Printed("json", "", "JSON", null),
        Printed("json", null, "JSON", null),
    ];

    private static IEnumerable<CastCase> Arrays() =>
    [
        Pg("ARRAY", "array['a','b']", "JSON", """["a","b"]"""),
        Pg("ARRAY", "'{}'::text[]", "JSON", "[]"),
        Pg("ARRAY", "array[null, 'NULL', 'null', '']", "JSON", """[null,"NULL","null",""]"""),
        Pg("ARRAY", """array['b,c', 'with "quotes"', 'back\slash', E'two\nlines', E'tab\t', ' ', '{x}', '🐟', E'\u0001', '"', '\']""", "JSON",
            """["b,c","with \"quotes\"","back\\slash","two\nlines","tab\t"," ","{x}","🐟","\u0001","\"","\\"]"""),
        Pg("ARRAY", "array[array[1,2],array[3,null]]", "JSON", """[["1","2"],["3",null]]"""),
        Pg("ARRAY", "array[array[array['a','b c']],array[array['d','e']]]", "JSON", """[[["a","b c"]],[["d","e"]]]"""),
        Pg("ARRAY", "'[2:3]={1,2}'::int[]", "JSON", """["1","2"]"""),
        Pg("ARRAY", "'[1:1][-2:-1]={{1,2}}'::int[]", "JSON", """[["1","2"]]"""),
        Pg("ARRAY", "array[numeric '1.50', 'NaN', '123456789012345678901234567890']", "JSON", """["1.50","NaN","123456789012345678901234567890"]"""),
        Pg("ARRAY", "array[timestamp '2024-02-29 13:14:15', 'infinity']", "JSON", """["2024-02-29 13:14:15","infinity"]"""),
        Pg("ARRAY", "array[timestamptz '2024-02-29 13:14:15Z']", "JSON", """["2024-02-29 13:14:15+00"]"""),
        Pg("ARRAY", "array[true, false, null]", "JSON", """["t","f",null]"""),
        Pg("ARRAY", """array['{"a": [1, "x"]}'::jsonb]""", "JSON", """["{\"a\": [1, \"x\"]}"]"""),
        Pg("ARRAY", "array[int4range(1,5), '(,)']", "JSON", """["[1,5)","(,)"]"""),
        Pg("ARRAY", "array[point(1,2), point(3,4)]", "JSON", """["(1,2)","(3,4)"]"""),
        Pg("ARRAY", @"array['\xdead'::bytea]", "JSON", """["\\xdead"]"""),
        Pg("ARRAY", "array[row(1,'a b')]::text[]", "JSON", """["(1,\"a b\")"]"""),
        Pg("ARRAY", "array['(a)', 'f(x)', '[b]']", "JSON", """["(a)","f(x)","[b]"]"""),
        // The one type whose elements are parted by semicolons: one text.
        Pg("ARRAY", "array[box '(1,1),(0,0)', box '(3,3),(2,2)']", "JSON", """["(1,1),(0,0);(3,3),(2,2)"]"""),
        Printed("ARRAY", "{a", "JSON", null),
        Printed("ARRAY", "{a}{b}", "JSON", null),
        Printed("ARRAY", "{\"a}", "JSON", null),
        Printed("ARRAY", "{a\\b}", "JSON", null),
        Printed("ARRAY", "a", "JSON", null),
        Printed("ARRAY", "", "JSON", null),
        Printed("ARRAY", null, "JSON", null),
    ];

    private static IEnumerable<CastCase> TypedArrays() =>
    [
        Pg("integer[]", "array[1,-2,null]", "JSON", "[1,-2,null]"),
        Pg("bigint[]", "array[9223372036854775807]::bigint[]", "JSON", "[9223372036854775807]"),
        Pg("_int4", "array[array[1,2],array[3,4]]", "JSON", "[[1,2],[3,4]]"),
        Pg("double precision[]", "array[0.1, 1e300, 'NaN', '-Infinity']::float8[]", "JSON", """[0.1,1e+300,"NaN","-Infinity"]"""),
        Pg("boolean[]", "array[true,false,null]", "JSON", "[true,false,null]"),
        Pg("character varying(20)[]", "array['1','t']", "JSON", """["1","t"]"""),
        Pg("numeric(10,2)[]", "array[1.50]", "JSON", """["1.50"]"""),
        Pg("box[]", "array[box '(1,1),(0,0)']", null, null),
    ];

    private static IEnumerable<CastCase> Others() =>
    [
        Pg("uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", null, null),
        Pg("inet", "inet '192.168.1.5/24'", null, null),
        Pg("bit varying", "B'101'", null, null),
        Pg("character", "'ab'::char(5)", null, null),
        Pg("character varying", "'2024-02-29'", null, null),
        Pg("USER-DEFINED", "'happy'", null, null),
        Pg("xml", "xml '<a/>'", null, null),
        Printed("enum('date','time')", "date", null, null),
        Printed("char", "ab é🐟\"\\", "STRING", "ab é🐟\"\\") with { Landing = "BYTES" },
        Printed("char(5)", "", "STRING", "") with { Landing = "BYTES" },
        Printed("char", null, "STRING", null) with { Landing = "BYTES", Raw = [0x80] },
        Printed("binary", "ab", null, null) with { Landing = "BYTES" },
        Printed("", "a type that is not told", null, null),
    ];
}
