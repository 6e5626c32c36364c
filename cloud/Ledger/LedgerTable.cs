using RdsBq.Cloud.BigQuery;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;
using RdsBq.Core.Tables;
using RdsBq.Core.Views;

namespace RdsBq.Cloud.Ledger;

/// <summary>
/// The append-only table <c>&lt;dataset&gt;_landing.rdsbq_ledger</c>: what was expected, what landed, what was published, when.
/// Streamed rows are visible to queries at once, which is what lets the last proof of a run see all the others.
/// </summary>
public sealed partial class LedgerTable(BigQueryClient client, WarehouseSettings warehouse, TimeProvider time)
{
    private const string Description = "RdsBq: what each run had to hold, what landed, what was published. Append-only.";

    private static readonly IReadOnlyList<Column> Columns =
    [
        new("recorded_at", "TIMESTAMP", "REQUIRED"), new("event", "STRING", "REQUIRED"), new("run_time", "TIMESTAMP", "REQUIRED"),
        new("export_task_id", "STRING", "NULLABLE"), new("snapshot_time", "TIMESTAMP", "NULLABLE"), new("table_name", "STRING", "NULLABLE"),
        new("view_name", "STRING", "NULLABLE"), new("landing_table", "STRING", "NULLABLE"), new("transfer_config", "STRING", "NULLABLE"),
        new("transfer_run", "STRING", "NULLABLE"), new("expected_rows", "INTEGER", "NULLABLE"), new("expected_bytes", "INTEGER", "NULLABLE"),
        new("expected_files", "INTEGER", "NULLABLE"), new("landed_rows", "INTEGER", "NULLABLE"), new("tables", "INTEGER", "NULLABLE"),
        new("columns", "STRING", "NULLABLE"), new("detail", "STRING", "NULLABLE"), new("uncast", "STRING", "NULLABLE"),
    ];

    private readonly Streaming streaming = new(client, time);
    private readonly string from = $"`{warehouse.Project}.{warehouse.LandingDataset}.{Names.Ledger}`";

    /// <summary>
    /// Creates the ledger once; it is never recreated, because BigQuery loses rows that are streamed into a recreated table. One that an
    /// older version made is given the columns that it lacks.
    /// </summary>
    public async Task EnsureAsync(CancellationToken token)
    {
        if (await client.EnsureTableAsync(warehouse.LandingDataset, Names.Ledger, Columns, Description, expires: null, token)) return;
        await client.AddMissingAsync(warehouse.LandingDataset, Names.Ledger, Columns, token);
    }

    public async Task AppendAsync(IEnumerable<LedgerRow> rows, CancellationToken token)
    {
        var written = rows.Select(r => (r.InsertId, LedgerJson.Write(r))).ToList();
        try
        {
            await streaming.AppendAsync(warehouse.LandingDataset, Names.Ledger, written, token);
        }
        catch (BigQueryException e) when (e.Reason == "invalid")
        {
            // The function may be newer than the job that made the ledger. Where no column was missing, the refusal stands.
            if (!await client.AddMissingAsync(warehouse.LandingDataset, Names.Ledger, Columns, token)) throw;
            await streaming.AppendAsync(warehouse.LandingDataset, Names.Ledger, written, token);
        }
    }

    /// <summary>Every run that the ledger knows and that ran within <paramref name="window"/>, newest first. Empty before the first run.</summary>
    public async Task<IReadOnlyList<RunSummary>> SummariesAsync(TimeSpan window, CancellationToken token)
    {
        var sql = $"""
            SELECT run_time, COUNTIF(event = 'planned') AS planned, MAX(tables) AS tables, {SummaryColumns}
            FROM {from} WHERE run_time >= @since GROUP BY run_time ORDER BY run_time DESC
            """;
        var runs = new List<RunSummary>();
        await foreach (var row in RowsAsync(sql, new() { ["since"] = time.GetUtcNow() - window }, token)) runs.Add(Summary(row));
        return runs;
    }

    /// <summary>All rows of one run, in the order in which they were recorded.</summary>
    public async Task<IReadOnlyList<LedgerRow>> RunAsync(RunTime runTime, CancellationToken token)
    {
        var rows = new List<LedgerRow>();
        await foreach (var row in RowsAsync($"SELECT * FROM {from} WHERE run_time = @run ORDER BY recorded_at", new() { ["run"] = runTime.Instant }, token))
            rows.Add(LedgerJson.Read(row));
        return rows;
    }

    /// <summary>
    /// What the runs before this one knew of the source, as <see cref="Core.Drift.SourceHistory.From"/> wants it: the newest row of each
    /// table. A person who points the views at an earlier run brings back what was withdrawn, so that a withdrawal before that is none.
    /// </summary>
    public async Task<IReadOnlyList<LedgerRow>> HistoryAsync(RunTime runTime, CancellationToken token)
    {
        var rows = new List<LedgerRow>();
        var sql = $"""
            SELECT * FROM {from}
            WHERE event IN ('expected', 'skipped', 'withdrawn') AND run_time < @run AND run_time IN (SELECT run_time FROM {from} WHERE event = 'planned')
              AND (event != 'withdrawn'
                OR recorded_at > (SELECT COALESCE(MAX(recorded_at), TIMESTAMP '1970-01-01 00:00:00+00') FROM {from} WHERE event = 'repointed'))
            QUALIFY ROW_NUMBER() OVER (PARTITION BY event, table_name, view_name ORDER BY run_time DESC, recorded_at DESC) = 1
            """;
        await foreach (var row in RowsAsync(sql, new() { ["run"] = runTime.Instant }, token)) rows.Add(LedgerJson.Read(row));
        return rows;
    }

    /// <summary>
    /// The rows of one run about one transfer config, by its id (the project may be named by id or by number), and those that say that the run
    /// as a whole is shown: what a verdict needs, in one query.
    /// </summary>
    public async Task<IReadOnlyList<LedgerRow>> TableAsync(RunTime runTime, string transferConfigId, CancellationToken token)
    {
        var rows = new List<LedgerRow>();
        var parameters = new Dictionary<string, object> { ["run"] = runTime.Instant, ["config"] = $"/{transferConfigId}" };
        var sql = $"""
            SELECT * FROM {from}
            WHERE run_time = @run AND (ENDS_WITH(transfer_config, @config) OR (event IN ('published', 'announced') AND landing_table IS NULL))
            ORDER BY recorded_at
            """;
        await foreach (var row in RowsAsync(sql, parameters, token)) rows.Add(LedgerJson.Read(row));
        return rows;
    }

    /// <summary>Whether every table that the run expects is proven, without reading them all.</summary>
    public async Task<bool> IsProvenAsync(RunTime runTime, CancellationToken token)
    {
        var sql = $"""
            SELECT MAX(tables) AS planned, COUNT(DISTINCT IF(event = 'expected', landing_table, NULL)) AS expected,
              COUNT(DISTINCT IF(event = 'proven', landing_table, NULL)) AS proven
            FROM {from} WHERE run_time = @run
            """;
        await foreach (var row in RowsAsync(sql, new() { ["run"] = runTime.Instant }, token))
            return row["planned"] is { } planned && row["expected"] == planned && row["proven"] == planned;
        return false;
    }

    /// <summary>The views that runs newer than this one have repointed by themselves (PUBLISH=each).</summary>
    public async Task<IReadOnlySet<string>> ViewsOfNewerRunsAsync(RunTime runTime, CancellationToken token)
    {
        var views = new HashSet<string>(StringComparer.Ordinal);
        var sql = $"SELECT DISTINCT view_name FROM {from} WHERE run_time > @run AND event = 'published' AND view_name IS NOT NULL";
        await foreach (var row in RowsAsync(sql, new() { ["run"] = runTime.Instant }, token)) views.Add(row["view_name"]!);
        return views;
    }

    private async IAsyncEnumerable<IReadOnlyDictionary<string, string?>> RowsAsync(
        string sql, Dictionary<string, object> parameters, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        await using var rows = client.QueryAsync(sql, parameters, token).GetAsyncEnumerator(token);
        while (true)
        {
            try
            {
                if (!await rows.MoveNextAsync()) yield break;
            }
            catch (BigQueryException e) when (e.IsNotFound)
            {
                // No ledger yet: nothing has run.
                yield break;
            }
            yield return rows.Current;
        }
    }
}
