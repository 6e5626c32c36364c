using System.Xml.Linq;
using RdsBq.Local.Aws;

namespace RdsBq.Local.Rds;

/// <summary>
/// StartExportTask, DescribeExportTasks, CancelExportTask. The first and last put the task's members directly into their result.
/// </summary>
internal sealed class ExportOperations(RdsWorld world)
{
    private static readonly Dictionary<string, Func<ExportTask, string>> FilterNames = new()
    {
        ["export-task-identifier"] = t => t.Id,
        ["s3-bucket"] = t => t.Bucket,
        ["source-arn"] = t => t.Snapshot.Arn,
        // Filter values are lower-case although the response's Status is upper-case.
        ["status"] = t => t.Status.ToLowerInvariant(),
    };

    public IEnumerable<XElement?> Start(QueryCall call)
    {
        var request = call.Request;
        var wanted = new ExportRequest(
            request.Required("ExportTaskIdentifier"), request.Required("SourceArn"), request.Required("S3BucketName"),
            request.Text("S3Prefix") ?? "",
            request.Required("IamRoleArn"), request.Required("KmsKeyId"), request.List("ExportOnly.member"));
        call.Caller!.Demand("rds:StartExportTask", wanted.SourceArn);
        return Members(call, world.StartExport(wanted));
    }

    public IEnumerable<XElement?> Describe(QueryCall call)
    {
        call.Caller!.Demand("rds:DescribeExportTasks", "*");
        var request = call.Request;
        IEnumerable<ExportTask> tasks = world.Tasks;
        if (request.Text("ExportTaskIdentifier") is { } id)
        {
            tasks = tasks.Where(t => t.Id.Equals(id, StringComparison.OrdinalIgnoreCase)).ToList();
            if (!tasks.Any()) throw ExportRules.NotFound(id);
        }
        if (request.Text("SourceArn") is { } arn) tasks = tasks.Where(t => t.Snapshot.Arn == arn);
        switch (request.Text("SourceType"))
        {
            case null or "SNAPSHOT":
                break;
            case "CLUSTER":
                tasks = [];
                break;
            case var other:
                throw new AwsException(400, "InvalidParameterValue", $"Invalid value {other} for SourceType. Must be SNAPSHOT or CLUSTER");
        }
        var (page, marker) = Paging.Page(request, Filters.Apply(request, tasks, FilterNames).ToList());
        return
        [
            call.Optional("Marker", marker),
            call.Element("ExportTasks", page.Select(t => call.Element("ExportTask", Members(call, t)))),
        ];
    }

    public IEnumerable<XElement?> Cancel(QueryCall call)
    {
        call.Caller!.Demand("rds:CancelExportTask", "*");
        return Members(call, world.CancelExport(call.Request.Required("ExportTaskIdentifier")));
    }

    private static IEnumerable<XElement?> Members(QueryCall call, ExportTask task) =>
    [
        call.Element("ExportTaskIdentifier", task.Id),
        call.Element("SourceArn", task.Snapshot.Arn),
        call.Element("SourceType", "SNAPSHOT"),
        call.Element("SnapshotTime", AwsHeaders.Timestamp(task.Snapshot.CreateTime)),
        call.Element("S3Bucket", task.Bucket),
        // An empty string, not absent, where no prefix was given.
        call.Element("S3Prefix", task.Prefix),
        call.Element("IamRoleArn", task.IamRoleArn),
        call.Element("KmsKeyId", task.KmsKeyId),
        task.Only.Count == 0 ? null : call.Element("ExportOnly", task.Only.Select(o => call.Element("member", o))),
        call.Element("Status", task.Status),
        call.Element("PercentProgress", task.Percent),
        call.Element("TotalExtractedDataInGB", (int)task.Gigabytes),
        call.Optional("TaskStartTime", task.StartTime is { } start ? AwsHeaders.Timestamp(start) : null),
        call.Optional("TaskEndTime", task.EndTime is { } end ? AwsHeaders.Timestamp(end) : null),
        call.Optional("FailureCause", task.FailureCause),
        call.Optional("WarningMessage", task.WarningMessage),
    ];
}
