using System.Text.Json;
using RdsBq.Cloud.BigQuery;

namespace RdsBq.Cloud.Tests.BigQuery;

public sealed class StreamingTests(Tokens tokens) : IClassFixture<Tokens>
{
    private const string Missing = """
        {"error":{"code":404,"message":"Not found: Table local-project:d.t","errors":[{"reason":"notFound"}]}}
        """;

    [Fact]
    public async Task A_table_that_is_not_ready_yet_is_tried_again_ever_more_slowly_under_the_same_insert_ids()
    {
        using var stubbed = new StubbedBigQuery(tokens, (404, Missing), (404, Missing), (404, Missing), (200, "{}"));
        await stubbed.WhileTimePassesAsync(AppendAsync(stubbed, 2));
        Assert.Equal(4, stubbed.Requests.Count);
        Assert.All(stubbed.Requests, r => Assert.Equal(stubbed.Requests[0].Body, r.Body));
        Assert.InRange(stubbed.Elapsed, TimeSpan.FromSeconds(1 + 2 + 4), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_table_that_never_comes_is_given_up_after_minutes()
    {
        using var stubbed = new StubbedBigQuery(tokens, (404, Missing));
        var e = await Assert.ThrowsAsync<BigQueryException>(() => stubbed.WhileTimePassesAsync(AppendAsync(stubbed, 1)));
        Assert.True(e.IsNotFound);
        Assert.InRange(stubbed.Elapsed, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Rows_refused_under_status_200_raise_with_the_reason_of_the_bad_row()
    {
        const string answer = """
            {"insertErrors":[{"index":0,"errors":[{"reason":"stopped","message":""}]},
             {"index":1,"errors":[{"reason":"invalid","message":"no such field: x.","location":"x"}]}]}
            """;
        using var stubbed = new StubbedBigQuery(tokens, (200, answer));
        var e = await Assert.ThrowsAsync<BigQueryException>(() => stubbed.WhileTimePassesAsync(AppendAsync(stubbed, 2)));
        Assert.Equal("invalid", e.Reason);
        Assert.Contains("no such field: x.", e.Message, StringComparison.Ordinal);
        Assert.Single(stubbed.Requests);
    }

    [Fact]
    public async Task Rows_go_500_at_a_time_in_their_order_to_the_escaped_table()
    {
        using var stubbed = new StubbedBigQuery(tokens, (200, "{}"));
        await stubbed.WhileTimePassesAsync(AppendAsync(stubbed, 1200, "sales orders"));
        Assert.Equal([500, 500, 200], stubbed.Requests.Select(r => r.Json["rows"]!.AsArray().Count));
        Assert.Equal(
            Enumerable.Range(0, 1200).Select(i => $"id{i}"),
            stubbed.Requests.SelectMany(r => r.Json["rows"]!.AsArray()).Select(r => (string?)r!["insertId"]));
        Assert.All(stubbed.Requests, r => Assert.Equal("datasets/d/tables/sales%20orders/insertAll", r.Path));
        Assert.Equal("7", (string?)stubbed.Requests[0].Json["rows"]![7]!["json"]!["n"]);
    }

    [Fact]
    public async Task No_rows_are_no_request()
    {
        using var stubbed = new StubbedBigQuery(tokens, (200, "{}"));
        await AppendAsync(stubbed, 0);
        Assert.Empty(stubbed.Requests);
    }

    private static Task AppendAsync(StubbedBigQuery stubbed, int rows, string table = "t") =>
        new Streaming(stubbed.Client, stubbed.Time).AppendAsync("d", table, Enumerable.Range(0, rows).Select(Row), default);

    private static (string InsertId, Dictionary<string, JsonElement> Row) Row(int number) =>
        ($"id{number}", new() { ["n"] = JsonSerializer.SerializeToElement($"{number}") });
}
