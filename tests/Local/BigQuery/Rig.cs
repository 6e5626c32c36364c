using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using RdsBq.Local.BigQuery;
using RdsBq.Local.BigQuery.Rest;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.Tests.BigQuery;

/// <summary>A BigQuery of its own, on a clock that only the test moves, with the dataset <c>shop</c>.</summary>
public sealed class Rig : IAsyncDisposable
{
    public const string Project = "local-project";
    private readonly BigQueryService service;
    private readonly HttpClient http = new();

    private Rig(LocalClock clock, Journal journal, Warehouse warehouse, BigQueryService service)
    {
        (Clock, Journal, Warehouse, this.service) = (clock, journal, warehouse, service);
        http.BaseAddress = new Uri(service.Address, $"/bigquery/v2/projects/{Project}/");
        http.DefaultRequestHeaders.Authorization = new("Bearer", "good");
    }

    public LocalClock Clock { get; }

    public Journal Journal { get; }

    public Warehouse Warehouse { get; }

    public Uri Address => service.Address;

    public static async Task<Rig> StartAsync(string? folder = null)
    {
        var clock = new LocalClock(TimeProvider.System, speed: 0);
        var journal = new Journal(clock);
        var warehouse = new Warehouse(Project, "asia-northeast1", clock, folder) { StreamingWarmup = TimeSpan.Zero };
        var rig = new Rig(clock, journal, warehouse, await BigQueryService.StartAsync(warehouse, token => token == "good", journal, new Faults()));
        await rig.OkAsync("POST", "datasets", """{"datasetReference":{"datasetId":"shop"},"location":"asia-northeast1"}""");
        return rig;
    }

    public async Task<(int Status, JsonNode Body)> CallAsync(string method, string path, string? body = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.RelativeOrAbsolute));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>())!);
    }

    public async Task<JsonNode> OkAsync(string method, string path, string? body = null)
    {
        var (status, answer) = await CallAsync(method, path, body);
        Assert.True(status == 200, $"{method} {path}: {status} {answer.ToJsonString()}");
        return answer;
    }

    /// <summary>The refusal's status, reason and message.</summary>
    public async Task<(int Status, string Reason, string Message)> RefusedAsync(string method, string path, string? body = null, string? ifMatch = null)
    {
        var (status, answer) = await CallAsync(method, path, body, ifMatch);
        Assert.True(status != 200, $"{method} {path}: {answer.ToJsonString()}");
        return (status, answer["error"]!["errors"]![0]!["reason"]!.ToString(), answer["error"]!["message"]!.ToString());
    }

    public Task<JsonNode> TableAsync(string id, string fields) =>
        OkAsync("POST", "datasets/shop/tables", $$$"""{"tableReference":{"projectId":"{{{Project}}}","datasetId":"shop","tableId":"{{{id}}}"},"schema":{"fields":{{{fields}}}}}""");

    public static string Body(string sql, string more = "") =>
        $"{{\"query\":{JsonValue.Create(sql).ToJsonString()},\"useLegacySql\":false,\"formatOptions\":{{\"useInt64Timestamp\":true}}{more}}}";

    public Task<JsonNode> QueryAsync(string sql, string more = "") => OkAsync("POST", "queries", Body(sql, more));

    public Task<(int Status, string Reason, string Message)> RefusedQueryAsync(string sql) => RefusedAsync("POST", "queries", Body(sql));

    /// <summary>The rows as <c>a|b</c>; NULL is the empty set sign.</summary>
    public async Task<string[]> RowsAsync(string sql, string more = "") => Rows(await QueryAsync(sql, more));

    public static string[] Rows(JsonNode answer) =>
        [.. (answer["rows"]?.AsArray() ?? []).Select(r => string.Join('|', r!["f"]!.AsArray().Select(f => Text(f!["v"]))))];

    private static string Text(JsonNode? value) => value switch
    {
        null => "∅",
        JsonArray array => $"[{string.Join(',', array.Select(v => Text(v!["v"])))}]",
        JsonObject record => $"({string.Join(',', record["f"]!.AsArray().Select(v => Text(v!["v"])))})",
        _ => value.ToString(),
    };

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await service.DisposeAsync();
        Warehouse.Dispose();
    }
}
