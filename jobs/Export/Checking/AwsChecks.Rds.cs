using RdsBq.Cloud.Aws;
using RdsBq.Core.Checks;
using RdsBq.Core.Reports;

namespace RdsBq.Export.Checking;

internal sealed partial class AwsChecks
{
    private const string ExportTasks = "rds export tasks";

    private const int Slots = 5;

    private IEnumerable<Check> RdsChecks() =>
    [
        new("rds database", Role, DatabaseAsync),
        new("rds snapshots", Role, async token => SnapshotJudge.Of(
            await looks.Rds.SnapshotsAsync(settings.Source.Id, settings.Source.IsCluster, token), settings.Policy, looks.Now.GetUtcNow(), settings.Freshness)),
        new(ExportTasks, Role, TasksAsync),
    ];

    // After what its answer may complain of, so that the plain words come first.
    private IEnumerable<Check> StartChecks() => [new("rds start", Role, StartAsync)];

    private async Task<Answer> DatabaseAsync(CancellationToken token)
    {
        var (id, isCluster) = (settings.Source.Id, settings.Source.IsCluster);
        var right = isCluster ? "rds:DescribeDBClusters" : "rds:DescribeDBInstances";
        return (await looks.Database.SeeAsync(id, isCluster, token)).Judged(
            seen => DatabaseJudge.Of(seen, settings.SnapshotType, settings.Region),
            Answer.NotOk($"RDS names no database {id} in {settings.Region}", "Check DB_CLUSTER_IDENTIFIER or DB_INSTANCE_IDENTIFIER, and AWS_REGION."),
            $"{right} on {id}");
    }

    private async Task<Answer> TasksAsync(CancellationToken token)
    {
        var tasks = await looks.Rds.ExportTasksAsync(token);
        var busy = tasks.Count(t => t.IsUnderWay);
        var slots = busy < Slots ? $"{busy} of the account's {Slots} slots are taken"
            : $"all {Slots} slots of the account are taken, so that an export would have to wait";
        return Answer.Ok($"{Words.Count(tasks.Count, "task")}, {settings.Policy.Ours(tasks).Count} of them this job's; {slots}");
    }

    private Task<Answer> StartAsync(CancellationToken token)
    {
        if (settings.SnapshotType == "manual") return Task.FromResult(Answer.NotChecked(StartQuestion.NotForManual));
        var arn = StartQuestion.SnapshotArn(Me, settings.Region, settings.Source.Id, settings.Source.IsCluster);
        return looks.Start.AskAsync(new StartExport(StartQuestion.ExportTaskId, arn, settings.Place, settings.ExportRoleArn, settings.KmsKeyId, []), token);
    }
}
