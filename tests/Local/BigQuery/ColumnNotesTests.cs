using System.Text.Json.Nodes;

namespace RdsBq.Local.Tests.BigQuery;

/// <summary>What is written on columns and views, and which changes it survives.</summary>
public sealed class ColumnNotesTests : IAsyncLifetime
{
    private const string Tag = "projects/p/locations/asia-northeast1/taxonomies/1/policyTags/2";
    private const string Tagged = """{"names":["TAG"]}""";
    private Rig rig = null!;

    public async Task InitializeAsync()
    {
        rig = await Rig.StartAsync();
        await rig.TableAsync("t", """[{"name":"id","type":"INT64"},{"name":"mail","type":"STRING"}]""");
        await rig.QueryAsync("CREATE VIEW shop.v AS SELECT id, mail FROM shop.t");
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Theory]
    [InlineData("t")]
    [InlineData("v")]
    public async Task A_tag_stays_until_an_empty_list_takes_it_away(string table)
    {
        Assert.Equal(Tag, TagOf(await PatchAsync(table, $"\"policyTags\":{Tagged}")));
        Assert.Equal(Tag, TagOf(await PatchAsync(table, "\"description\":\"private\"")));
        Assert.Equal(Tag, TagOf(await rig.OkAsync("GET", $"datasets/shop/tables/{table}")));
        var cleared = await PatchAsync(table, """ "policyTags":{"names":[]} """);
        Assert.Null(cleared["schema"]!["fields"]![1]!["policyTags"]);
        Assert.Null(cleared["schema"]!["fields"]![1]!["description"]);
    }

    [Theory]
    [InlineData("""{"name":"mail","type":"STRING","policyTags":{"names":["TAG","TAG"]}}""", "at most 1")]
    [InlineData("""{"name":"mail","type":"STRING","policyTags":{"names":["private"]}}""", "Invalid policy tag resource name: private")]
    [InlineData("""{"name":"r","type":"RECORD","policyTags":{"names":["TAG"]},"fields":[{"name":"x","type":"INT64"}]}""", "leaf field")]
    public async Task A_tag_that_a_column_can_not_carry_is_refused(string field, string message)
    {
        var body = $$$"""{"schema":{"fields":[{"name":"id","type":"INT64"},{{{Named(field)}}}]}}""";
        var refused = await rig.RefusedAsync("PATCH", "datasets/shop/tables/t", body);
        Assert.Equal((400, "invalid"), (refused.Status, refused.Reason));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replacing_a_view_drops_all_that_the_statement_does_not_say()
    {
        await PatchAsync("v", $"\"description\":\"private\",\"policyTags\":{Tagged}");
        await rig.OkAsync("PATCH", "datasets/shop/tables/v", """{"description":"people","labels":{"team":"data"},"friendlyName":"People"}""");
        await rig.QueryAsync("""CREATE OR REPLACE VIEW shop.v (id OPTIONS(description="key"), mail) AS SELECT id, mail FROM shop.t""");
        var view = await rig.OkAsync("GET", "datasets/shop/tables/v");
        Assert.Equal("key", view["schema"]!["fields"]![0]!["description"]!.ToString());
        Assert.Equal("""{"name":"mail","type":"STRING","mode":"NULLABLE"}""", view["schema"]!["fields"]![1]!.ToJsonString());
        Assert.Null(view["description"] ?? view["labels"] ?? view["friendlyName"]);
    }

    [Fact]
    public async Task Setting_a_views_query_clears_its_columns_and_keeps_the_rest()
    {
        await PatchAsync("v", $"\"description\":\"private\",\"policyTags\":{Tagged}");
        await rig.OkAsync("PATCH", "datasets/shop/tables/v", """{"description":"people"}""");
        var view = await rig.OkAsync("PATCH", "datasets/shop/tables/v", """{"view":{"query":"SELECT id, mail FROM shop.t WHERE id > 0","useLegacySql":false}}""");
        Assert.Equal("""{"name":"mail","type":"STRING","mode":"NULLABLE"}""", view["schema"]!["fields"]![1]!.ToJsonString());
        Assert.Equal("people", view["description"]!.ToString());
    }

    [Fact]
    public async Task A_column_option_that_is_not_known_is_refused_by_name() =>
        Assert.Contains("hidden", (await rig.RefusedQueryAsync("CREATE VIEW shop.w (id OPTIONS(hidden=TRUE)) AS SELECT id FROM shop.t")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_view_is_dropped_once_and_a_table_is_no_view()
    {
        await rig.QueryAsync("DROP VIEW shop.v");
        Assert.Equal((404, "notFound"), (await rig.RefusedAsync("GET", "datasets/shop/tables/v")) is var gone ? (gone.Status, gone.Reason) : default);
        await rig.QueryAsync("DROP VIEW IF EXISTS shop.v");
        Assert.Equal(404, (await rig.RefusedQueryAsync("DROP VIEW shop.v")).Status);
        Assert.Equal((400, "invalidQuery"), (await rig.RefusedQueryAsync("DROP VIEW IF EXISTS shop.t")) is var table ? (table.Status, table.Reason) : default);
        await rig.OkAsync("DELETE", "datasets/shop/tables/t");
        Assert.Equal(404, (await rig.RefusedAsync("DELETE", "datasets/shop/tables/t")).Status);
    }

    [Fact]
    public async Task A_listing_is_paged_and_says_when_each_table_expires()
    {
        var soon = rig.Clock.GetUtcNow().AddHours(2).ToUnixTimeMilliseconds();
        await rig.OkAsync("PATCH", "datasets/shop/tables/t", $$"""{"expirationTime":"{{soon}}"}""");
        for (var i = 0; i < 3; i++) await rig.TableAsync($"u{i}", """[{"name":"id","type":"INT64"}]""");
        var (seen, page, pages) = (new List<string>(), "", 0);
        do
        {
            var answer = await rig.OkAsync("GET", $"datasets/shop/tables?maxResults=2{page}");
            Assert.Equal(5, answer["totalItems"]!.GetValue<int>());
            seen.AddRange(answer["tables"]!.AsArray().Select(t => $"{t!["tableReference"]!["tableId"]} {t["type"]} {t["expirationTime"]}"));
            page = answer["nextPageToken"] is { } next ? $"&pageToken={next}" : "";
            pages++;
        }
        while (page.Length > 0);
        Assert.Equal(3, pages);
        Assert.Equal([$"t TABLE {soon}", "u0 TABLE ", "u1 TABLE ", "u2 TABLE ", "v VIEW "], seen);
        // Numbers in requests are as good as texts; null takes the expiration away.
        Assert.Equal($"{soon + 1}", (await rig.OkAsync("PATCH", "datasets/shop/tables/t", $$"""{"expirationTime":{{soon + 1}}}"""))["expirationTime"]!.GetValue<string>());
        Assert.Null((await rig.OkAsync("PATCH", "datasets/shop/tables/t", """{"expirationTime":null}"""))["expirationTime"]);
    }

    private Task<JsonNode> PatchAsync(string table, string members) => rig.OkAsync(
        "PATCH", $"datasets/shop/tables/{table}",
        $$$"""{"schema":{"fields":[{"name":"id","type":"INTEGER"},{"name":"mail","type":"STRING",{{{Named(members)}}}}]}}""");

    private static string Named(string json) => json.Replace("TAG", Tag, StringComparison.Ordinal);

    private static string? TagOf(JsonNode table) => table["schema"]!["fields"]![1]!["policyTags"]?["names"]?[0]?.ToString();
}
