using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Transfers;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;

namespace RdsBq.Cloud.Runs;

/// <summary>
/// Judges finished transfer runs: SUCCEEDED proves nothing, rows do. The function calls it for each event, <c>load</c> for what the function missed.
/// Told the same end twice, it does nothing the second time.
/// </summary>
public sealed class RunJudge(
    BigQueryClient client, LedgerTable ledger, TransferClient transfers, ViewPublisher publisher, RunTeller teller, WarehouseSettings warehouse, TimeProvider time, ILogger log) : IDisposable
{
    // One verdict at a time on a table in this process: the same event twice at once must find the first one's row. Other tables' verdicts
    // need not wait for it, since counting takes a query over the table; few share a lane.
    private readonly SemaphoreSlim[] lanes = [.. Enumerable.Range(0, 16).Select(_ => new SemaphoreSlim(1, 1))];

    // Whoever publishes second must find that the first has done it.
    private readonly SemaphoreSlim publishing = new(1, 1);
    private readonly RunEvidence evidence = new(client, ledger, transfers, warehouse, time, log);

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
            var written = await evidence.VerdictAsync(run, expected, rows, token);
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
