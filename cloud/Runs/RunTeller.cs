using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Slack;
using RdsBq.Core.Alerts;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;

namespace RdsBq.Cloud.Runs;

/// <summary>Tells people of a run, from what the ledger has of it.</summary>
/// <param name="teller">Null where no channel is set, or nobody wants to hear: then the log alone speaks.</param>
public sealed class RunTeller(LedgerTable ledger, Teller? teller, WarehouseSettings warehouse)
{
    /// <summary>How far back a published run is looked for that makes up for this one.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(400);

    /// <summary>Shows where the run stands; may be called at any time, by anybody.</summary>
    /// <exception cref="SlackUnavailableException">Slack did not take it; what the ledger has is told by whoever comes next.</exception>
    public Task TellAsync(RunTime runTime, CancellationToken token) =>
        teller is null ? Task.CompletedTask : teller.TellAsync(Topic.Of(runTime), runTime.Instant, ct => StoryAsync(runTime, ct), token);

    private async Task<Story?> StoryAsync(RunTime runTime, CancellationToken token)
    {
        var rows = await ledger.RunAsync(runTime, token);
        var newer = (await ledger.SummariesAsync(Window, token)).Where(r => r.Published && r.RunTime > runTime).Select(r => (RunTime?)r.RunTime).Max();
        return RunStory.Of(RunReceipts.From(runTime, rows), rows, warehouse, newer);
    }
}
