using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Slack;
using RdsBq.Cloud.Transfers;
using RdsBq.Core.Alerts;
using RdsBq.Core.Ledger;
using RdsBq.Core.Settings;

namespace RdsBq.Cloud.Runs;

/// <summary>
/// Judges finished transfer runs: SUCCEEDED proves nothing, rows do. The function calls it for each event, <c>load</c> for what the function missed.
/// Told the same end twice, it does nothing the second time.
/// </summary>
/// <param name="slack">Null where no channel is set: then the log alone speaks.</param>
public sealed class RunJudge(
    BigQueryClient client, LedgerTable ledger, TransferClient transfers, ViewPublisher publisher, SlackPoster? slack, WarehouseSettings warehouse, TimeProvider time, ILogger log) : IDisposable
{
    // One verdict at a time in this process: the same event twice at once must find the first one's row.
    private readonly SemaphoreSlim gate = new(1, 1);

    public void Dispose() => gate.Dispose();

    /// <returns>What came of it, for the log.</returns>
    public async Task<Judgement> JudgeAsync(TransferRunInfo run, CancellationToken token)
    {
        await gate.WaitAsync(token);
        try
        {
            return await JudgeOnceAsync(run, token);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<Judgement> JudgeOnceAsync(TransferRunInfo run, CancellationToken token)
    {
        var rows = await ledger.TableAsync(run.RunTime, ConfigId(run.Name), token);
        var expected = rows.FirstOrDefault(r => r.Event == LedgerEvent.Expected);
        if (expected?.LandingTable is not { } landing) return Judgement.NotOurs;
        var known = rows.Any(r => r.Event is LedgerEvent.Proven or LedgerEvent.Short or LedgerEvent.Failed && RunId(r.TransferRun) == RunId(run.Name));
        var proven = known
            ? rows.Any(r => r.Event == LedgerEvent.Proven && RunId(r.TransferRun) == RunId(run.Name))
            : await VerdictAsync(run, expected, rows, token);
        if (!proven) return known ? Judgement.KnownAlready : Judgement.Alerted;
        // Also when the verdict was known: whoever wrote it may have died before publishing.
        if (!warehouse.PublishAll) await publisher.PublishTableAsync(run.RunTime, landing, token);
        return await publisher.PublishIfProvenAsync(run.RunTime, token) ? Judgement.Published : Judgement.Proven;
    }

    private async Task<bool> VerdictAsync(TransferRunInfo run, LedgerRow expected, IReadOnlyList<LedgerRow> rows, CancellationToken token)
    {
        var receipt = RunReceipts.From(run.RunTime, rows).Tables[0];
        if (run.State != TransferState.Succeeded)
        {
            var lines = await LinesAsync(run, token);
            await TellAsync(Alerts.TransferFailed(run.RunTime, receipt, run.State.ToString().ToUpperInvariant(), lines), token);
            var detail = SlackText.Cut($"{run.ErrorCode} {(lines.Count > 0 ? lines[0] : run.ErrorMessage)}".Trim(), 1000);
            await ledger.AppendAsync([Verdict(LedgerEvent.Failed, run, expected) with { Detail = detail }], token);
            return false;
        }
        var landed = await client.RowCountAsync(warehouse.LandingDataset, expected.LandingTable!, token);
        var isProven = landed == expected.ExpectedRows;
        if (!isProven) await TellAsync(Alerts.LoadedShort(run.RunTime, receipt, landed ?? 0), token);
        await ledger.AppendAsync([Verdict(isProven ? LedgerEvent.Proven : LedgerEvent.Short, run, expected) with { LandedRows = landed ?? 0 }], token);
        return isProven;
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

    private async Task TellAsync(Alert alert, CancellationToken token)
    {
        log.LogError("{Alert}", SlackText.Plain(alert));
        if (slack is not null) await slack.PostAsync(alert, token);
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
    KnownAlready,
    Alerted,
    Proven,
    Published,
}
