using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Transfers;
using RdsBq.Core.Alerts;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;
using RdsBq.Core.Views;

namespace RdsBq.Cloud.Runs;

/// <summary>
/// Judges finished transfer runs: SUCCEEDED proves nothing, rows do. The function calls it for each event, <c>load</c> for what the function missed.
/// Told the same end twice, it does nothing the second time.
/// </summary>
public sealed class RunJudge(
    BigQueryClient client, LedgerTable ledger, TransferClient transfers, ViewPublisher publisher, RunTeller teller, WarehouseSettings warehouse, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>As much of a failed run's log as the ledger keeps.</summary>
    private const int MostDetail = 4000;

    // One verdict at a time on a table in this process: the same event twice at once must find the first one's row. Other tables' verdicts
    // need not wait for it, since counting takes a query over the table; few share a lane.
    private readonly SemaphoreSlim[] lanes = [.. Enumerable.Range(0, 16).Select(_ => new SemaphoreSlim(1, 1))];

    // Whoever publishes second must find that the first has done it.
    private readonly SemaphoreSlim publishing = new(1, 1);
    private readonly UncastCounter counter = new(client, warehouse, time, log);

    public void Dispose()
    {
        foreach (var lane in lanes) lane.Dispose();
        publishing.Dispose();
    }

    /// <returns>What came of it, for the log.</returns>
    public async Task<Judgement> JudgeAsync(TransferRunInfo run, CancellationToken token)
    {
        var lane = lanes[(uint)StringComparer.Ordinal.GetHashCode(ConfigId(run.Name)) % lanes.Length];
        await lane.WaitAsync(token);
        try
        {
            return await JudgeOnceAsync(run, token);
        }
        finally
        {
            lane.Release();
        }
    }

    private async Task<Judgement> JudgeOnceAsync(TransferRunInfo run, CancellationToken token)
    {
        var rows = await ledger.TableAsync(run.RunTime, ConfigId(run.Name), token);
        var expected = rows.FirstOrDefault(r => r.Event == LedgerEvent.Expected);
        if (expected?.LandingTable is not { } landing) return Judgement.NotOurs;
        var known = rows.LastOrDefault(r => IsVerdict(r) && RunId(r.TransferRun) == RunId(run.Name));
        if (known?.Event == LedgerEvent.Proven && IsSettled(rows)) return Judgement.Published;
        if (known is null)
        {
            var written = await VerdictAsync(run, expected, rows, token);
            if (written.Count == 0) return Judgement.NotOver;
            await ledger.AppendAsync(written, token);
            rows = [.. rows, .. written];
        }
        var verdict = (known ?? rows[^1]).Event;
        // Also when the verdict was known: whoever wrote it may have died before publishing, or before telling.
        var published = verdict == LedgerEvent.Proven && await PublishAsync(run.RunTime, landing, token);
        if (published || rows.Any(IsTrouble)) await teller.TellAsync(run.RunTime, token);
        if (verdict != LedgerEvent.Proven) return known is null ? Judgement.Alerted : Judgement.KnownAlready;
        return published ? Judgement.Published : Judgement.Proven;
    }

    /// <summary>
    /// Nothing is left to do after this table's verdict: the run is shown and announced, and nothing of the table was ever told. Whether a run
    /// without trouble was told (NOTIFY=always) is for <c>load</c> to see.
    /// </summary>
    private bool IsSettled(IReadOnlyList<LedgerRow> rows) =>
        rows.Any(r => r.Event == LedgerEvent.Published && r.LandingTable is null)
        && (!publisher.Announces || rows.Any(r => r.Event == LedgerEvent.Announced)) && !rows.Any(IsTrouble);

    private static bool IsTrouble(LedgerRow row) => row.Event is LedgerEvent.Failed or LedgerEvent.Short or LedgerEvent.Uncast;

    private static bool IsVerdict(LedgerRow row) => row.Event is LedgerEvent.Proven or LedgerEvent.Short or LedgerEvent.Failed;

    private async Task<bool> PublishAsync(RunTime runTime, string landing, CancellationToken token)
    {
        await publishing.WaitAsync(token);
        try
        {
            if (!warehouse.PublishAll) await publisher.PublishTableAsync(runTime, landing, token);
            return await publisher.PublishIfProvenAsync(runTime, token);
        }
        finally
        {
            publishing.Release();
        }
    }

    /// <summary>
    /// The rows prove a run, whoever reports it. Anything else is believed only when the service itself says so: a message to the topic could claim any failure,
    /// and people would be told.
    /// </summary>
    /// <returns>What is to be written, the verdict last; empty where the run is not over.</returns>
    private async Task<IReadOnlyList<LedgerRow>> VerdictAsync(TransferRunInfo claimed, LedgerRow expected, IReadOnlyList<LedgerRow> rows, CancellationToken token)
    {
        var run = claimed;
        var landed = run.State == TransferState.Succeeded ? await LandedAsync(expected, token) : -1;
        if (landed != expected.ExpectedRows)
        {
            if (await ConfirmedAsync(claimed, token) is not { IsUnderWay: false } confirmed) return [];
            run = confirmed;
            if (run.State == TransferState.Succeeded) landed = await LandedAsync(expected, token);
        }
        if (run.State != TransferState.Succeeded)
        {
            var failure = await FailureAsync(run, token);
            log.LogError("{Table}: the transfer of run {RunTime} ended {State}: {Why}", expected.Table, run.RunTime, run.State, failure);
            return [Verdict(LedgerEvent.Failed, run, expected) with { Detail = failure }];
        }
        if (landed == expected.ExpectedRows) return await ProvenAsync(run, expected, rows, landed, token);
        log.LogError("{Table}: the transfer of run {RunTime} loaded {Landed} of {Expected} rows.", expected.Table, run.RunTime, landed, expected.ExpectedRows);
        return [Verdict(LedgerEvent.Short, run, expected) with { LandedRows = landed }];
    }

    private async Task<IReadOnlyList<LedgerRow>> ProvenAsync(
        TransferRunInfo run, LedgerRow expected, IReadOnlyList<LedgerRow> rows, long landed, CancellationToken token)
    {
        var receipt = RunReceipts.From(run.RunTime, rows).Tables[0];
        var uncast = await counter.CountAsync(receipt, token);
        var proven = Verdict(LedgerEvent.Proven, run, expected) with { LandedRows = landed, Uncast = uncast.ToJson(), Detail = uncast.Problem };
        return uncast.ByColumn is { Count: > 0 } found && await BegunAsync(receipt, found, run, expected, token) is { } begun ? [begun, proven] : [proven];
    }

    private async Task<long> LandedAsync(LedgerRow expected, CancellationToken token) =>
        await client.RowCountAsync(warehouse.LandingDataset, expected.LandingTable!, token) ?? 0;

    /// <summary>The run as the service has it; null where it has none such. Where the service may not be asked, what was claimed.</summary>
    private async Task<TransferRunInfo?> ConfirmedAsync(TransferRunInfo claimed, CancellationToken token)
    {
        try
        {
            return await transfers.RunAsync(claimed.Name, token);
        }
        catch (Grpc.Core.RpcException e) when (e.StatusCode is Grpc.Core.StatusCode.PermissionDenied or Grpc.Core.StatusCode.Unauthenticated)
        {
            log.LogWarning("The state of {Run} could not be confirmed: {Status}. Give this service account bigquery.transfers.get.", claimed.Name, e.StatusCode);
            return claimed;
        }
    }

    /// <summary>The code, and the lines of the run's own log, which say more than its error status.</summary>
    private async Task<string> FailureAsync(TransferRunInfo run, CancellationToken token)
    {
        var lines = await LinesAsync(run, token);
        var code = run.State == TransferState.Cancelled ? "CANCELLED" : run.ErrorCode;
        return SlackText.Cut($"{code} {(lines.Count > 0 ? string.Join('\n', lines) : run.ErrorMessage)}".Trim(), MostDetail);
    }

    /// <summary>Of the columns that had none when they were last counted: one <c>infinity</c> at the source is no news every night.</summary>
    private async Task<LedgerRow?> BegunAsync(
        Receipt receipt, IReadOnlyDictionary<string, long> found, TransferRunInfo run, LedgerRow expected, CancellationToken token)
    {
        var before = await ledger.UncastBeforeAsync(run.RunTime, receipt.Table, token);
        var begun = found.Where(f => !before.ContainsKey(f.Key)).ToDictionary(f => f.Key, f => f.Value);
        if (begun.Count == 0) return null;
        log.LogWarning("{Table}: values that its view shows as NULL, in columns that had none: {Columns}", receipt.Table, string.Join(", ", begun.Select(b => $"{b.Key} {b.Value}")));
        var example = receipt.Columns.Where(c => begun.ContainsKey(c.Name))
            .Select(c => UncastSql.Example(client.Project, warehouse.LandingDataset, receipt.LandingTable!, c)).MinBy(e => e?.Length);
        return Verdict(LedgerEvent.Uncast, run, expected) with { Uncast = UncastValues.ToJson(begun), Detail = example };
    }

    private async Task<IReadOnlyList<string>> LinesAsync(TransferRunInfo run, CancellationToken token)
    {
        try
        {
            var lines = await transfers.ErrorLinesAsync(run.Name, token);
            if (lines.Count > 0) return lines;
        }
        catch (Grpc.Core.RpcException e)
        {
            // The alert matters more than its colour: without the log it carries the run's own sentence.
            log.LogWarning("The log of {Run} could not be read: {Status}.", run.Name, e.StatusCode);
        }
        return string.IsNullOrEmpty(run.ErrorMessage) ? [] : [run.ErrorMessage];
    }

    private LedgerRow Verdict(LedgerEvent verdict, TransferRunInfo run, LedgerRow expected) =>
        expected with { RecordedAt = time.GetUtcNow(), Event = verdict, TransferRun = run.Name, Schema = null };

    /// <summary>projects/P/locations/L/transferConfigs/<b>C</b>/runs/R</summary>
    private static string ConfigId(string run) => run.Split('/') is [.., var config, "runs", _] ? config : "";

    private static string RunId(string? run) => run?.Split('/')[^1] ?? "";
}

public enum Judgement
{
    /// <summary>No ledger row expects this run: another team's transfer, or one started by hand for an instant that no export has.</summary>
    NotOurs,

    /// <summary>The service does not say that the run has ended, whatever the event says.</summary>
    NotOver,
    KnownAlready,
    Alerted,
    Proven,
    Published,
}
