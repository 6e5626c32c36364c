using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Runs;
using RdsBq.Cloud.Transfers;
using RdsBq.Core;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Export.Loading;

/// <summary>Moves one planned run on: starts transfer runs that are missing, judges what the function missed, publishes when all is proven.</summary>
internal sealed class RunTending(LedgerTable ledger, TransferClient transfers, TableLook look, RunJudge judge, ViewPublisher publisher, ILogger log)
{
    private const int AtOnce = 16;

    public async Task<LoadResult> TendAsync(RunTime runTime, bool retry, CancellationToken token)
    {
        var rows = await ledger.RunAsync(runTime, token);
        var run = RunReceipts.From(runTime, rows);
        if (!run.IsPlanned) return new LoadResult(false, $"run {runTime} is not planned yet", 0);
        var steps = new ConcurrentBag<TableStep>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = token };
        await Parallel.ForEachAsync(TableLook.Open(run), options, async (table, ct) => steps.Add(await StepAsync(runTime, table, rows, retry, ct)));
        if (await publisher.PublishIfProvenAsync(runTime, token)) return new LoadResult(true, $"run {runTime} is published: {run.Tables.Count(t => t.Verdict != Verdict.Skipped)} tables", 0);
        await publisher.PublishProvenTablesAsync(runTime, token);
        var stuck = steps.OfType<TableStep.GaveUp>().Select(s => s.Why).ToList();
        var moving = steps.Count(s => s is TableStep.Start or TableStep.WaitForRun or TableStep.Judge);
        var line = $"run {runTime}: {run.Tables.Count(t => t.Verdict == Verdict.Proven)} of {run.Tables.Count(t => t.Verdict != Verdict.Skipped)} tables proven, {moving} under way, {stuck.Count} failed";
        return stuck.Count > 0 && moving == 0 ? new LoadResult(true, $"{line}: {string.Join("; ", stuck.Take(3))}", StopException.NeedsPerson) : new LoadResult(false, line, 0);
    }

    private async Task<TableStep> StepAsync(RunTime runTime, Receipt table, IReadOnlyList<LedgerRow> rows, bool retry, CancellationToken token)
    {
        var (step, known) = await look.LookAsync(runTime, table, rows, retry, token);
        switch (step)
        {
            case TableStep.Start start:
                log.LogInformation("Starting the transfer of {Table}: {Why}.", table.Table, start.Why);
                await StartAsync(table.TransferConfig!, runTime, known, token);
                break;
            case TableStep.Judge finished when !look.IsFunctionsTurn(finished):
                log.LogWarning("Run of {Table} ended {State} and nobody has judged it yet; doing so now.", table.Table, finished.Run.State);
                await judge.JudgeAsync(finished.Run, token);
                break;
        }
        return step;
    }

    /// <summary>Starting is not idempotent: after an unknown outcome it looks for the run before it starts another.</summary>
    private async Task StartAsync(string config, RunTime runTime, int known, CancellationToken token)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await transfers.StartAsync(config, runTime, token);
                return;
            }
            catch (RpcException e) when (!token.IsCancellationRequested && attempt < 4 && (!TransferClient.IsRefusal(e) || e.StatusCode == StatusCode.ResourceExhausted))
            {
                log.LogWarning("Starting a run of {Config} answered {Status}; looking before trying again.", config, e.StatusCode);
                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)), TimeProvider.System, token);
                if ((await transfers.RunsAsync(config, runTime, token)).Count > known) return;
            }
        }
    }
}
