using RdsBq.Core.Exports;
using RdsBq.Core.Reports;
using RdsBq.Core.Settings;

namespace RdsBq.Core.Alerts;

/// <summary>What people hear of <c>export</c> when it can't start one: there is no run that it would belong to.</summary>
public static class ExportStory
{
    /// <summary>Why <c>export</c> stopped, where people should hear of it; null where the next one may do it in time.</summary>
    /// <param name="stop">Null where it did not stop.</param>
    /// <param name="newest">The newest snapshot that could be exported; null where there is none, or nobody could look.</param>
    /// <param name="deadline">LOAD_DEADLINE: a snapshot that is older and not exported is late.</param>
    /// <param name="freshness">FRESHNESS: where the newest snapshot is older than that, backups have stopped.</param>
    public static Story? Of(StopException? stop, Snapshot? newest, ExportPolicy policy, WarehouseSettings warehouse, DateTimeOffset now, TimeSpan deadline, TimeSpan freshness)
    {
        var taken = newest?.CreatedAt;
        if (stop is { ExitCode: StopException.TryAgain } && (taken is null || now - taken <= deadline)) return null;
        if (stop is not null)
        {
            var title = stop.ExitCode == StopException.TryAgain ? "The newest snapshot is still not exported" : "No export can be started";
            return Problem(title, SlackText.Ended(stop.Message), new Advice(null, SlackText.Sentence(stop.Mend), "rdsbq export"), newest, policy, warehouse);
        }
        if (taken is null || now - taken <= freshness) return null;
        var kind = policy.SnapshotType == "any" ? "" : policy.SnapshotType + " ";
        return Problem(
            "There is no new snapshot",
            $"The newest {kind}snapshot of {policy.SourceName} is of {Words.Time(taken)} UTC, and is exported already: backups seem to have stopped (FRESHNESS is {Words.Age(freshness)}).",
            new Advice(null, "Turn automated backups on, or take a snapshot; then export.", $"aws rds describe-db-snapshots --query 'DBSnapshots[-1].SnapshotCreateTime'"), newest, policy, warehouse);
    }

    /// <param name="told">When people first heard of it.</param>
    public static Story Mended(DateTimeOffset told, string exportTaskId, WarehouseSettings warehouse, DateTimeOffset now) => new(
        Topic.Export, Tone.Mended, $"[{warehouse.Dataset}] Mended: exports can be started again",
        $"Export task {exportTaskId} is there.{(now >= told ? $" It took {Words.Age(now - told)} to mend." : "")}");

    private static Story Problem(string title, string summary, Advice advice, Snapshot? newest, ExportPolicy policy, WarehouseSettings warehouse)
    {
        List<(string, string)> facts = [("Source", policy.SourceName)];
        if (newest is not null) facts.Add(("Newest snapshot", $"{newest.Id}, {Words.Time(newest.CreatedAt)} UTC"));
        facts.Add(("Dataset", $"{warehouse.Project}.{warehouse.Dataset}"));
        return new Story(Topic.Export, Tone.Problem, $"[{warehouse.Dataset}] {title}", $"{summary} Every view still shows the last published run.")
        {
            Facts = facts, Advice = [advice], Links = [ConsoleLinks.Dataset(warehouse)],
        };
    }
}
