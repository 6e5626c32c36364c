using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using RdsBq.Core.Views;
using RdsBq.Local.BigQuery;
using RdsBq.Local.BigQuery.Rest;
using RdsBq.Local.Hosting;

namespace RdsBq.Types.Tests.Engines;

/// <summary>Casts on the local BigQuery, by REST, over a table for each.</summary>
internal sealed class LocalCasts : IAsyncDisposable
{
    private const string Project = "local-project";
    private const string Location = "asia-northeast1";
    private readonly Warehouse warehouse;
    private readonly BigQueryService service;
    private readonly HttpClient http = new();
    private int tables;

    private LocalCasts(Warehouse warehouse, BigQueryService service)
    {
        (this.warehouse, this.service) = (warehouse, service);
        http.BaseAddress = new Uri(service.Address, $"/bigquery/v2/projects/{Project}/");
        http.DefaultRequestHeaders.Authorization = new("Bearer", "good");
    }

    public static async Task<LocalCasts> StartAsync()
    {
        var clock = new LocalClock(TimeProvider.System, speed: 0);
        var warehouse = new Warehouse(Project, Location, clock) { StreamingWarmup = TimeSpan.Zero };
        var service = await BigQueryService.StartAsync(warehouse, token => token == "good", new Journal(clock), new Faults());
        var local = new LocalCasts(warehouse, service);
        await local.CallAsync("datasets", new JsonObject { ["datasetReference"] = new JsonObject { ["datasetId"] = "d" }, ["location"] = Location });
        return local;
    }

    public async Task<IReadOnlyList<string?>> EvaluateAsync(Cast cast, string landing, IReadOnlyList<byte[]?> values)
    {
        var id = $"t{++tables}";
        await CallAsync("datasets/d/tables", new JsonObject
        {
            ["tableReference"] = new JsonObject { ["projectId"] = Project, ["datasetId"] = "d", ["tableId"] = id },
            ["schema"] = new JsonObject { ["fields"] = new JsonArray(Field("n", "INTEGER"), Field(Shown.Column, landing)) },
        });
        await CallAsync($"datasets/d/tables/{id}/insertAll", new JsonObject
        {
            ["rows"] = new JsonArray([.. values.Select((v, i) => new JsonObject
            {
                ["json"] = new JsonObject { ["n"] = i, [Shown.Column] = v is null ? null : landing == "BYTES" ? Convert.ToBase64String(v) : Encoding.UTF8.GetString(v) },
            })]),
        });
        var sql = $"SELECT {Shown.Form(cast)} AS shown FROM (SELECT n, {cast.Expression} AS x FROM `{Project}.d.{id}`) ORDER BY n";
        var answer = await CallAsync("queries", new JsonObject { ["query"] = sql, ["useLegacySql"] = false, ["maxResults"] = 10_000 });
        return [.. (answer["rows"]?.AsArray() ?? []).Select(r => (string?)r!["f"]![0]!["v"])];
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await service.DisposeAsync();
        warehouse.Dispose();
    }

    private static JsonObject Field(string name, string type) => new() { ["name"] = name, ["type"] = type };

    private async Task<JsonObject> CallAsync(string path, JsonObject body)
    {
        using var response = await http.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode && !text.Contains("insertErrors", StringComparison.Ordinal), $"{path} {body.ToJsonString()}\n{text}");
        return JsonNode.Parse(text)!.AsObject();
    }
}
