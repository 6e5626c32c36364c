using DuckDB.NET.Data;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Transfers;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Tables;
using RdsBq.Core.Transfers;
using RdsBq.Core.Views;
using RdsBq.Local;

namespace RdsBq.Tests.Clouds;

/// <summary>
/// A run as <c>load</c> leaves it before the first transfer: files in the bucket, landing tables, transfer configs, the ledger's
/// expectations.
/// A table that is given no rows is empty in the export: no file, no config, proven from the start.
/// </summary>
internal sealed class PlannedRun
{
    private static readonly RunShape Ids = new([new("id", "INTEGER", "NULLABLE")], "range AS id");
    private readonly GoogleSide google;
    private readonly RunShape shape;
    private readonly Dictionary<string, string> configs = [];

    private PlannedRun(GoogleSide google, RunTime runTime, RunShape shape) => (this.google, RunTime, this.shape) = (google, runTime, shape);

    public RunTime RunTime { get; }

    private string ExportTaskId => $"e-{RunTime.Instant:yyyyMMdd-HHmm}";

    public static Task<PlannedRun> CreateAsync(GoogleSide google, DateTimeOffset instant, params (string View, long Rows)[] tables) =>
        CreateAsync(google, instant, Ids, tables);

    public static async Task<PlannedRun> CreateAsync(
        GoogleSide google, DateTimeOffset instant, RunShape shape, params (string View, long Rows)[] tables)
    {
        var run = new PlannedRun(google, RunTime.At(instant), shape);
        var landing = GoogleSide.Settings().LandingDataset;
        await google.Client.EnsureDatasetAsync(GoogleSide.Dataset, default);
        await google.Client.EnsureDatasetAsync(landing, default);
        await google.Ledger.EnsureAsync(default);
        var rows = new List<LedgerRow>();
        foreach (var (view, count) in tables)
        {
            var columns = shape.Columns;
            await google.Client.EnsureTableAsync(landing, Names.LandingTable(view, run.RunTime), columns, "", null, default);
            if (count > 0) run.configs[view] = await run.ConfigAsync(view, landing);
            if (count > 0) run.Put(view, count);
            var expected = run.Row(LedgerEvent.Expected) with
            {
                Table = $"shop.public.{view}",
                View = view,
                LandingTable = Names.LandingTable(view, run.RunTime),
                TransferConfig = run.configs.GetValueOrDefault(view),
                ExpectedRows = count,
                ExpectedBytes = count * 8,
                ExpectedFiles = count > 0 ? 1 : 0,
                Schema = LandingSchema.ToJson(columns),
            };
            rows.Add(expected);
            if (count == 0) rows.Add(expected with { Event = LedgerEvent.Proven, LandedRows = 0, Schema = null });
        }
        await google.Ledger.AppendAsync([.. rows, run.Row(LedgerEvent.Planned) with { Tables = tables.Length }], default);
        return run;
    }

    /// <summary>Makes that many rows the table's file in the bucket, whatever is expected.</summary>
    public void Put(string view, long rows) =>
        google.Objects.Put(Estate.Bucket, $"rds/{ExportTaskId}/shop/public.{view}/1/part-00000.gz.parquet", Parquet(shape.Select, rows));

    /// <summary>One transfer run of the table, from its start to its end.</summary>
    public async Task<TransferRunInfo> TransferAsync(string view)
    {
        await google.Transfers.StartAsync(configs[view], RunTime, default);
        for (var i = 0; i < 2000; i++)
        {
            google.Engine.Step();
            var runs = await google.Transfers.RunsAsync(configs[view], RunTime, default);
            if (runs.All(r => !r.IsUnderWay)) return runs[^1];
            google.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }
        throw new TimeoutException($"The transfer of {view} does not end.");
    }

    /// <summary>One transfer run of each of these tables, all at once; of all where none are named.</summary>
    public async Task TransferAllAsync(IReadOnlyCollection<string>? views = null)
    {
        var wanted = configs.Where(c => views?.Contains(c.Key) != false).Select(c => c.Value).ToList();
        var before = google.Topics.Published(Estate.NotificationTopic).Count;
        foreach (var config in wanted) await google.Transfers.StartAsync(config, RunTime, default);
        for (var i = 0; i < 4000 && google.Topics.Published(Estate.NotificationTopic).Count < before + wanted.Count; i++)
        {
            google.Engine.Step();
            google.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }
    }

    public Task<IReadOnlyList<LedgerRow>> LedgerAsync() => google.Ledger.RunAsync(RunTime, default);

    public async Task<int> CountAsync(LedgerEvent happened) => (await LedgerAsync()).Count(r => r.Event == happened);

    private async Task<string> ConfigAsync(string view, string landing)
    {
        var name = Names.TransferConfig("shop", view);
        if ((await google.Transfers.ConfigsAsync(default)).FirstOrDefault(c => c.DisplayName == name) is { } known) return known.Name;
        var path = $"s3://{Estate.Bucket}/rds/e-{{run_time|\"%Y%m%d-%H%M\"}}/shop/public.{view}/*.parquet";
        return await google.Transfers.CreateAsync(
            new ConfigPlan(name, landing, path, Names.LandingTemplate(view), Estate.NotificationTopic), google.Estate.ReaderKeyId,
            google.Estate.ReaderSecret, default);
    }

    private LedgerRow Row(LedgerEvent happened) =>
        new(google.Clock.GetUtcNow(), happened, RunTime, ExportTaskId, RunTime.Instant.AddHours(-1));

    private static byte[] Parquet(string select, long rows)
    {
        var file = Path.GetTempFileName();
        try
        {
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"COPY (SELECT {select} FROM range({rows})) TO '{file}' (FORMAT parquet)";
            command.ExecuteNonQuery();
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

/// <param name="Select">DuckDB's select list that makes a table's rows of 0, 1, 2 …, called <c>range</c>.</param>
internal sealed record RunShape(IReadOnlyList<Column> Columns, string Select);
