using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Slack;
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
/// <param name="slack">Null where no channel is set: then the log alone speaks.</param>
public sealed class RunJudge(
    BigQueryClient client, LedgerTable ledger, TransferClient transfers, ViewPublisher publisher, SlackPoster? slack, WarehouseSettings warehouse, TimeProvider time, ILogger log) : IDisposable
{
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
        var known = rows.Any(r => r.Event is LedgerEvent.Proven or LedgerEvent.Short or LedgerEvent.Failed && RunId(r.TransferRun) == RunId(run.Name));
        var proven = known
            ? rows.Any(r => r.Event == LedgerEvent.Proven && RunId(r.TransferRun) == RunId(run.Name))
            : await VerdictAsync(run, expected, rows, token);
        if (!proven) return known ? Judgement.KnownAlready : Judgement.Alerted;
        // Also when the verdict was known: whoever wrote it may have died before publishing.
        return await PublishAsync(run.RunTime, landing, token) ? Judgement.Published : Judgement.Proven;
    }

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
        if (landed != expected.ExpectedRows)
        {
            await TellAsync(Alerts.LoadedShort(run.RunTime, receipt, landed ?? 0), token);
            await ledger.AppendAsync([Verdict(LedgerEvent.Short, run, expected) with { LandedRows = landed ?? 0 }], token);
            return false;
        }
        var uncast = await counter.CountAsync(receipt, token);
        if (uncast.ByColumn is { Count: > 0 } found) await TellUncastAsync(run.RunTime, receipt, found, token);
        var proven = Verdict(LedgerEvent.Proven, run, expected) with { LandedRows = landed, Uncast = uncast.ToJson(), Detail = uncast.Problem };
        await ledger.AppendAsync([proven], token);
        return true;
    }

    /// <summary>Of the columns that had none in the last run whose values were counted: one `infinity` at the source is no news every night.</summary>
    private async Task TellUncastAsync(RunTime runTime, Receipt receipt, IReadOnlyDictionary<string, long> found, CancellationToken token)
    {
        var before = await ledger.UncastBeforeAsync(runTime, receipt.Table, token);
        var begun = found.Where(f => !before.ContainsKey(f.Key)).ToDictionary(f => f.Key, f => f.Value);
        if (begun.Count == 0) return;
        var examples = receipt.Columns.Where(c => begun.ContainsKey(c.Name))
            .Select(c => UncastSql.Example(client.Project, warehouse.LandingDataset, receipt.LandingTable!, c));
        var alert = UncastAlert.Of(runTime, receipt, begun, examples.MinBy(e => e?.Length));
        log.LogWarning("{Alert}", SlackText.Plain(alert));
        try
        {
            if (slack is not null) await slack.PostAsync(alert, token);
        }
        catch (Exception e) when (e is SlackNet.SlackException or SlackNet.SlackRateLimitException or HttpRequestException
            || (e is OperationCanceledException && !token.IsCancellationRequested))
        {
            // The rows are right and wait to be published; the receipt and the log have the counts.
            log.LogError("The alert above could not be posted: {Why}", e.Message);
        }
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
