using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RdsBq.Core.Ledger;
using RdsBq.Local;

namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>Reads the published views as any client does, and holds them against the source of their run.</summary>
internal sealed partial class Reader(CloudRun run) : IDisposable
{
    private const string Separator = "\u001f";
    private readonly HttpClient http = new() { BaseAddress = new Uri(run.Cloud.Google.Rest, $"/bigquery/v2/projects/{Estate.Project}/") };

    public void Dispose() => http.Dispose();

    /// <summary>Every view shows what it must: no view more, none less, and each by value.</summary>
    public async Task CheckAsync(IReadOnlyDictionary<string, RunTruth> expected)
    {
        if (expected.Count == 0) return;
        var listed = await AskAsync(HttpMethod.Get, $"datasets/{run.Dataset}/tables?maxResults=1000");
        var views = (listed["tables"]?.AsArray() ?? []).Select(t => (string)t!["tableReference"]!["tableId"]!);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), views.Order(StringComparer.Ordinal));
        var proven = await ProvenAsync();
        foreach (var (view, at) in expected)
        {
            var resource = await AskAsync(HttpMethod.Get, $"datasets/{run.Dataset}/tables/{Uri.EscapeDataString(view)}");
            var landing = $"{view}_{at.Stamp}";
            Assert.Equal(landing, Landing().Match((string)resource["view"]!["query"]!).Groups[1].Value);
            Assert.True(proven.TryGetValue(landing, out var uncast), $"view {view} points at {landing}, which is not proven");
            await CompareAsync(at.Truth.Tables.Single(t => t.View == view), landing, uncast);
        }
    }

    private async Task CompareAsync(TruthTable table, string landing, string? uncast)
    {
        var query = new JsonObject
        {
            ["query"] = $"SELECT * FROM `{Estate.Project}.{run.Dataset}.{table.View}`",
            ["useLegacySql"] = false,
            ["location"] = Estate.Location,
            ["maxResults"] = 10_000,
            ["formatOptions"] = new JsonObject { ["useInt64Timestamp"] = true },
        };
        var answer = await AskAsync(HttpMethod.Post, "queries", query);
        var fields = answer["schema"]!["fields"]!.AsArray();
        Assert.Equal(table.Columns.Select(c => c.Name), fields.Select(f => (string?)f!["name"]));
        string[] types = [.. fields.Select(f => (string)f!["type"]!)];
        Assert.All(table.Columns.Zip(types), c => Assert.Contains(c.Second, Values.Types(c.First.Family)));
        var rows = (answer["rows"]?.AsArray() ?? [])
            .Select(r => r!["f"]!.AsArray().Select((f, i) => Values.OfView(types[i], (string?)f!["v"])));
        var truth = table.Rows.Select(r => types.Select((type, i) => Values.OfSource(type, r.Raw[i], r.Shown[i])).ToList()).ToList();
        AssertSame(landing, Lines(truth), Lines(rows));
        AssertCounted(table, landing, truth, UncastValues.FromJson(uncast));
    }

    /// <summary>What is a value at the source and NULL in the view is counted in the receipt, a column at a time.</summary>
    private static void AssertCounted(
        TruthTable table, string landing, List<List<string?>> truth, IReadOnlyDictionary<string, long> counted)
    {
        var lost = table.Columns
            .Select((c, i) => (c.Name, Count: table.Rows.Where((r, n) => r.Raw[i] is not null && truth[n][i] is null).LongCount()))
            .Where(c => c.Count > 0)
            .OrderBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => $"{c.Name} {c.Count}");
        var receipt = counted.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}");
        Assert.True(
            lost.SequenceEqual(receipt), $"{landing}: values lost: {string.Join(", ", lost)}; counted: {string.Join(", ", receipt)}");
    }

    private static void AssertSame(string landing, List<string> truth, List<string> shown)
    {
        if (truth.SequenceEqual(shown)) return;
        var missing = truth.Except(shown).Take(3).Select(l => $"source: {l}");
        var extra = shown.Except(truth).Take(3).Select(l => $"  view: {l}");
        var lines = string.Join('\n', missing.Concat(extra)).Replace(Separator, " | ", StringComparison.Ordinal);
        Assert.Fail($"{landing}: {truth.Count} rows at the source, {shown.Count} in the view\n{lines}");
    }

    private static List<string> Lines(IEnumerable<IEnumerable<string?>> rows) =>
        [.. rows.Select(r => string.Join(Separator, r.Select(v => v ?? "\u2400"))).Order(StringComparer.Ordinal)];

    private async Task<IReadOnlyDictionary<string, string?>> ProvenAsync()
    {
        var rows = await run.LedgerAsync("landing_table, uncast", "WHERE event = 'proven' AND landed_rows = expected_rows");
        return rows.GroupBy(r => r[0]!).ToDictionary(g => g.Key, g => g.First()[1]);
    }

    private async Task<JsonObject> AskAsync(HttpMethod method, string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", run.Cloud.Aws.Metadata.Identity.AccessToken().Token);
        using var response = await http.SendAsync(request);
        var answer = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.True(response.IsSuccessStatusCode, $"{method} {path} {body?["query"]}: {answer["error"]?["message"]}");
        return answer;
    }

    [GeneratedRegex(@"_landing\.([^`]+)`")]
    private static partial Regex Landing();
}
