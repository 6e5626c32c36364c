using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Transfers;
using RdsBq.Core.Alerts;
using RdsBq.Core.Ledger;
using RdsBq.Core.Settings;
using RdsBq.Core.Views;

namespace RdsBq.Cloud.Runs;

/// <summary>What a finished transfer run comes to: the landing table is counted, and the service is asked about whatever does not add up. Changes nothing.</summary>
internal sealed class RunEvidence(BigQueryClient client, LedgerTable ledger, TransferClient transfers, WarehouseSettings warehouse, TimeProvider time, ILogger log)
{
    /// <summary>As much of a failed run's log as the ledger keeps.</summary>
    private const int MostDetail = 4000;

    private readonly UncastCounter counter = new(client, warehouse, time, log);

    /// <summary>
    /// The rows prove a run, whoever reports it. Anything else is believed only when the service itself says so: a message to the topic could claim any failure,
    /// and people would be told.
    /// </summary>
    /// <returns>What is to be written, the verdict last; empty where the run is not over.</returns>
    public async Task<IReadOnlyList<LedgerRow>> VerdictAsync(TransferRunInfo claimed, LedgerRow expected, IReadOnlyList<LedgerRow> rows, CancellationToken token)
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
}
