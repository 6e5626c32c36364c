using RdsBq.Cloud.BigQuery;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.BigQuery;

public sealed class QueriesTests(Tokens tokens) : IClassFixture<Tokens>
{
    private const string Job = """ "jobReference":{"projectId":"local-project","jobId":"job 1","location":"asia-northeast1"} """;
    private const string Columns = """ "schema":{"fields":[{"name":"a","type":"INTEGER"},{"name":"b","type":"STRING"}]} """;

    [Fact]
    public async Task An_unfinished_query_is_asked_after_and_every_page_is_read()
    {
        using var stubbed = new StubbedBigQuery(
            tokens,
            (200, $$"""{"jobComplete":false,{{Job}}}"""),
            (200, $$"""{"jobComplete":false,{{Job}}}"""),
            (200, $$"""{"jobComplete":true,{{Job}},{{Columns}},"pageToken":"p/2","rows":[{"f":[{"v":"1"},{"v":null}]}]}"""),
            (200, $$"""{"jobComplete":true,{{Job}},{{Columns}},"rows":[{"f":[{"v":"2"},{"v":"x"}]}]}"""));
        var rows = await stubbed.WhileTimePassesAsync(ReadAsync(stubbed.Client, "SELECT a, b", null));
        Assert.Equal(["1|NULL", "2|x"], rows);
        var sent = stubbed.Requests[0].Json;
        Assert.Equal("POST queries", $"{stubbed.Requests[0].Method} {stubbed.Requests[0].Path}");
        Assert.False((bool)sent["useLegacySql"]!);
        Assert.True((bool)sent["formatOptions"]!["useInt64Timestamp"]!);
        Assert.Equal("asia-northeast1", (string?)sent["location"]);
        Assert.Null(sent["queryParameters"]);
        Assert.All(
            stubbed.Requests.Skip(1),
            r => Assert.StartsWith("queries/job%201?location=asia-northeast1&", r.Path, StringComparison.Ordinal));
        Assert.DoesNotContain("pageToken", stubbed.Requests[2].Path, StringComparison.Ordinal);
        Assert.EndsWith("&pageToken=p%2F2", stubbed.Requests[3].Path, StringComparison.Ordinal);
        Assert.Equal(4, stubbed.Requests.Count);
    }

    [Fact]
    public async Task An_unfinished_query_without_a_job_is_an_error_not_a_loop()
    {
        using var stubbed = new StubbedBigQuery(tokens, (200, """{"jobComplete":false}"""));
        await Assert.ThrowsAsync<InvalidOperationException>(stubbed.QueryAsync);
        Assert.Single(stubbed.Requests);
    }

    [Fact]
    public async Task A_page_that_fails_for_a_while_is_asked_for_again_not_skipped()
    {
        using var stubbed = new StubbedBigQuery(
            tokens,
            (200, $$"""{"jobComplete":true,{{Job}},{{Columns}},"pageToken":"2","rows":[{"f":[{"v":"1"},{"v":"x"}]}]}"""),
            (503, ""),
            (200, $$"""{"jobComplete":true,{{Job}},{{Columns}},"rows":[{"f":[{"v":"2"},{"v":"y"}]}]}"""));
        Assert.Equal(["1|x", "2|y"], await stubbed.WhileTimePassesAsync(ReadAsync(stubbed.Client, "SELECT a, b", null)));
    }

    [Fact]
    public async Task Parameters_keep_their_types_and_NULL_is_null()
    {
        await using var google = await GoogleSide.StartAsync();
        var instant = new DateTimeOffset(2026, 4, 1, 2, 5, 0, 123, TimeSpan.FromHours(9)).AddMicroseconds(456);
        var parameters = new Dictionary<string, object>
        {
            ["text"] = "O'Neil \"\\ 日本", ["number"] = long.MinValue, ["truth"] = true, ["instant"] = instant,
        };
        var rows = await ReadAsync(
            google.Client, "SELECT @text AS a, @number AS b, @truth AS c, @instant AS d, CAST(NULL AS STRING) AS e", parameters);
        var micros = (instant - DateTimeOffset.UnixEpoch).Ticks / 10;
        Assert.Equal([$"O'Neil \"\\ 日本|{long.MinValue}|true|{micros}|NULL"], rows);
        var e = await Assert.ThrowsAsync<ArgumentException>(
            () => ReadAsync(google.Client, "SELECT @x AS x", new Dictionary<string, object> { ["x"] = 1.5 }));
        Assert.Contains("x", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_that_BigQuery_refuses_says_why()
    {
        await using var google = await GoogleSide.StartAsync();
        var e = await Assert.ThrowsAsync<BigQueryException>(
            () => google.Client.ExecuteAsync("SELECT nothing FROM `local-project.nowhere.x`", default));
        Assert.True(e.IsNotFound);
        Assert.Contains("nowhere", e.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(
        BigQueryClient client, string sql, IReadOnlyDictionary<string, object>? parameters)
    {
        var rows = new List<string>();
        await foreach (var row in client.QueryAsync(sql, parameters, default))
            rows.Add(string.Join('|', row.Values.Select(v => v ?? "NULL")));
        return rows;
    }
}
