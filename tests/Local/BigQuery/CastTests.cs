using System.Text.Json.Nodes;

namespace RdsBq.Local.Tests.BigQuery;

/// <summary>What GoogleSQL makes of the texts that PostgreSQL prints; each case was measured on Google's reference engine.</summary>
public sealed class CastTests(CastTests.Shared shared) : IClassFixture<CastTests.Shared>
{
    public sealed class Shared : IAsyncLifetime
    {
        public Rig Rig { get; private set; } = null!;

        public async Task InitializeAsync() => Rig = await Rig.StartAsync();

        public async Task DisposeAsync() => await Rig.DisposeAsync();
    }

    private async Task<string> ValueAsync(string expression) => (await shared.Rig.RowsAsync($"SELECT {expression}"))[0];

    [Theory]
    [InlineData("DATE", "2024-02-29", "2024-02-29")]
    [InlineData("DATE", "2024-2-9", "2024-02-09")]
    [InlineData("DATE", "10000-01-01", "∅")]
    [InlineData("DATE", "0044-03-15 BC", "∅")]
    [InlineData("DATE", "0000-01-01", "∅")]
    [InlineData("DATE", "24-02-29", "∅")]
    [InlineData("DATE", "2024/02/29", "∅")]
    [InlineData("DATE", " 2024-02-29", "∅")]
    [InlineData("DATE", "2024-02-29 00:00:00", "∅")]
    [InlineData("DATE", "2023-02-29", "∅")]
    [InlineData("DATE", "infinity", "∅")]
    [InlineData("DATE", "epoch", "∅")]
    [InlineData("DATETIME", "2024-02-29 13:14:15.1", "2024-02-29T13:14:15.1")]
    [InlineData("DATETIME", "2024-02-29T13:14:15", "2024-02-29T13:14:15")]
    [InlineData("DATETIME", "2024-02-29", "2024-02-29T00:00:00")]
    [InlineData("DATETIME", "2024-02-29 13:14:15+00", "∅")]
    [InlineData("DATETIME", "2024-02-29 13:14", "∅")]
    [InlineData("DATETIME", "2024-02-29 24:00:00", "∅")]
    [InlineData("DATETIME", "2024-02-29 13:14:15.1234567", "∅")]
    [InlineData("DATETIME", "2024-12-31 23:59:60", "2025-01-01T00:00:00")]
    [InlineData("TIMESTAMP", "2024-02-29 13:14:15.123456+00", "1709212455123456")]
    [InlineData("TIMESTAMP", "2024-02-29 18:44:15.123456+05:30", "1709212455123456")]
    [InlineData("TIMESTAMP", "2024-02-29 10:14:15.123456-03", "1709212455123456")]
    [InlineData("TIMESTAMP", "2024-02-29 18:14:15.123456+5", "1709212455123456")]
    [InlineData("TIMESTAMP", "2024-02-29T13:14:15.123456Z", "1709212455123456")]
    [InlineData("TIMESTAMP", "2024-02-29 13:14:15.123456", "1709212455123456")]
    [InlineData("TIMESTAMP", "2024-02-29 22:14:15.123456 Asia/Tokyo", "1709212455123456")]
    [InlineData("TIMESTAMP", "1900-01-01 05:21:10+05:21:10", "∅")]
    [InlineData("TIMESTAMP", "2024-02-29 13:14:15 +00", "∅")]
    [InlineData("TIMESTAMP", "2024-02-29 13:14:15+15", "∅")]
    [InlineData("TIMESTAMP", "0044-03-15 12:00:00+00 BC", "∅")]
    [InlineData("TIMESTAMP", "0001-01-01 00:00:00+01", "∅")]
    [InlineData("TIMESTAMP", "294276-01-01 00:00:00+00", "∅")]
    [InlineData("TIMESTAMP", "infinity", "∅")]
    [InlineData("TIME", "13:14:15.123456", "13:14:15.123456")]
    [InlineData("TIME", "24:00:00", "∅")]
    [InlineData("TIME", "13:14:15+02", "∅")]
    [InlineData("INT64", "9223372036854775807", "9223372036854775807")]
    [InlineData("INT64", "9223372036854775808", "∅")]
    [InlineData("INT64", " -5 ", "-5")]
    [InlineData("INT64", "0x1F", "31")]
    [InlineData("INT64", "1.0", "∅")]
    [InlineData("INT64", "1e3", "∅")]
    [InlineData("INT64", "1_000", "∅")]
    [InlineData("FLOAT64", "1e+308", "1e+308")]
    [InlineData("FLOAT64", "NaN", "NaN")]
    [InlineData("FLOAT64", "-Infinity", "-Infinity")]
    [InlineData("FLOAT64", "1e400", "Infinity")]
    [InlineData("FLOAT64", "1_0.5", "∅")]
    [InlineData("NUMERIC", "123.4500", "123.45")]
    [InlineData("NUMERIC", "0.0000000005", "0.000000001")]
    [InlineData("NUMERIC", "-0.0000000005", "-0.000000001")]
    [InlineData("NUMERIC", "+.5e1", "5")]
    [InlineData("NUMERIC", "99999999999999999999999999999.999999999", "99999999999999999999999999999.999999999")]
    [InlineData("NUMERIC", "99999999999999999999999999999.9999999995", "∅")]
    [InlineData("NUMERIC", "123456789012345678901234567890", "∅")]
    [InlineData("NUMERIC", "NaN", "∅")]
    [InlineData("NUMERIC", "1,234.5", "∅")]
    [InlineData("NUMERIC", "1_000", "∅")]
    [InlineData("BIGNUMERIC", "123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("BIGNUMERIC", "0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000001")]
    [InlineData("BIGNUMERIC", "600000000000000000000000000000000000000", "∅")]
    [InlineData("BIGNUMERIC", "Infinity", "∅")]
    [InlineData("BOOL", "TRUE", "true")]
    [InlineData("BOOL", "t", "∅")]
    [InlineData("BOOL", "1", "∅")]
    [InlineData("BOOL", " true", "∅")]
    [InlineData("BYTES", "é", "w6k=")]
    [InlineData("STRING", "x", "x")]
    public async Task Text_is_cast_as_GoogleSQL_casts_it(string type, string text, string expected) =>
        Assert.Equal(expected, await ValueAsync($"SAFE_CAST({JsonValue.Create(text).ToJsonString()} AS {type})"));

    [Theory]
    [InlineData("CAST(2.5 AS INT64)", "3")]
    [InlineData("CAST(-2.5 AS INT64)", "-3")]
    [InlineData("CAST(NUMERIC '2.5' AS INT64)", "3")]
    [InlineData("CAST(1.0 AS STRING)", "1")]
    [InlineData("CAST(1e15 AS STRING)", "1e+15")]
    [InlineData("CAST(0.1 + 0.2 AS STRING)", "0.30000000000000004")]
    [InlineData("CAST(NUMERIC '1.50' AS STRING)", "1.5")]
    [InlineData("CAST(BIGNUMERIC '-0.50' AS STRING)", "-0.5")]
    [InlineData("CAST(TIMESTAMP '2024-02-29 13:14:15.5' AS STRING)", "2024-02-29 13:14:15.500+00")]
    [InlineData("CAST(b'\\xc3\\xa9' AS STRING)", "é")]
    [InlineData("SAFE_CAST(b'\\xff' AS STRING)", "∅")]
    [InlineData("CAST(TIMESTAMP '2024-02-29 23:30:00-01' AS DATE)", "2024-03-01")]
    [InlineData("CAST(TRUE AS INT64)", "1")]
    [InlineData("SAFE.FROM_HEX(SUBSTR('\\\\xdeadbeef00', 3))", "3q2+7wA=")]
    [InlineData("SAFE_CAST(REGEXP_REPLACE('-$1,234.50', r'[$,]', '') AS NUMERIC)", "-1234.5")]
    [InlineData("CASE 't' WHEN 't' THEN TRUE WHEN 'f' THEN FALSE END", "true")]
    [InlineData("FORMAT('%T', SAFE_CAST('123.4500' AS NUMERIC))", "NUMERIC \"123.45\"")]
    public async Task Values_are_cast_as_GoogleSQL_casts_them(string expression, string expected) => Assert.Equal(expected, await ValueAsync(expression));

    [Theory]
    [InlineData("""{"b":1, "a": [1,2.50, null], "b":2}""", """{"a":[1,2.5,null],"b":1}""")]
    [InlineData("""{"big": 12345678901234567890.1234567890}""", """{"big":1.2345678901234567e+19}""")]
    [InlineData("""{"a": 1e400}""", "∅")]
    [InlineData("""{"a": NaN}""", "∅")]
    [InlineData("""[1,]""", "∅")]
    [InlineData("\"\\ud800\"", "∅")]
    [InlineData("not json", "∅")]
    public async Task Json_is_parsed_as_GoogleSQL_parses_it(string text, string expected) =>
        Assert.Equal(expected, await ValueAsync($"SAFE.PARSE_JSON({JsonValue.Create(text).ToJsonString()}, wide_number_mode=>'round')"));

    [Fact]
    public async Task Exact_mode_refuses_a_number_that_does_not_survive() =>
        Assert.Equal("∅|3.1", (await shared.Rig.RowsAsync("SELECT SAFE.PARSE_JSON('3.141592653589793238'), SAFE.PARSE_JSON('3.10')"))[0]);

    [Theory]
    [InlineData("""{a,"b,c",NULL}""", """["a","b,c",null]""")]
    [InlineData("""{"say \"hi\"","back\\slash","NULL"}""", """["say \"hi\"","back\\slash","NULL"]""")]
    [InlineData("{}", "[]")]
    [InlineData("{{1,2},{3,4}}", "null")]
    [InlineData("[2:3]={1,2}", "null")]
    public async Task PostgreSQL_arrays_become_json(string literal, string expected)
    {
        const string valid = """r'(?s)^\{(?:(?:"(?:[^"\\]|\\.)*"|[^,{}"\\]+)(?:,(?:"(?:[^"\\]|\\.)*"|[^,{}"\\]+))*)?\}$'""";
        const string element = """CASE WHEN e = 'NULL' THEN NULL WHEN STARTS_WITH(e, '"') THEN REGEXP_REPLACE(SUBSTR(e, 2, CHAR_LENGTH(e) - 2), r'(?s)\\(.)', r'\1') ELSE e END""";
        const string elements = """REGEXP_EXTRACT_ALL(SUBSTR(s, 2, CHAR_LENGTH(s) - 2), r'(?s)"(?:[^"\\]|\\.)*"|[^,"]+')""";
        var sql = $"SELECT TO_JSON_STRING(IF(REGEXP_CONTAINS(s, {valid}), ARRAY(SELECT {element} FROM UNNEST({elements}) AS e WITH OFFSET AS o ORDER BY o), NULL)) FROM (SELECT @s AS s)";
        var parameters = $$$""","queryParameters":[{"name":"s","parameterType":{"type":"STRING"},"parameterValue":{"value":{{{JsonValue.Create(literal).ToJsonString()}}}}}]""";
        Assert.Equal(expected, (await shared.Rig.RowsAsync(sql, parameters))[0]);
    }

    [Theory]
    [InlineData("CAST('x' AS INT64)", "Bad int64 value: x")]
    [InlineData("CAST('2024-13-01' AS DATE)", "Invalid date: '2024-13-01'")]
    [InlineData("SAFE_CAST(TRUE AS DATE)", "Invalid cast from BOOL to DATE")]
    public async Task A_cast_that_fails_is_an_invalid_query(string expression, string message)
    {
        var refused = await shared.Rig.RefusedQueryAsync($"SELECT {expression}");
        Assert.Equal((400, "invalidQuery"), (refused.Status, refused.Reason));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }
}
