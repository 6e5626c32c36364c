using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Slack;
using RdsBq.Core;
using RdsBq.Core.Alerts;
using RdsBq.Core.Exports;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Telling;

/// <summary>Tells people when no export can be started, or there is nothing new to export; and when that is over.</summary>
/// <param name="teller">Null where no channel is set, or nobody wants to hear.</param>
internal sealed class ExportTeller(Teller? teller, JobSettings settings, TimeProvider clock, ILogger log)
{
    /// <summary>How long ago the message may have been posted that is kept up to date.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    /// <param name="stop">Why <c>export</c> stopped; null where it did not.</param>
    /// <param name="seen">What it saw; null where it could not look.</param>
    /// <param name="exportTaskId">The task that is there; null where there is none.</param>
    public async Task TellAsync(StopException? stop, ExportObservation? seen, string? exportTaskId, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var newest = seen is null ? null : ExportDecider.Newest(seen.Snapshots, settings.Policy);
        var story = ExportStory.Of(stop, newest, settings.Policy, settings.Warehouse, now, settings.LoadDeadline, settings.Freshness);
        // The stop itself is logged where the job ends.
        if (story is not null && stop is null) log.LogError("{Story}", SlackText.Plain(story));
        if (teller is null) return;
        try
        {
            if (story is not null) await teller.TellAsync(Topic.Export, now - Memory, _ => Task.FromResult<Story?>(story), token);
            else if (exportTaskId is not null) await teller.CloseAsync(Topic.Export, now - Memory, told => ExportStory.Mended(told, exportTaskId, settings.Warehouse, clock.GetUtcNow()), token);
        }
        catch (SlackUnavailableException)
        {
            // It is logged with what was to be told, and the outcome of the export is not Slack's to change.
            log.LogWarning("The next export tells it again.");
        }
    }
}
