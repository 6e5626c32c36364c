namespace RdsBq.Local.Tests.BigQuery;

public sealed class QueryTests : IAsyncLifetime
{
    private Rig rig = null!;

    public async Task InitializeAsync()
    {
        rig = await Rig.StartAsync();
        await rig.TableAsync("orders", """[{"name":"id","type":"INT64","mode":"REQUIRED"},{"name":"who","type":"STRING"},{"name":"total","type":"NUMERIC"},{"name":"placed","type":"TIMESTAMP"}]""");
        await rig.QueryAsync("""
            INSERT INTO shop.orders VALUES (1, 'ann', NUMERIC '10.5', TIMESTAMP '2024-02-29 10:00:00+00'), (2, 'bob', 20, TIMESTAMP '2024-03-01 10:00:00+00'), (3, 'ann', NULL, NULL)
            """);
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Theory]
    [InlineData("SELECT who, COUNT(*) AS n, SUM(total) FROM `local-project.shop.orders` GROUP BY who ORDER BY who", "ann|2|10.5;bob|1|20")]
    [InlineData("SELECT COUNT(*) FROM local-project.shop.orders -- comment", "3")]
    [InlineData("WITH a AS (SELECT who, total FROM `local-project`.shop.`orders`) SELECT a.who FROM a JOIN shop.orders AS o ON a.who = o.who AND a.total = o.total ORDER BY 1", "ann;bob")]
    [InlineData("SELECT id FROM shop.orders ORDER BY total", "3;1;2")]
    [InlineData("SELECT id FROM shop.orders ORDER BY total DESC LIMIT 2 OFFSET 1", "1;3")]
    [InlineData("SELECT id FROM shop.orders WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY who ORDER BY id DESC) = 1 ORDER BY id", "2;3")]
    [InlineData("SELECT * EXCEPT (total, placed) REPLACE (UPPER(who) AS who) FROM shop.orders WHERE id = 1", "1|ANN")]
    [InlineData("SELECT COUNTIF(total > 15), ANY_VALUE(who HAVING MAX id), 1 FROM shop.orders", null)]
    [InlineData("SELECT MAX_BY(who, id), MIN_BY(id, total), ARRAY_AGG(id ORDER BY id DESC LIMIT 2) FROM shop.orders", "ann|1|[3,2]")]
    [InlineData("SELECT ARRAY_AGG(total IGNORE NULLS ORDER BY id), STRING_AGG(who, '/' ORDER BY id) FROM shop.orders", "[10.5,20]|ann/bob/ann")]
    [InlineData("SELECT 1 UNION ALL SELECT 2 ORDER BY 1 DESC", "2;1")]
    [InlineData("SELECT o, e FROM UNNEST(['a', 'b']) AS e WITH OFFSET AS o ORDER BY o DESC", "1|b;0|a")]
    [InlineData("SELECT e FROM (SELECT [3, 1] AS list) AS t, t.list AS e ORDER BY e", "1;3")]
    [InlineData("SELECT s.a, s.b[OFFSET(1)], s.b[SAFE_OFFSET(9)] FROM (SELECT STRUCT(1 AS a, ['x', 'y'] AS b) AS s)", "1|y|∅")]
    [InlineData("SELECT 2 IN UNNEST([1, 2]), 'a_b' LIKE 'a\\\\_%', 5 BETWEEN 1 AND 5, NOT TRUE OR TRUE, 2 + 3 * 4, -2 * -3, 7 / 2", "true|true|true|true|14|6|3.5")]
    [InlineData("SELECT NUMERIC '10' / 3, NUMERIC '1.5' * 2, AVG(total), DIV(7, 2), MOD(-7, 2) FROM shop.orders", "3.333333333|3|15.25|3|-1")]
    [InlineData("SELECT r'a\\d', \"it's\", '''x\ny''', b'\\x00a', 'caf\\u00e9', 0x1F, .5", "a\\d|it's|x\ny|AGE=|café|31|0.5")]
    [InlineData("SELECT SUBSTR('abc', 0, 2), SUBSTR('abc', -5, 3), CONCAT('a', NULL), GREATEST(1, NULL), TRIM('\\t a \\n'), TO_HEX(b'\\xAB'), SPLIT('a,b')", "ab|abc|∅|∅|a|ab|[a,b]")]
    [InlineData("SELECT REGEXP_EXTRACT('a1', r'[0-9]'), REGEXP_EXTRACT('k=v', r'k=(.)'), REGEXP_EXTRACT('x', r'\\d'), REGEXP_REPLACE('a-b-c', '-', '')", "1|v|∅|abc")]
    [InlineData("SELECT TIMESTAMP_DIFF(TIMESTAMP '2024-03-01 00:00:00', TIMESTAMP '2024-02-29 00:00:01', HOUR), DATE_DIFF(DATE '2024-03-01', DATE '2024-02-28', DAY)", "23|2")]
    [InlineData("SELECT TIMESTAMP_TRUNC(TIMESTAMP '2024-02-29 10:11:12', HOUR), TIMESTAMP_ADD(TIMESTAMP '1970-01-01', INTERVAL 1 DAY), UNIX_MICROS(TIMESTAMP '1970-01-01 00:00:01')", "1709200800000000|86400000000|1000000")]
    [InlineData("SELECT DATE_TRUNC(DATE '2024-02-29', WEEK), DATE_ADD(DATE '2024-01-31', INTERVAL 1 MONTH), EXTRACT(DAYOFWEEK FROM DATE '2024-02-25'), FORMAT_TIMESTAMP('%F %T', TIMESTAMP '2024-02-29 01:02:03')", "2024-02-25|2024-02-29|1|2024-02-29 01:02:03")]
    [InlineData("SELECT JSON_VALUE('{\"a\":{\"b\":[\"x\"]}}', '$.a.b[0]'), JSON_VALUE('{\"a\":{}}', '$.a'), TO_JSON_STRING(STRUCT(1 AS a, 'x' AS b)), TO_JSON_STRING(NUMERIC '1.50')", "x|∅|{\"a\":1,\"b\":\"x\"}|\"1.5\"")]
    [InlineData("SELECT IF(1 < 2, 'y', 'n'), IFNULL(NULL, 3), NULLIF(1, 1), COALESCE(NULL, 2), SAFE_DIVIDE(1, 0)", "y|3|∅|2|∅")]
    [InlineData("SELECT table_name, table_type FROM shop.INFORMATION_SCHEMA.TABLES", "orders|BASE TABLE")]
    [InlineData("SELECT column_name, is_nullable, data_type FROM `shop.INFORMATION_SCHEMA.COLUMNS` ORDER BY ordinal_position LIMIT 1", "id|NO|INT64")]
    public async Task A_query_answers_as_GoogleSQL_would(string sql, string? expected)
    {
        if (expected is null) Assert.Equal(400, (await rig.RefusedQueryAsync(sql)).Status);
        else Assert.Equal(expected, string.Join(';', await rig.RowsAsync(sql)));
    }

    [Theory]
    [InlineData("SELECT nope FROM shop.orders", 400, "invalidQuery", "Unrecognized name: nope")]
    [InlineData("SELECT id FROM shop.nope", 404, "notFound", "Not found: Table local-project:shop.nope was not found in location asia-northeast1")]
    [InlineData("SELECT id FROM nope.t", 404, "notFound", "Not found: Dataset local-project:nope was not found in location asia-northeast1")]
    [InlineData("SELECT id FROM orders", 400, "invalid", "must be qualified with a dataset")]
    [InlineData("SELECT 1 AS a, 2 AS a", 400, "invalidQuery", "Duplicate column names")]
    [InlineData("SELECT 1 / 0", 400, "invalidQuery", "division by zero")]
    [InlineData("SELECT [1][OFFSET(1)]", 400, "invalidQuery", "out of bounds")]
    [InlineData("SELECT ARRAY(SELECT NULL)", 400, "invalidQuery", "Array cannot have a null element")]
    [InlineData("SELECT 1::STRING", 400, "invalidQuery", "Illegal input character \":\" at [1:9]")]
    [InlineData("SELECT FROM x", 400, "invalidQuery", "Unexpected keyword FROM at [1:8]")]
    [InlineData("SELECT 'x", 400, "invalidQuery", "Unclosed string literal at [1:8]")]
    [InlineData("SELECT 1; SELECT 2", 400, "invalidQuery", "Unexpected keyword SELECT")]
    [InlineData("SELECT DATE '2024-01-02' - DATE '2024-01-01'", 400, "invalidQuery", "does not implement")]
    [InlineData("SELECT BIGNUMERIC '1' + 1", 400, "invalidQuery", "")]
    [InlineData("SELECT @missing", 400, "invalidQuery", "Query parameter 'missing' not found")]
    [InlineData("SELECT CAST('1' AS NUMERIC(3, 1))", 501, "notImplemented", "parameterized")]
    public async Task What_can_not_be_answered_is_refused(string sql, int status, string reason, string message)
    {
        var refused = await rig.RefusedQueryAsync(sql);
        Assert.Equal((status, reason), (refused.Status, refused.Reason));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_are_named_and_typed_as_BigQuery_does()
    {
        var answer = await rig.QueryAsync("SELECT COUNT(*), id + 1, who, total AS t, BIGNUMERIC '1.5' AS big, [1.5] AS list, STRUCT(1 AS x) AS s, CURRENT_TIMESTAMP() AS now FROM shop.orders GROUP BY id, who, total LIMIT 1");
        var columns = answer["schema"]!["fields"]!.AsArray().Select(f => $"{f!["name"]} {f["type"]} {f["mode"]}");
        Assert.Equal(
            ["f0_ INTEGER NULLABLE", "f1_ INTEGER NULLABLE", "who STRING NULLABLE", "t NUMERIC NULLABLE", "big BIGNUMERIC NULLABLE", "list FLOAT REPEATED", "s RECORD NULLABLE", "now TIMESTAMP NULLABLE"],
            columns);
        Assert.EndsWith($"|1.5|[1.5]|(1)|{rig.Clock.GetUtcNow().Ticks / 10 - 62135596800000000}", Rig.Rows(answer)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_are_named_or_positional()
    {
        const string named = ""","parameterMode":"named","queryParameters":[{"name":"N","parameterType":{"type":"INT64"},"parameterValue":{"value":2}},{"name":"l","parameterType":{"type":"ARRAY","arrayType":{"type":"STRING"}},"parameterValue":{"arrayValues":[{"value":"bob"}]}}]""";
        Assert.Equal(["2|[bob]"], await rig.RowsAsync("SELECT id, @l FROM shop.orders WHERE id = @n AND who IN UNNEST(@l)", named));
        const string positional = ""","queryParameters":[{"parameterType":{"type":"NUMERIC"},"parameterValue":{"value":"10.5"}},{"parameterType":{"type":"DATE"},"parameterValue":{"value":null}}]""";
        Assert.Equal(["1|∅"], await rig.RowsAsync("SELECT id, ? IS NULL, ? FROM shop.orders WHERE id = 1".Replace("? IS NULL, ?", "d FROM (SELECT ? AS n, ? AS d), shop.orders WHERE n = total --", StringComparison.Ordinal), positional));
    }

    [Fact]
    public async Task Results_come_in_pages_and_a_request_id_runs_once()
    {
        var first = await rig.QueryAsync("SELECT id FROM shop.orders ORDER BY id", ",\"maxResults\":2");
        Assert.Equal(("3", "2"), (first["totalRows"]!.ToString(), first["pageToken"]!.ToString()));
        var job = first["jobReference"]!["jobId"];
        var rest = await rig.OkAsync("GET", $"queries/{job}?pageToken=2&location=asia-northeast1&formatOptions.useInt64Timestamp=true");
        Assert.Equal(["3"], Rig.Rows(rest));
        Assert.Null(rest["pageToken"]);
        Assert.Equal(404, (await rig.RefusedAsync("GET", $"queries/{job}?location=EU")).Status);
        for (var i = 0; i < 2; i++) await rig.QueryAsync("INSERT INTO shop.orders (id) VALUES (9)", ",\"requestId\":\"once\"");
        Assert.Equal(["1"], await rig.RowsAsync("SELECT COUNT(*) FROM shop.orders WHERE id = 9"));
    }

    [Fact]
    public async Task Jobs_run_once_by_id_and_keep_their_errors()
    {
        const string good = """{"jobReference":{"jobId":"j1"},"configuration":{"query":{"query":"SELECT id FROM orders","useLegacySql":false,"defaultDataset":{"datasetId":"shop"}}}}""";
        Assert.Equal("DONE", (await rig.OkAsync("POST", "jobs", good))["status"]!["state"]!.ToString());
        Assert.Equal(409, (await rig.RefusedAsync("POST", "jobs", good)).Status);
        Assert.Equal("3", (await rig.OkAsync("GET", "queries/j1"))["totalRows"]!.ToString());
        await rig.OkAsync("POST", "jobs", good.Replace("j1", "j2", StringComparison.Ordinal).Replace("SELECT id", "SELECT nope", StringComparison.Ordinal));
        Assert.Equal("invalidQuery", (await rig.OkAsync("GET", "jobs/j2"))["status"]!["errorResult"]!["reason"]!.ToString());
        Assert.Equal((400, "invalidQuery"), (await rig.RefusedAsync("GET", "queries/j2")) is var r ? (r.Status, r.Reason) : default);
        var dry = await rig.OkAsync("POST", "jobs", """{"configuration":{"dryRun":true,"query":{"query":"SELECT id FROM shop.orders","useLegacySql":false}}}""");
        Assert.Equal("id", dry["statistics"]!["query"]!["schema"]!["fields"]![0]!["name"]!.ToString());
        const string copy = """{"configuration":{"copy":{"sourceTable":{"datasetId":"shop","tableId":"orders"},"destinationTable":{"projectId":"local-project","datasetId":"shop","tableId":"copied"}}}}""";
        await rig.OkAsync("POST", "jobs", copy);
        Assert.Equal(["3"], await rig.RowsAsync("SELECT COUNT(*) FROM shop.copied"));
        Assert.Equal("duplicate", (await rig.OkAsync("POST", "jobs", copy))["status"]!["errorResult"]!["reason"]!.ToString());
        Assert.Equal(501, (await rig.RefusedAsync("POST", "jobs", """{"configuration":{"load":{}}}""")).Status);
    }

    [Fact]
    public async Task Views_are_replaced_with_their_descriptions_and_stay_current()
    {
        await rig.QueryAsync("""
            CREATE OR REPLACE VIEW `local-project.shop.v` (id OPTIONS(description="the key"), day) OPTIONS(description="Orders
            by day", labels=[("team", "data")]) AS SELECT id, SAFE_CAST(SUBSTR(CAST(placed AS STRING), 1, 10) AS DATE) AS day FROM `local-project.shop.orders`
            """.Replace("Orders\n", "Orders\\n", StringComparison.Ordinal));
        var view = await rig.OkAsync("GET", "datasets/shop/tables/v");
        Assert.Equal(("the key", "DATE", "data"), (view["schema"]!["fields"]![0]!["description"]!.ToString(), view["schema"]!["fields"]![1]!["type"]!.ToString(), view["labels"]!["team"]!.ToString()));
        Assert.StartsWith("SELECT id, SAFE_CAST(", view["view"]!["query"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["1|2024-02-29", "2|2024-03-01", "3|∅"], await rig.RowsAsync("SELECT * FROM shop.v ORDER BY id"));
        await rig.QueryAsync("INSERT INTO shop.orders (id) VALUES (4)");
        Assert.Equal(["4"], await rig.RowsAsync("SELECT COUNT(*) FROM shop.v"));
        await rig.QueryAsync("CREATE VIEW IF NOT EXISTS shop.v AS SELECT 1 AS x");
        Assert.Equal(409, (await rig.RefusedQueryAsync("CREATE VIEW shop.v AS SELECT 1 AS x")).Status);
        await rig.QueryAsync("CREATE OR REPLACE VIEW shop.v AS SELECT 1 AS x");
        Assert.Null((await rig.OkAsync("GET", "datasets/shop/tables/v"))["description"]);
        await rig.QueryAsync("DROP VIEW shop.v");
        Assert.Equal(404, (await rig.RefusedQueryAsync("SELECT * FROM shop.v")).Status);
    }

    [Fact]
    public async Task Tables_are_made_changed_and_dropped_by_statement()
    {
        await rig.QueryAsync("CREATE TABLE shop.t (a INT64 NOT NULL OPTIONS(description='x'), b ARRAY<STRING>) OPTIONS(expiration_timestamp=TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR))");
        Assert.Equal("1", (await rig.QueryAsync("INSERT INTO shop.t (a, b) SELECT 1, ['p']"))["numDmlAffectedRows"]!.ToString());
        Assert.Equal("1", (await rig.QueryAsync("UPDATE shop.t SET a = a + 1 WHERE TRUE"))["numDmlAffectedRows"]!.ToString());
        await rig.QueryAsync("CREATE OR REPLACE TABLE shop.t AS SELECT a * 2 AS a FROM shop.t");
        Assert.Equal(["4"], await rig.RowsAsync("SELECT * FROM shop.t"));
        await rig.QueryAsync("DROP TABLE shop.t");
        await rig.QueryAsync("DROP TABLE IF EXISTS shop.t");
        Assert.Equal(404, (await rig.RefusedAsync("GET", "datasets/shop/tables/t")).Status);
    }
}
