using RdsBq.Cloud.Aws;
using RdsBq.Core.Exports;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Verbs;

/// <summary>What <c>export</c> sees before it decides, and <c>plan</c> with it: snapshots and export tasks. Reads only.</summary>
internal sealed class ExportLook(RdsExports rds, TimeProvider clock, JobSettings settings)
{
    /// <param name="again">A person wants the newest snapshot exported once more.</param>
    public async Task<ExportObservation> LookAsync(bool again, CancellationToken token)
    {
        // The tasks are read last: one that starts in between is then seen rather than missed.
        var snapshots = await rds.SnapshotsAsync(settings.Source.Id, settings.Source.IsCluster, token);
        var tasks = await rds.ExportTasksAsync(token);
        return new ExportObservation(snapshots, tasks, clock.GetUtcNow(), again);
    }
}
