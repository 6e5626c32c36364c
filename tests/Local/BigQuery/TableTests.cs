namespace RdsBq.Local.Tests.BigQuery;

public sealed class TableTests : IAsyncLifetime
{
    private const string Columns = """[{"name":"id","type":"INT64","mode":"REQUIRED"},{"name":"note","type":"STRING","description":"free text"}]""";
    private Rig rig = null!;

    public async Task InitializeAsync() => rig = await Rig.StartAsync();

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task A_table_answers_with_the_older_type_names_and_its_counts()
    {
        await rig.TableAsync("t", Columns);
        await rig.QueryAsync("INSERT INTO shop.t (id, note) VALUES (1, 'a'), (2, NULL)");
        var table = await rig.OkAsync("GET", "datasets/shop/tables/t");
        Assert.Equal("INTEGER REQUIRED", $"{table["schema"]!["fields"]![0]!["type"]} {table["schema"]!["fields"]![0]!["mode"]}");
        Assert.Equal("free text", table["schema"]!["fields"]![1]!["description"]!.ToString());
        Assert.Equal(("2", "19", "TABLE"), (table["numRows"]!.GetValue<string>(), table["numBytes"]!.GetValue<string>(), table["type"]!.ToString()));
        Assert.Null((await rig.OkAsync("GET", "datasets/shop/tables/t?view=BASIC"))["numRows"]);
        Assert.Equal((409, "duplicate", "Already Exists: Table local-project:shop.t"), await rig.RefusedAsync("POST", "datasets/shop/tables", """{"tableReference":{"tableId":"t"}}"""));
        Assert.Equal((404, "notFound", "Not found: Table local-project:shop.u"), await rig.RefusedAsync("GET", "datasets/shop/tables/u"));
    }

    [Fact]
    public async Task Names_that_differ_in_case_are_two_tables()
    {
        await rig.TableAsync("Orders", Columns);
        await rig.TableAsync("orders", """[{"name":"x","type":"BOOL"}]""");
        await rig.QueryAsync("INSERT INTO shop.orders (x) VALUES (TRUE)");
        Assert.Equal(["0|1"], await rig.RowsAsync("SELECT (SELECT COUNT(*) FROM shop.Orders), (SELECT COUNT(*) FROM shop.orders)"));
        Assert.Equal(["Orders", "orders"], (await rig.OkAsync("GET", "datasets/shop/tables"))["tables"]!.AsArray().Select(t => t!["tableReference"]!["tableId"]!.ToString()));
    }

    [Fact]
    public async Task Expired_tables_vanish_on_the_local_clock()
    {
        await rig.OkAsync("PATCH", "datasets/shop", """{"defaultTableExpirationMs":"3600000"}""");
        await rig.TableAsync("short", Columns);
        var made = await rig.OkAsync("GET", "datasets/shop/tables/short");
        Assert.Equal(rig.Clock.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds().ToString(), made["expirationTime"]!.GetValue<string>());
        await rig.TableAsync("kept", Columns);
        await rig.OkAsync("PATCH", "datasets/shop/tables/kept", """{"expirationTime":null,"schema":null,"labels":{},"resourceTags":{}}""");
        rig.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(404, (await rig.RefusedAsync("GET", "datasets/shop/tables/short")).Status);
        Assert.Single((await rig.OkAsync("GET", "datasets/shop/tables"))["tables"]!.AsArray());
        Assert.Contains("Not found: Table local-project:shop.short", (await rig.RefusedQueryAsync("SELECT * FROM shop.short")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_grows_and_relaxes_but_does_not_change()
    {
        await rig.TableAsync("t", Columns);
        await rig.OkAsync("PATCH", "datasets/shop/tables/t", """{"schema":{"fields":[{"name":"id","type":"INTEGER"},{"name":"note","type":"STRING"},{"name":"more","type":"BOOL"}]}}""");
        await rig.QueryAsync("INSERT INTO shop.t (id, more) VALUES (NULL, TRUE)");
        Assert.Equal(["∅|∅|true"], await rig.RowsAsync("SELECT * FROM shop.t"));
        var changed = await rig.RefusedAsync("PATCH", "datasets/shop/tables/t", """{"schema":{"fields":[{"name":"id","type":"INTEGER","mode":"REQUIRED"},{"name":"note","type":"STRING"},{"name":"more","type":"BOOL"}]}}""");
        Assert.Equal((400, "invalid", "Provided Schema does not match Table local-project:shop.t. Field id has changed mode from NULLABLE to REQUIRED."), changed);
    }

    [Fact]
    public async Task A_view_keeps_the_schema_of_its_making_and_refuses_one_from_outside()
    {
        await rig.TableAsync("t", Columns);
        Assert.Equal("Schema field shouldn't be used as input with a view", (await rig.RefusedAsync("POST", "datasets/shop/tables",
            """{"tableReference":{"tableId":"v"},"view":{"query":"SELECT 1 AS a","useLegacySql":false},"schema":{"fields":[{"name":"a","type":"INT64"}]}}""")).Message);
        Assert.Equal(501, (await rig.RefusedAsync("POST", "datasets/shop/tables", """{"tableReference":{"tableId":"v"},"view":{"query":"SELECT 1 AS a"}}""")).Status);
        var view = await rig.OkAsync("POST", "datasets/shop/tables", """{"tableReference":{"tableId":"v"},"labels":{"a":"b"},"view":{"query":"SELECT * FROM shop.t","useLegacySql":false}}""");
        Assert.Equal("VIEW NULLABLE", $"{view["type"]} {view["schema"]!["fields"]![0]!["mode"]}");
        var described = await rig.OkAsync("PATCH", "datasets/shop/tables/v", """{"schema":{"fields":[{"name":"id","type":"INTEGER","description":"key"},{"name":"note","type":"STRING"}]}}""");
        Assert.Equal("key", described["schema"]!["fields"]![0]!["description"]!.ToString());
        var repointed = await rig.OkAsync("PATCH", "datasets/shop/tables/v", """{"schema":null,"labels":{},"view":{"query":"SELECT id, 1.5 AS x FROM shop.t","useLegacySql":false}}""");
        Assert.Equal("b", repointed["labels"]!["a"]!.ToString());
        Assert.Equal("FLOAT", repointed["schema"]!["fields"]![1]!["type"]!.ToString());
        Assert.Null(repointed["schema"]!["fields"]![0]!["description"]);
        Assert.Equal(400, (await rig.RefusedAsync("GET", "datasets/shop/tables/v/data")).Status);
    }

    [Fact]
    public async Task Streamed_rows_are_checked_row_by_row()
    {
        await rig.TableAsync("t", Columns);
        const string bad = """{"rows":[{"json":{"id":1}},{"json":{"id":"x"}},{"json":{"id":2,"col":1}},{"json":{"note":"no id"}}]}""";
        var errors = (await rig.OkAsync("POST", "datasets/shop/tables/t/insertAll", bad))["insertErrors"]!.AsArray()
            .OrderBy(e => (int)e!["index"]!).Select(e => $"{e!["index"]} {e["errors"]![0]!["reason"]} {e["errors"]![0]!["message"]}");
        Assert.Equal(
            ["0 stopped ", "1 invalid Cannot convert value to integer (bad value): x", "2 invalid no such field: col.", "3 invalid Missing required field: id."], errors);
        Assert.Equal(["0"], await rig.RowsAsync("SELECT COUNT(*) FROM shop.t"));
        await rig.OkAsync("POST", "datasets/shop/tables/t/insertAll", bad.Insert(1, """ "skipInvalidRows":true,"""));
        Assert.Equal(["1"], await rig.RowsAsync("SELECT COUNT(*) FROM shop.t"));
    }

    [Fact]
    public async Task Streamed_rows_are_seen_by_queries_at_once_deduplicated_and_buffered()
    {
        await rig.TableAsync("t", Columns);
        const string row = """{"rows":[{"insertId":"a","json":{"id":1,"note":"x"}}]}""";
        Assert.Null((await rig.OkAsync("POST", "datasets/shop/tables/t/insertAll", row))["insertErrors"]);
        await rig.OkAsync("POST", "datasets/shop/tables/t/insertAll", row);
        Assert.Equal(["1|x"], await rig.RowsAsync("SELECT * FROM shop.t"));
        var table = await rig.OkAsync("GET", "datasets/shop/tables/t");
        Assert.Equal(("0", "1"), (table["numRows"]!.ToString(), table["streamingBuffer"]!["estimatedRows"]!.ToString()));
        Assert.Contains("streaming buffer", (await rig.RefusedQueryAsync("DELETE FROM shop.t WHERE TRUE")).Message, StringComparison.Ordinal);
        rig.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("1", (await rig.OkAsync("GET", "datasets/shop/tables/t"))["numRows"]!.ToString());
        Assert.Equal("1", (await rig.QueryAsync("DELETE FROM shop.t WHERE id = 1"))["numDmlAffectedRows"]!.ToString());
    }

    [Fact]
    public async Task A_new_table_answers_404_to_streams_until_it_is_warm()
    {
        rig.Warehouse.StreamingWarmup = TimeSpan.FromSeconds(2);
        await rig.TableAsync("t", Columns);
        Assert.Equal((404, "notFound", "Not found: Table local-project:shop.t"), await rig.RefusedAsync("POST", "datasets/shop/tables/t/insertAll", """{"rows":[{"json":{"id":1}}]}"""));
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        await rig.OkAsync("POST", "datasets/shop/tables/t/insertAll", """{"rows":[{"json":{"id":1}}]}""");
    }

    [Fact]
    public async Task Every_type_streams_in_and_lists_out()
    {
        await rig.TableAsync("t", """
            [{"name":"i","type":"INT64"},{"name":"f","type":"FLOAT64"},{"name":"b","type":"BOOL"},{"name":"s","type":"STRING"},{"name":"y","type":"BYTES"},{"name":"d","type":"DATE"},
            {"name":"t","type":"TIME"},{"name":"dt","type":"DATETIME"},{"name":"ts","type":"TIMESTAMP"},{"name":"n","type":"NUMERIC"},{"name":"g","type":"BIGNUMERIC"},{"name":"j","type":"JSON"},
            {"name":"a","type":"STRING","mode":"REPEATED"},{"name":"r","type":"RECORD","fields":[{"name":"x","type":"INT64"},{"name":"ts","type":"TIMESTAMP","mode":"REPEATED"}]}]
            """);
        await rig.OkAsync("POST", "datasets/shop/tables/t/insertAll", """
            {"rows":[{"json":{"i":"5","f":1.5,"b":true,"s":"é'\"","y":"3q2+7w==","d":"2024-02-29","t":"13:14:15.5","dt":"2024-02-29 13:14:15","ts":1700000000.123456,"n":"12345678901234567890.5",
            "g":"123456789012345678901234567890.000000000000000001","j":"{\"a\":1}","a":["p","q"],"r":{"x":7,"ts":["2023-11-14T22:13:20Z"]}}},{"json":{}}]}
            """);
        const string path = "datasets/shop/tables/t/data?formatOptions.useInt64Timestamp=true";
        Assert.Equal(
            [
                "5|1.5|true|é'\"|3q2+7w==|2024-02-29|13:14:15.5|2024-02-29T13:14:15|1700000000123456|12345678901234567890.5|123456789012345678901234567890.000000000000000001|{\"a\":1}|[p,q]|(7,[1700000000000000])",
                "∅|∅|∅|∅|∅|∅|∅|∅|∅|∅|∅|∅|[]|∅",
            ],
            Rig.Rows(await rig.OkAsync("GET", path)));
        Assert.Equal(["1.700000000123456E9"], Rig.Rows(await rig.OkAsync("GET", "datasets/shop/tables/t/data?maxResults=1&selectedFields=ts")));
        var page = await rig.OkAsync("GET", path + "&maxResults=1");
        Assert.Equal(("2", "1"), (page["totalRows"]!.ToString(), page["pageToken"]!.ToString()));
    }
}
