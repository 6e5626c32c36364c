using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RdsBq.Local;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>A composed cloud in this process, the shipped job and function as processes against it; time runs fast and by itself.</summary>
internal sealed class SourceRig : IAsyncDisposable
{
    private const int PageRows = 5_000;
    private readonly HttpClient http;
    private readonly IReadOnlyDictionary<string, string?> environment;
    private Child? function;

    private SourceRig(LocalCloud cloud)
    {
        Cloud = cloud;
        var root = new Uri(cloud.Google.Rest, $"/bigquery/v2/projects/{Estate.Project}/");
        http = new HttpClient { BaseAddress = root, Timeout = TimeSpan.FromMinutes(2) };
        var all = ExportVerbProcess.Settings();
        all["DB_CLUSTER_IDENTIFIER"] = null;
        foreach (var (name, value) in Exports.Settings(cloud)) all[name] = value;
        environment = all;
    }

    public LocalCloud Cloud { get; }

    /// <summary><c>project.dataset</c> of the published views.</summary>
    public string Dataset => $"{Estate.Project}.{environment["BIGQUERY_DATASET"]}";

    public static async Task<SourceRig> StartAsync(LocalOptions options) => new(await LocalCloud.StartAsync(options, TimeProvider.System));

    /// <summary>As <c>serve</c> prints them: settings and endpoints, and the keys that the AWS CLI takes.</summary>
    public Dictionary<string, string?> StockEnvironment()
    {
        var all = new Dictionary<string, string?>(environment) { ["AWS_ROLE_ARN"] = null };
        foreach (var (name, value) in Exports.ForStockClients(Cloud)) all[name] = value;
        return all;
    }

    /// <summary>From snapshot to published views, as the night does it.</summary>
    public async Task<Ended> PublishAsync(TimeSpan limit)
    {
        function ??= Start("functions/TransferNotify", "RdsBq.TransferNotify.dll", []);
        await using var job = Start("jobs/Export", "rdsbq.dll", ["export", "--wait", "--poll", "300ms"]);
        var code = await job.WaitAsync(limit);
        return new Ended(code, job.Output, job.Error);
    }

    /// <summary>All rows of a query, page by page, each value as REST carries it.</summary>
    public async Task<List<string?[]>> QueryAsync(string sql)
    {
        var body = new JsonObject { ["query"] = sql, ["useLegacySql"] = false, ["location"] = Estate.Location, ["maxResults"] = PageRows };
        var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Post, "queries") { Content = JsonContent.Create(body) });
        var job = (string?)answer["jobReference"]!["jobId"];
        var rows = Rows(answer).ToList();
        while ((string?)answer["pageToken"] is { } page)
        {
            var next = $"queries/{job}?pageToken={page}&maxResults={PageRows}&location={Estate.Location}";
            answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, next));
            rows.AddRange(Rows(answer));
        }
        Assert.Equal((string?)answer["totalRows"], $"{rows.Count}");
        return rows;
    }

    public async Task<JsonObject> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Cloud.Aws.Metadata.Identity.AccessToken().Token);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        if (function is not null) await function.DisposeAsync();
        http.Dispose();
        await Cloud.DisposeAsync();
    }

    private static IEnumerable<string?[]> Rows(JsonObject answer) =>
        (answer["rows"]?.AsArray() ?? []).Select(r => r!["f"]!.AsArray().Select(f => (string?)f!["v"]).ToArray());

    // Not the checkout's root: a target_tables.txt there would be taken for the test's.
    private Child Start(string project, string assembly, string[] arguments) =>
        Child.Start("dotnet", [Tools.Built(project, assembly), .. arguments], environment, AppContext.BaseDirectory);
}
