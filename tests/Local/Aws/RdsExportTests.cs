using System.Net;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Local.Rds;

namespace RdsBq.Tests.Local.Aws;

public sealed class RdsExportTests
{
    private static (string Name, string Value)[] Export(string id, string arn, params (string Name, string Value)[] more) =>
    [
        ("ExportTaskIdentifier", id), ("SourceArn", arn), ("S3BucketName", Estate.Bucket), ("IamRoleArn", Estate.ExportRoleArn),
        ("KmsKeyId", Estate.KmsKeyArn), .. more,
    ];

    private static string Snapshot(AwsFixture aws, string source = "shop") => aws.Rds.Snapshots.First(s => s.Source.Id == source).Arn;

    private static async Task<string?> StatusAsync(AwsFixture aws, string id) =>
        (await aws.Rds2014().CallAsync("DescribeExportTasks", ("ExportTaskIdentifier", id)))["Status"];

    /// <summary>Waits, on the machine's clock, for what the exporter's own thread brings about.</summary>
    private static async Task UntilAsync(AwsFixture aws, string id, string status)
    {
        for (var i = 0; i < 200 && aws.Rds.Tasks.Single(t => t.Id == id).Status != status; i++) await Task.Delay(10);
        Assert.Equal(status, aws.Rds.Tasks.Single(t => t.Id == id).Status);
    }

    [Fact]
    public async Task A_task_is_STARTING_then_IN_PROGRESS_with_rising_percent_then_COMPLETE()
    {
        await using var aws = await AwsFixture.StartAsync();
        var finish = new TaskCompletionSource<ExportOutcome>();
        aws.Exporter = (_, progress, _) =>
        {
            progress.Report(100);
            return finish.Task;
        };
        var rds = aws.Rds2014();
        var arn = Snapshot(aws);

        var started = await rds.CallAsync("StartExportTask",
            Export("run-1", arn, ("S3Prefix", "rds"), ("ExportOnly.member.1", "shop.public.orders")));
        Assert.Equal(("STARTING", "0", "SNAPSHOT", "rds"),
            (started["Status"], started["PercentProgress"], started["SourceType"], started["S3Prefix"]));
        Assert.Equal(["shop.public.orders"], started.All("member"));
        Assert.Null(started["TaskStartTime"]);
        Assert.Null(started["ExportTask"]);

        aws.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("STARTING", await StatusAsync(aws, "run-1"));
        aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("IN_PROGRESS", await StatusAsync(aws, "run-1"));

        aws.Clock.Advance(TimeSpan.FromMinutes(1.5));
        await UntilPercentAsync(aws, "run-1", 50);
        aws.Clock.Advance(TimeSpan.FromHours(1));
        var waiting = await rds.CallAsync("DescribeExportTasks", ("ExportTaskIdentifier", "run-1"));
        Assert.Equal(("IN_PROGRESS", "99"), (waiting["Status"], waiting["PercentProgress"]));

        finish.SetResult(new ExportOutcome(3.9, """{"skippedTables":[]}"""));
        await UntilAsync(aws, "run-1", "COMPLETE");
        var done = await rds.CallAsync("DescribeExportTasks", ("ExportTaskIdentifier", "run-1"));
        Assert.Equal(("100", "3", """{"skippedTables":[]}"""), (done["PercentProgress"], done["TotalExtractedDataInGB"], done["WarningMessage"]));
        Assert.NotNull(done["TaskStartTime"]);
        Assert.NotNull(done["TaskEndTime"]);
        var job = Assert.Single(aws.Jobs);
        Assert.Equal(("run-1", "shop", arn, 1, "rds"), (job.TaskId, job.SourceId, job.SnapshotArn, job.SnapshotNumber, job.Prefix));
    }

    private static async Task UntilPercentAsync(AwsFixture aws, string id, int percent)
    {
        for (var i = 0; i < 200 && aws.Rds.Tasks.Single(t => t.Id == id).Percent != percent; i++) await Task.Delay(10);
        Assert.Equal(percent, aws.Rds.Tasks.Single(t => t.Id == id).Percent);
    }

    [Fact]
    public async Task The_pump_moves_a_task_that_nobody_looks_at()
    {
        await using var aws = await AwsFixture.StartAsync();
        var called = new TaskCompletionSource();
        aws.Exporter = (_, _, _) =>
        {
            called.SetResult();
            return Task.FromResult(new ExportOutcome(0, null));
        };
        await aws.Rds2014().CallAsync("StartExportTask", Export("run-1", Snapshot(aws)));
        aws.Clock.Advance(TimeSpan.FromMinutes(12));
        await called.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_exporter_that_throws_fails_the_task_with_its_message()
    {
        await using var aws = await AwsFixture.StartAsync();
        aws.Exporter = (_, _, _) => throw new InvalidOperationException("KMS key check failed.");
        await aws.Rds2014().CallAsync("StartExportTask", Export("run-1", Snapshot(aws)));
        aws.Clock.Advance(TimeSpan.FromMinutes(12));
        await UntilAsync(aws, "run-1", "FAILED");
        var failed = await aws.Rds2014().CallAsync("DescribeExportTasks", ("ExportTaskIdentifier", "run-1"));
        Assert.Equal("KMS key check failed.", failed["FailureCause"]);
        Assert.NotNull(failed["TaskEndTime"]);
    }

    [Fact]
    public async Task Scripted_faults_fail_a_task_in_progress_or_leave_it_stuck()
    {
        await using var aws = await AwsFixture.StartAsync();
        aws.Faults.Add(new Fault("rds.export", "fail", "bad", Message: "The S3 bucket [b] isn't valid."));
        aws.Faults.Add(new Fault("rds.export", "stuck", "slow"));
        await aws.Rds2014().CallAsync("StartExportTask", Export("bad", Snapshot(aws)));
        await aws.Rds2014().CallAsync("StartExportTask", Export("slow", Snapshot(aws, "shop-mysql")));
        aws.Clock.Advance(TimeSpan.FromMinutes(12));
        Assert.Equal("IN_PROGRESS", await StatusAsync(aws, "bad"));
        aws.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("FAILED", await StatusAsync(aws, "bad"));
        Assert.Equal("The S3 bucket [b] isn't valid.", aws.Rds.Tasks.Single(t => t.Id == "bad").FailureCause);
        aws.Clock.Advance(TimeSpan.FromHours(10));
        Assert.Equal("STARTING", await StatusAsync(aws, "slow"));
    }

    [Fact]
    public async Task Cancelling_goes_through_CANCELING_and_a_finished_task_refuses()
    {
        await using var aws = await AwsFixture.StartAsync();
        var rds = aws.Rds2014();
        await rds.CallAsync("StartExportTask", Export("run-1", Snapshot(aws)));
        Assert.Equal("CANCELING", (await rds.CallAsync("CancelExportTask", ("ExportTaskIdentifier", "run-1")))["Status"]);
        aws.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("CANCELED", await StatusAsync(aws, "run-1"));
        Assert.Equal("InvalidExportTaskStateFault", (await rds.CallAsync("CancelExportTask", ("ExportTaskIdentifier", "run-1"))).Code);
        var unknown = await rds.CallAsync("CancelExportTask", ("ExportTaskIdentifier", "nope"));
        Assert.Equal((HttpStatusCode.NotFound, "ExportTaskNotFound"), (unknown.Status, unknown.Code));
    }

    [Fact]
    public async Task The_status_filter_is_lower_case_and_a_filter_without_match_gives_an_empty_list()
    {
        await using var aws = await AwsFixture.StartAsync();
        var rds = aws.Rds2014();
        await rds.CallAsync("StartExportTask", Export("run-1", Snapshot(aws)));
        (string, string)[] Filter(string value) => [("Filters.Filter.1.Name", "status"), ("Filters.Filter.1.Values.Value.1", "failed"),
            ("Filters.Filter.1.Values.Value.2", value)];
        Assert.Equal(["run-1"], (await rds.CallAsync("DescribeExportTasks", Filter("starting"))).All("ExportTaskIdentifier"));
        Assert.Empty((await rds.CallAsync("DescribeExportTasks", Filter("STARTING"))).All("ExportTaskIdentifier"));
        Assert.Equal("InvalidParameterValue", (await rds.CallAsync("DescribeExportTasks", ("Filters.Filter.1.Name", "Status"))).Code);
        Assert.Equal("ExportTaskNotFound", (await rds.CallAsync("DescribeExportTasks", ("ExportTaskIdentifier", "run-2"))).Code);
        Assert.Empty((await rds.CallAsync("DescribeExportTasks", ("SourceType", "CLUSTER"))).All("ExportTaskIdentifier"));
    }

    [Fact]
    public async Task A_sixth_task_is_refused_until_one_of_five_is_over()
    {
        await using var aws = await AwsFixture.StartAsync();
        var rds = aws.Rds2014();
        var arns = aws.Rds.SeedSnapshots("shop", 8).Where(s => s.AvailableAt is not null).Select(s => s.Arn).ToList();
        for (var i = 0; i < 5; i++) Assert.Equal("STARTING",
            (await rds.CallAsync("StartExportTask", Export($"run-{i}", arns[i])))["Status"]);
        var sixth = await rds.CallAsync("StartExportTask", Export("run-5", arns[5]));
        Assert.Equal((HttpStatusCode.BadRequest, "ExportTaskLimitReachedFault"), (sixth.Status, sixth.Code));
        Assert.Equal("You have reached the limit of 5 concurrent export tasks", sixth.Message);
        await rds.CallAsync("CancelExportTask", ("ExportTaskIdentifier", "run-0"));
        Assert.Equal("ExportTaskLimitReachedFault", (await rds.CallAsync("StartExportTask", Export("run-5", arns[5]))).Code);
        aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("STARTING", (await rds.CallAsync("StartExportTask", Export("run-5", arns[5])))["Status"]);
    }
}
