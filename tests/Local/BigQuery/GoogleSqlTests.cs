namespace RdsBq.Local.Tests.BigQuery;

/// <summary>Expressions that views are made of, against the answers of Google's own engine (GoogleSql.txt).</summary>
public sealed class GoogleSqlTests : IAsyncLifetime
{
    private Rig rig = null!;

    public async Task InitializeAsync() => rig = await Rig.StartAsync();

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task Every_expression_gives_what_the_reference_engine_gives()
    {
        using var file = new StreamReader(typeof(GoogleSqlTests).Assembly.GetManifestResourceStream("GoogleSql.txt")!);
        var (rows, differ) = (0, new List<string>());
        while (await file.ReadLineAsync() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var (expression, expected) = (line[..line.IndexOf(" -> ", StringComparison.Ordinal)], line[(line.IndexOf(" -> ", StringComparison.Ordinal) + 4)..]);
            var (status, answer) = await rig.CallAsync("POST", "queries", Rig.Body($"SELECT FORMAT('%T', {expression})"));
            var given = status == 200 ? Rig.Rows(answer)[0] : answer["error"]!["message"]!.ToString();
            if (given != expected) differ.Add($"{expression}: {given}, not {expected}");
            rows++;
        }
        Assert.True(rows > 150, $"only {rows} rows");
        Assert.True(differ.Count == 0, string.Join('\n', differ));
    }

    [Theory]
    [InlineData("TO_JSON(NUMERIC '123456789.123456789')", 400, "TO_JSON of NUMERIC 123456789.123456789")]
    [InlineData("TO_JSON('x', wide=>'y')", 400, "No matching signature")]
    [InlineData("TO_JSON_STRING(STRUCT(DATE '2024-01-01' AS d))", 400, "DATE inside STRUCT")]
    [InlineData("REGEXP_EXTRACT_ALL('abc', 'x*')", 400, "may be empty")]
    [InlineData("REGEXP_EXTRACT_ALL('abc', '(a)(b)')", 400, "more than 1 capturing group")]
    [InlineData(@"REGEXP_REPLACE('abc', 'b', r'\1')", 400, "Rewrite schema requests 1 matches")]
    [InlineData(@"REGEXP_REPLACE('abc', 'b', r'\x')", 400, "must be followed by a digit")]
    [InlineData("REGEXP_CONTAINS('abc', '(')", 400, "missing )")]
    [InlineData("SAFE_CONVERT_BYTES_TO_STRING(1)", 400, "")]
    [InlineData("CAST(['1'] AS ARRAY<INT64>)", 501, "CAST AS ARRAY")]
    public async Task What_is_not_understood_is_refused(string expression, int status, string message)
    {
        var refused = await rig.RefusedQueryAsync($"SELECT {expression}");
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(status, refused.Status);
    }

    [Fact]
    public async Task A_view_of_casts_has_real_types_and_reads_its_rows()
    {
        await rig.TableAsync("t", """
            [{"name":"d","type":"STRING"},{"name":"dt","type":"STRING"},{"name":"ts","type":"STRING"},{"name":"t","type":"STRING"},{"name":"n","type":"STRING"},
            {"name":"b","type":"STRING"},{"name":"j","type":"STRING"},{"name":"a","type":"STRING"},{"name":"y","type":"BYTES"}]
            """);
        await rig.OkAsync("POST", "datasets/shop/tables/t/insertAll", """
            {"rows":[{"json":{"d":"2024-02-29","dt":"2024-02-29 13:14:15.123456","ts":"2024-02-29 18:44:15+05:30","t":"13:14:15","n":"123.4500","b":"12345678901234567890123.5",
            "j":"{\"b\":1, \"a\":[2.50]}","a":"{1,NULL}","y":"w6k="}},{"json":{"d":"infinity","dt":"x","ts":"1900-01-01 05:21:10+05:21:10","t":"24:00:00","n":"NaN","b":"","j":"{","a":"{","y":"/w=="}},{"json":{}}]}
            """);
        await rig.QueryAsync("""
            CREATE VIEW shop.v AS SELECT SAFE_CAST(`d` AS DATE) AS `d`, SAFE_CAST(`dt` AS DATETIME) AS `dt`, SAFE_CAST(`ts` AS TIMESTAMP) AS `ts`, SAFE_CAST(`t` AS TIME) AS `t`,
              SAFE_CAST(`n` AS NUMERIC) AS `n`, SAFE_CAST(`b` AS BIGNUMERIC) AS `b`, SAFE.PARSE_JSON(`j`, wide_number_mode=>'round') AS `j`,
              (SELECT SAFE.PARSE_JSON(CONCAT('[', STRING_AGG(IF(e = 'NULL', 'null', e), ',' ORDER BY o), ']')) FROM UNNEST(REGEXP_EXTRACT_ALL(`a`, r'[^{},]+')) AS e WITH OFFSET AS o) AS `a`,
              SAFE_CAST(`y` AS STRING) AS `y` FROM shop.t
            """);
        var fields = (await rig.OkAsync("GET", "datasets/shop/tables/v"))["schema"]!["fields"]!.AsArray();
        Assert.Equal("DATE DATETIME TIMESTAMP TIME NUMERIC BIGNUMERIC JSON JSON STRING", string.Join(' ', fields.Select(f => f!["type"])));
        Assert.Equal(
            [
                "2024-02-29|2024-02-29T13:14:15.123456|1709212455000000|13:14:15|123.45|12345678901234567890123.5|{\"a\":[2.5],\"b\":1}|[1,null]|é",
                "∅|∅|∅|∅|∅|∅|∅|∅|∅",
                "∅|∅|∅|∅|∅|∅|∅|∅|∅",
            ],
            (await rig.RowsAsync("SELECT * FROM shop.v")).Order(StringComparer.Ordinal));
    }
}
