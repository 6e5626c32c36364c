using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace RdsBq.Tests.Kit;

/// <summary>
/// Google's own Cloud Spanner emulator (https://cloud.google.com/spanner/docs/emulator), spoken to by REST: GoogleSQL in another dialect than
/// BigQuery's, without BIGNUMERIC, DATETIME and TIME. Guard the test with <c>RequiresFact("spanner-emulator")</c>.
/// </summary>
public sealed class SpannerEmulator : IAsyncDisposable
{
    private readonly Child process;
    private readonly HttpClient http;
    private string session = "";

    private SpannerEmulator(Child process, int port)
    {
        this.process = process;
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/v1/"), Timeout = TimeSpan.FromSeconds(60) };
    }

    public static async Task<SpannerEmulator> StartAsync()
    {
        var program = Tools.Find("spanner-emulator") ?? "gateway_main";
        var (grpc, rest) = (Tools.FreePort(), Tools.FreePort());
        var engine = Path.Combine(Path.GetDirectoryName(program) ?? "", "emulator_main");
        string[] arguments = ["-hostname", "127.0.0.1", "-grpc_port", $"{grpc}", "-http_port", $"{rest}", "-grpc_binary", engine];
        // The gateway leaves its engine behind when it ends; the kit's Child ends both.
        var emulator = new SpannerEmulator(Child.Start(program, arguments, folder: Path.GetTempPath()), rest);
        try
        {
            await emulator.process.SeesAsync("REST server listening", TimeSpan.FromSeconds(60));
            await emulator.SendAsync("projects/p/instances", """{"instanceId":"i1","instance":{"config":"projects/p/instanceConfigs/emulator-config","displayName":"i1","nodeCount":1}}""");
            await emulator.SendAsync("projects/p/instances/i1/databases", """{"createStatement":"CREATE DATABASE d1"}""");
            emulator.session = (string)(await emulator.SendAsync("projects/p/instances/i1/databases/d1/sessions", "{}"))["name"]!;
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>The rows of a query with one parameter, <c>@given</c>, an array of texts (or of bytes in base64).</summary>
    /// <exception cref="InvalidOperationException">The emulator refuses it; the message has its words.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string sql, IEnumerable<string?> given, string elementType = "STRING")
    {
        var body = new JsonObject
        {
            ["sql"] = sql,
            ["params"] = new JsonObject { ["given"] = new JsonArray([.. given.Select(g => (JsonNode?)g)]) },
            ["paramTypes"] = new JsonObject
            {
                ["given"] = new JsonObject { ["code"] = "ARRAY", ["arrayElementType"] = new JsonObject { ["code"] = elementType } },
            },
        };
        var answer = await SendAsync($"{session}:executeSql", body.ToJsonString());
        return [.. (answer["rows"]?.AsArray() ?? []).Select(r => (IReadOnlyList<string?>)[.. r!.AsArray().Select(v => (string?)v)])];
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }

    private async Task<JsonObject> SendAsync(string path, string json)
    {
        using var answer = await http.PostAsJsonAsync(path, JsonNode.Parse(json));
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)!.AsObject() : throw new InvalidOperationException($"{path}: {text}");
    }
}
