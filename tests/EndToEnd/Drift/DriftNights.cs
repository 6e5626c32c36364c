using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RdsBq.Local;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests.Drift;

/// <summary>A real PostgreSQL that changes, and the nights that bring it over: snapshot, export, load, transfers, publication, in the local cloud's time.</summary>
public sealed class DriftNights : IAsyncDisposable
{
    private const string List = "*\n!attic.*\n";
    private readonly string folder;
    private readonly PostgresCluster postgres;
    private readonly HttpClient http;
    private bool first = true;

    private DriftNights(string folder, PostgresCluster postgres, CloudRun run)
    {
        (this.folder, this.postgres, Run) = (folder, postgres, run);
        http = new HttpClient { BaseAddress = new Uri(run.Cloud.Google.Rest, $"/bigquery/v2/projects/{Estate.Project}/datasets/") };
    }

    internal CloudRun Run { get; }

    /// <summary>The run time of the newest night, as the ledger has it.</summary>
    public DateTimeOffset Night => DateTimeOffset.ParseExact(
        Run.Cloud.Aws.Rds.Tasks[^1].Id["export-id-local-".Length..], "yyyyMMdd-HHmm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The messages about tables, as people see them: one a run.</summary>
    public IReadOnlyList<string> Told => [.. Run.Cloud.SlackTexts.Where(t => t.Contains("shop.public.", StringComparison.Ordinal))];

    public static async Task<DriftNights> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("rdsbq-drift-").FullName;
        var postgres = await PostgresCluster.StartAsync();
        await postgres.ExecuteAsync("create database shop");
        await postgres.ExecuteAsync("create schema attic", "shop");
        var settings = new Dictionary<string, string?> { ["TARGET_TABLES"] = Path.Combine(folder, "target_tables.txt") };
        var nights = new DriftNights(folder, postgres, await CloudRun.StartAsync(new LocalOptions(Speed: 0, PostgresSource: postgres.ConnectionString("shop")), settings));
        nights.Leave();
        return nights;
    }

    /// <summary>Writes the list of target tables: all but these.</summary>
    public void Leave(params string[] tables) =>
        File.WriteAllText(Path.Combine(folder, "target_tables.txt"), List + string.Concat(tables.Select(t => $"!public.{t}\n")));

    public Task SqlAsync(string sql) => postgres.ExecuteAsync(sql, "shop");

    /// <summary>One night, a day after the one before, until its run is published.</summary>
    /// <returns>What the job said.</returns>
    public async Task<string> NightAsync()
    {
        await LandAsync();
        return await PublishAsync();
    }

    /// <summary>The night up to its landing.</summary>
    public async Task LandAsync()
    {
        await ExportAsync();
        await Run.MustAsync("load");
    }

    /// <summary>The night up to its export.</summary>
    public async Task ExportAsync()
    {
        if (!first)
        {
            Run.Cloud.Clock.Advance(TimeSpan.FromHours(23.5));
            Assert.True(Run.Cloud.TrySnapshot(null, out _));
            Run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        }
        first = false;
        await Run.MustAsync("export");
        await Run.ExportsEndAsync();
    }

    public async Task<string> PublishAsync()
    {
        await Run.TransfersEndAsync();
        // Past the function's turn: none runs here.
        Run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        var ended = await Run.MustAsync("load");
        Assert.Contains("is published", ended.Output, StringComparison.Ordinal);
        return ended.ToString();
    }

    /// <summary>What the ledger says of a night's changes, by table without database and schema.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ChangesAsync(DateTimeOffset night, string happened = "changed")
    {
        var at = night.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss+00:00", CultureInfo.InvariantCulture);
        var rows = await Run.LedgerAsync("DISTINCT table_name, detail", $"WHERE event = '{happened}' AND run_time = TIMESTAMP '{at}'");
        return rows.ToDictionary(r => r[0]!.Split('.')[^1], r => r[1]!);
    }

    /// <summary>The view as REST shows it; null where there is none.</summary>
    public async Task<JsonObject?> ViewAsync(string view)
    {
        var answer = await SendAsync(HttpMethod.Get, $"{Run.Dataset}/tables/{view}", null);
        return answer["error"] is null ? answer : null;
    }

    /// <summary>What a person changes on a view.</summary>
    public async Task WriteAsync(string view, JsonObject patch)
    {
        var answer = await SendAsync(HttpMethod.Patch, $"{Run.Dataset}/tables/{view}", patch);
        Assert.True(answer["error"] is null, answer.ToJsonString());
    }

    public async Task<IReadOnlyList<string>> RowsAsync(string view) =>
        [.. (await Run.QueryAsync($"SELECT * FROM `{Estate.Project}.{Run.Dataset}.{view}` ORDER BY 1")).Select(r => string.Join('|', r.Select(v => v ?? "NULL")))];

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Run.DisposeAsync();
        await postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Run.Cloud.Aws.Metadata.Identity.AccessToken().Token);
        using var response = await http.SendAsync(request);
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
