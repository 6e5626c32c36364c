using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace RdsBq.Local.Story;

/// <summary>One table of the newest run: what its Parquet footers say, and what a reader of the published view counts.</summary>
internal sealed record Receipt(string Table, string View, long Files, long Bytes, long ExportRows, long ViewRows)
{
    public bool Agrees => ExportRows == ViewRows;
}

/// <summary>Asks the local BigQuery as any client would: the ledger's expectations, and COUNT(*) of each published view.</summary>
internal sealed class Receipts(LocalCloud cloud) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri(cloud.Google.Rest, $"/bigquery/v2/projects/{Estate.Project}/") };

    public void Dispose() => http.Dispose();

    public async Task<IReadOnlyList<Receipt>> NewestAsync(CancellationToken token)
    {
        var dataset = $"{Estate.Project}.{Exports.DatasetOf(cloud)}";
        var ledger = $"`{dataset}_landing.rdsbq_ledger`";
        var rows = await QueryAsync(
            $"""
            SELECT table_name, view_name, expected_files, expected_bytes, expected_rows FROM {ledger}
            WHERE event = 'expected' AND run_time = (SELECT MAX(run_time) FROM {ledger} WHERE event = 'published') ORDER BY table_name
            """,
            token);
        var receipts = new List<Receipt>();
        foreach (var row in rows)
        {
            var count = await QueryAsync($"SELECT COUNT(*) FROM `{dataset}.{row[1]}`", token);
            receipts.Add(new Receipt(row[0]!, row[1]!, Number(row[2]), Number(row[3]), Number(row[4]), Number(count[0][0])));
        }
        return receipts;
    }

    public static Table Render(IReadOnlyList<Receipt> receipts)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("table", "files", "bytes", "rows in export", "rows in BigQuery", "");
        foreach (var number in table.Columns.Skip(1).Take(4)) number.RightAligned();
        foreach (var r in receipts) table.AddRow(Markup.Escape(r.Table), $"{r.Files:N0}", $"{r.Bytes:N0}", $"{r.ExportRows:N0}", $"{r.ViewRows:N0}", r.Agrees ? "equal" : "DIFFERENT");
        return table.AddRow("all", $"{receipts.Sum(r => r.Files):N0}", $"{receipts.Sum(r => r.Bytes):N0}", $"{receipts.Sum(r => r.ExportRows):N0}", $"{receipts.Sum(r => r.ViewRows):N0}", receipts.All(r => r.Agrees) ? "equal" : "DIFFERENT");
    }

    private async Task<List<string?[]>> QueryAsync(string sql, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "queries")
        {
            Content = JsonContent.Create(new JsonObject { ["query"] = sql, ["useLegacySql"] = false, ["location"] = Estate.Location, ["maxResults"] = 10_000 }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", cloud.Aws.Metadata.Identity.AccessToken().Token);
        using var response = await http.SendAsync(request, token);
        var answer = (await response.Content.ReadFromJsonAsync<JsonObject>(token))!;
        if (answer["error"] is { } error) throw new InvalidOperationException($"{error["message"]} ({sql})");
        return [.. (answer["rows"]?.AsArray() ?? []).Select(r => r!["f"]!.AsArray().Select(f => f!["v"]?.GetValue<string>()).ToArray())];
    }

    private static long Number(string? text) => long.Parse(text ?? "0");
}
