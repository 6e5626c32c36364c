using RdsBq.Cloud.Aws;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Ledger;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Reports;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Reporting;

/// <summary>What was seen, and the exit code of the first place that gave no answer (0: all did).</summary>
internal sealed record Looked(StatusSeen Seen, int ExitCode);

/// <summary>Looks at export tasks, ledger and bucket. What one of them does not answer is said in the report; the others are shown all the same.</summary>
internal sealed class StatusReading(RdsExports rds, ExportFiles files, LedgerTable ledger, JobSettings settings, TimeProvider clock)
{
    /// <summary>A pipeline that has stood still for a year has a status too.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(400);

    public async Task<Looked> LookAsync(CancellationToken token)
    {
        // Asked all at once.
        var (asked, figured, checkedBucket) = (
            TryAsync("AWS's export tasks", async () => settings.Policy.Ours(await rds.ExportTasksAsync(token)), token),
            TryAsync("BigQuery's ledger", () => RunsAsync(token), token),
            TryAsync("the bucket's lifecycle", () => BucketAsync(token), token));
        var (exports, noExports) = await asked;
        var ((figures, rows), noRuns) = await figured;
        var (bucket, noBucket) = await checkedBucket;
        var missing = new[] { noExports, noRuns, noBucket }.OfType<Missing>().ToList();
        var seen = new StatusSeen(clock.GetUtcNow(), settings.Freshness, exports, figures, rows ?? [], bucket, [.. missing.Select(m => m.Words)]);
        return new Looked(seen, missing.Select(m => m.ExitCode).DefaultIfEmpty(Ending.Success).Max());
    }

    private async Task<(IReadOnlyList<RunFigures>? Figures, IReadOnlyList<LedgerRow>? Rows)> RunsAsync(CancellationToken token)
    {
        var figures = await ledger.FiguresAsync(Window, token);
        if (RunFigures.Newest(figures) is not { } newest) return (figures, []);
        var shown = RunSummary.Shown(figures.Select(f => f.Run));
        return (figures, await ledger.ShownRowsAsync(newest.Run.RunTime, shown?.RunTime, token));
    }

    private async Task<string?> BucketAsync(CancellationToken token) => await files.LifecycleRulesAsync(token) is { } rules
        ? BucketLifecycle.Problem(settings.Place, rules)
        : BucketLifecycle.NotAllowed;

    private static async Task<(T? Answer, Missing? Missing)> TryAsync<T>(string what, Func<Task<T>> read, CancellationToken token)
    {
        try
        {
            return (await read(), null);
        }
        catch (Exception e) when (!token.IsCancellationRequested && e is StopException or BigQueryException or HttpRequestException or TaskCanceledException)
        {
            var code = e switch
            {
                StopException stop => stop.ExitCode,
                BigQueryException { IsPassing: false } => StopException.NeedsPerson,
                _ => StopException.TryAgain,
            };
            return (default, new Missing($"{what} could not be read: {Ending.FirstLine(e.Message)}", code));
        }
    }

    private sealed record Missing(string Words, int ExitCode);
}
