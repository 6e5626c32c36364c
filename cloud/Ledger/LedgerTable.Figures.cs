using System.Globalization;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Cloud.Ledger;

/// <summary>What reports ask of the ledger: whole runs as one line each, and the rows that say where the views point.</summary>
public sealed partial class LedgerTable
{
    // A row that was written twice must not count twice: hence DISTINCT, and one line a table before sums are made.
    private const string SummaryColumns = """
        COUNTIF(event IN ('published', 'repointed') AND table_name IS NULL) AS published,
          MAX(IF(event IN ('published', 'repointed') AND table_name IS NULL, recorded_at, NULL)) AS shown_at,
          MIN(IF(event IN ('published', 'repointed'), recorded_at, NULL)) AS first_shown_at,
          MAX(IF(event = 'repointed', recorded_at, NULL)) AS repointed_at,
          STRING_AGG(DISTINCT event, ',') AS events,
          MAX(recorded_at) AS last_at,
          MAX(snapshot_time) AS snapshot_time,
          MAX(IF(event = 'announced', recorded_at, NULL)) AS announced_at,
          COUNT(DISTINCT IF(event = 'proven', landing_table, NULL)) AS proven,
          IFNULL(MAX(IF(event = 'proven' AND transfer_run IS NOT NULL, recorded_at, NULL)), MAX(IF(event = 'proven', recorded_at, NULL))) AS proven_at
        """;

    /// <summary>Every run within <paramref name="window"/> in numbers, newest first. Empty before the first run.</summary>
    public async Task<IReadOnlyList<RunFigures>> FiguresAsync(TimeSpan window, CancellationToken token)
    {
        var sql = $"""
            SELECT run_time, planned, tables, published, shown_at, first_shown_at, repointed_at, announced_at, events, last_at, proven, proven_at, export_task_id, snapshot_time, published_at,
              expected, failed, skipped, expected_rows, expected_bytes
            FROM (
              SELECT run_time, COUNTIF(event = 'planned') AS planned, MAX(tables) AS tables, {SummaryColumns},
                MAX(export_task_id) AS export_task_id,
                MIN(IF(event = 'published' AND table_name IS NULL, recorded_at, NULL)) AS published_at,
                COUNT(DISTINCT IF(event = 'skipped', table_name, NULL)) AS skipped
              FROM {from} WHERE run_time >= @since GROUP BY run_time)
            LEFT JOIN (
              SELECT table_run, COUNT(*) AS expected, COUNTIF(bad > 0 AND good = 0) AS failed, SUM(expected_rows) AS expected_rows, SUM(expected_bytes) AS expected_bytes
              FROM (
                SELECT run_time AS table_run, landing_table, MAX(expected_rows) AS expected_rows, MAX(expected_bytes) AS expected_bytes,
                  COUNTIF(event = 'proven') AS good, COUNTIF(event IN ('short', 'failed')) AS bad
                FROM {from} WHERE run_time >= @since AND event IN ('expected', 'proven', 'short', 'failed') GROUP BY run_time, landing_table)
              GROUP BY table_run) ON table_run = run_time
            ORDER BY run_time DESC
            """;
        var runs = new List<RunFigures>();
        await foreach (var row in RowsAsync(sql, new() { ["since"] = time.GetUtcNow() - window }, token))
        {
            runs.Add(new RunFigures(
                Summary(row), row["export_task_id"] ?? "", LedgerJson.Instant(row["snapshot_time"]), LedgerJson.Instant(row["published_at"]),
                Number(row["expected"]), Number(row["proven"]), Number(row["failed"]), Number(row["skipped"]), Number(row["expected_rows"]), Number(row["expected_bytes"])));
        }
        return runs;
    }

    /// <summary>
    /// All rows of the newest run and of the one that is shown (null: none is), without columns, and the published rows of single tables
    /// in between: what <see cref="RunReceipts"/> and <see cref="ShownViews"/> need.
    /// </summary>
    public async Task<IReadOnlyList<LedgerRow>> ShownRowsAsync(RunTime newest, RunTime? shown, CancellationToken token)
    {
        var sql = $"""
            SELECT * EXCEPT (columns), CAST(NULL AS STRING) AS columns FROM {from}
            WHERE run_time = @newest OR run_time = @shown OR (run_time > @shown AND event = 'published' AND view_name IS NOT NULL)
            ORDER BY recorded_at
            """;
        // Before anything is shown whole, single tables of any run may be.
        var parameters = new Dictionary<string, object> { ["newest"] = newest.Instant, ["shown"] = shown?.Instant ?? DateTimeOffset.UnixEpoch };
        var rows = new List<LedgerRow>();
        await foreach (var row in RowsAsync(sql, parameters, token)) rows.Add(LedgerJson.Read(row));
        return rows;
    }

    private static RunSummary Summary(IReadOnlyDictionary<string, string?> row) =>
        new(RunTime.At(LedgerJson.Instant(row["run_time"])!.Value), row["planned"] != "0", row["published"] != "0", LedgerJson.Instant(row["shown_at"]))
        {
            ProvenAt = row["tables"] is { } tables && tables == row["proven"] ? LedgerJson.Instant(row["proven_at"]) : null,
            Events = LedgerJson.Events(row["events"]),
            LastAt = LedgerJson.Instant(row["last_at"]) ?? default,
            SnapshotTime = LedgerJson.Instant(row["snapshot_time"]),
            FirstShownAt = LedgerJson.Instant(row["first_shown_at"]),
            RepointedAt = LedgerJson.Instant(row["repointed_at"]),
            AnnouncedAt = LedgerJson.Instant(row["announced_at"]),
        };

    private static long Number(string? text) => text is null ? 0 : long.Parse(text, CultureInfo.InvariantCulture);
}
