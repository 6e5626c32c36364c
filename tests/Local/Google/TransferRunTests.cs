using System.Text.Json.Nodes;
using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using RdsBq.Local.BigQuery;
using RdsBq.Local.Hosting;
using Severity = Google.Cloud.BigQuery.DataTransfer.V1.TransferMessage.Types.MessageSeverity;

namespace RdsBq.Local.Tests.Google;

public sealed class TransferRunTests
{
    private const string Everything = $"s3://{RdsBq.Local.Estate.Bucket}/rds/*";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_steps_through_its_states_and_tells_how_it_went(bool grpc)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc);
        rig.Put("rds/b.parquet", 5);
        rig.Put("rds/a.parquet", 2);
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        var config = await rig.CreateAsync(t, rig.Config(path: Everything));
        var run = await rig.StartRunAsync(t, config.Name, rig.Clock.GetUtcNow());
        Assert.Equal((TransferState.Pending, "", null, null), (run.State, run.Schedule, run.StartTime, run.EndTime));
        rig.Engine.Step();
        Assert.Equal(TransferState.Pending, (await GoogleRig.GetRunAsync(t, run.Name)).State);
        rig.Clock.Advance(TimeSpan.FromSeconds(10));
        rig.Engine.Step();
        Assert.Equal(TransferState.Running, (await GoogleRig.GetRunAsync(t, run.Name)).State);
        var over = await rig.FinishAsync(t, run.Name);
        Assert.Equal(TransferState.Succeeded, over.State);
        Assert.True((over.EndTime - over.StartTime).ToTimeSpan() >= TimeSpan.FromSeconds(40));
        Assert.Equal("", over.Schedule);
        var job = Assert.Single(rig.Loads);
        Assert.Equal([2L, 5L], job.Files.Select(f => new FileInfo(f).Length));
        Assert.True(job.Truncate);
        var log = await GoogleRig.LogAsync(t, run.Name);
        Assert.Collection(
            log.Select(m => m.MessageText),
            m => Assert.Matches(@"^Dispatched run to data source with id \d+$", m),
            m => Assert.Equal("Moving data from Amazon S3 to Google Cloud complete: Moved 2 object(s).", m),
            m => Assert.Matches(@"^Job bqts_[0-9a-f]+ \(table orders_\d{12}\) completed successfully. Number of records: 7, with errors: 0.$", m),
            m => Assert.Equal("Summary: succeeded 1 jobs, failed 0 jobs.", m));
    }

    [Fact]
    public async Task The_notification_is_the_documented_one()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: true);
        rig.Put("rds/a.parquet");
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        var run = await rig.RunAsync(t, rig.Config(path: Everything));
        var message = Assert.Single(rig.Topics.Published(RdsBq.Local.Estate.NotificationTopic));
        Assert.Equal("eventType=TRANSFER_RUN_FINISHED payloadFormat=JSON_API_V1",
            string.Join(' ', message.Attributes.Select(a => $"{a.Key}={a.Value}")));
        var json = JsonNode.Parse(message.Data.Span)!.AsObject();
        Assert.Equal(
            ["dataSourceId", "destinationDatasetId", "emailPreferences", "endTime", "errorStatus", "name", "notificationPubsubTopic",
                "params", "runTime", "scheduleTime", "startTime", "state", "updateTime", "userId"],
            json.Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Equal("{}", json["errorStatus"]!.ToJsonString());
        Assert.Equal("{}", json["emailPreferences"]!.ToJsonString());
        Assert.Equal("SUCCEEDED", (string?)json["state"]);
        Assert.Equal(run.Name, (string?)json["name"]);
        Assert.Matches(@"^-?\d+$", json["userId"]!.GetValue<string>());
        Assert.Contains("{run_time|", (string?)json["params"]!["destination_table_name_template"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_load_is_a_success_that_only_the_log_tells()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: true);
        rig.Put("rds/young.parquet");
        rig.Clock.Advance(TimeSpan.FromMinutes(4));
        var run = await rig.RunAsync(t, rig.Config(path: Everything));
        Assert.Equal((TransferState.Succeeded, 0), (run.State, run.ErrorStatus.Code));
        Assert.Empty(rig.Loads);
        var log = (await GoogleRig.LogAsync(t, run.Name)).Select(m => m.MessageText).ToList();
        Assert.Equal(["Moving data from Amazon S3 to Google Cloud complete: Moved 0 object(s).",
            $"No new files found matching {Everything}."], log.Skip(1).Take(2));
    }

    [Theory]
    [InlineData("access_key_id", "AKIANOBODY", 7, "The AWS Access Key Id you provided does not exist in our records.")]
    [InlineData("secret_access_key", "wrong", 7,
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.")]
    [InlineData("data_path", "s3://no-such-bucket/*", 5, "Failed to obtain the location of the source S3 bucket.")]
    public async Task What_s3_refuses_fails_the_run(string id, string value, int code, string text)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: true);
        var config = rig.Config();
        GoogleRig.Set(config, id, value);
        var run = await rig.RunAsync(t, config);
        Assert.Equal((TransferState.Failed, code), (run.State, run.ErrorStatus.Code));
        Assert.DoesNotContain(text, run.ErrorStatus.Message, StringComparison.Ordinal);
        var errors = await GoogleRig.DtsAsync<ListTransferLogsResponse>(t, "ListTransferLogs",
            new ListTransferLogsRequest { Parent = run.Name, MessageTypes = { Severity.Error } });
        Assert.StartsWith(text, Assert.Single(errors.TransferMessages).MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_bigquery_refuses_fails_the_run_and_is_told_in_the_log()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: true);
        rig.Put("rds/a.parquet");
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        rig.Loader = job => new LoadOutcome(0, $"Not found: Table local-project:{job.Dataset}.{job.Table}");
        var run = await rig.RunAsync(t, rig.Config(path: Everything));
        Assert.Equal((TransferState.Failed, 5), (run.State, run.ErrorStatus.Code));
        var log = (await GoogleRig.LogAsync(t, run.Name)).Select(m => (m.Severity, m.MessageText)).ToList();
        Assert.Contains(log, m => m.Severity == Severity.Error && m.MessageText.Contains("failed with error NOT_FOUND: Not found: Table local-project:shop_landing.orders_", StringComparison.Ordinal));
        Assert.Equal((Severity.Info, "Summary: succeeded 0 jobs, failed 1 jobs."), log[^1]);
    }

    [Fact]
    public async Task Faults_end_a_run_as_scripted()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: true);
        rig.Put("rds/a.parquet", 1);
        rig.Put("rds/b.parquet", 10);
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        var config = await rig.CreateAsync(t, rig.Config(path: Everything));
        async Task<TransferRun> Next() => await rig.FinishAsync(t, (await rig.StartRunAsync(t, config.Name, rig.Clock.GetUtcNow())).Name);

        rig.Faults.Add(new Fault("dts.run", "fail", "orders_", Code: "UNAVAILABLE", Message: "The source is away."));
        var failed = await Next();
        Assert.Equal((TransferState.Failed, 14), (failed.State, failed.ErrorStatus.Code));
        Assert.Contains(await GoogleRig.LogAsync(t, failed.Name), m => m.Severity == Severity.Error
            && m.MessageText == "The source is away.");
        rig.Faults.Add(new Fault("dts.run", "cancel"));
        Assert.Equal(TransferState.Cancelled, (await Next()).State);
        rig.Faults.Add(new Fault("dts.run", "nothing"));
        Assert.Equal(TransferState.Succeeded, (await Next()).State);
        Assert.Empty(rig.Loads);
        rig.Faults.Add(new Fault("dts.run", "short"));
        Assert.Equal(TransferState.Succeeded, (await Next()).State);
        Assert.Single(Assert.Single(rig.Loads).Files);

        var before = rig.Topics.Published(RdsBq.Local.Estate.NotificationTopic).Count;
        Assert.Equal(4, before);
        rig.Faults.Add(new Fault("dts.notify", "lose"));
        await Next();
        rig.Faults.Add(new Fault("dts.notify", "duplicate"));
        await Next();
        Assert.Equal(before + 3, rig.Topics.Published(RdsBq.Local.Estate.NotificationTopic).Count);
    }

    [Fact]
    public async Task Appending_takes_up_from_the_last_success()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: true);
        var config = rig.Config(path: Everything);
        GoogleRig.Set(config, "write_disposition", "WRITE_APPEND");
        var name = (await rig.CreateAsync(t, config)).Name;
        async Task RunAsync() => await rig.FinishAsync(t, (await rig.StartRunAsync(t, name, rig.Clock.GetUtcNow())).Name);
        rig.Put("rds/a.parquet", 1);
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        rig.Loader = _ => new LoadOutcome(0, "bad file");
        await RunAsync();
        rig.Loader = null;
        await RunAsync();
        rig.Put("rds/b.parquet", 2);
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        await RunAsync();
        await RunAsync();
        Assert.Equal([1L, 1L, 2L], rig.Loads.Select(l => l.Files.Sum(f => new FileInfo(f).Length)));
    }

    [Theory]
    [InlineData("rds/*", true)]
    [InlineData("rds/*.*", false)]
    public async Task Two_wildcards_cost_the_higher_file_limit(string pattern, bool good)
    {
        await using var rig = await GoogleRig.StartAsync(new RdsBq.Local.Transfers.TransferOptions { MaximumFilesOfManyWildcards = 2 });
        using var t = rig.Via(grpc: true);
        for (var i = 0; i < 3; i++) rig.Put($"rds/{i}.parquet");
        rig.Clock.Advance(TimeSpan.FromMinutes(5));
        var run = await rig.RunAsync(t, rig.Config(path: $"s3://{RdsBq.Local.Estate.Bucket}/{pattern}"));
        Assert.Equal(good ? TransferState.Succeeded : TransferState.Failed, run.State);
    }

    [Fact]
    public async Task A_range_starts_a_run_a_day_fifteen_seconds_apart()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: false);
        var config = rig.Config();
        config.ScheduleOptions = null;
        config.Disabled = false;
        config.ScheduleOptionsV2 = new ScheduleOptionsV2
        {
            TimeBasedSchedule = new TimeBasedSchedule
            {
                Schedule = "every day 03:00",
                StartTime = rig.Clock.GetUtcNow().AddDays(9).ToTimestamp()
            }
        };
        var name = (await rig.CreateAsync(t, config)).Name;
        var now = rig.Clock.GetUtcNow();
        var range = new StartManualTransferRunsRequest.Types.TimeRange
        {
            StartTime = now.AddDays(-3).ToTimestamp(),
            EndTime = now.ToTimestamp()
        };
        var runs = (await GoogleRig.DtsAsync<StartManualTransferRunsResponse>(t, "StartManualTransferRuns",
            new StartManualTransferRunsRequest { Parent = name, RequestedTimeRange = range })).Runs;
        Assert.Equal([0, 15, 30], runs.Select(r => (int)(r.ScheduleTime - runs[0].ScheduleTime).ToTimeSpan().TotalSeconds));
        Assert.Equal([0, 1, 2], runs.Select(r => (int)(r.RunTime - runs[0].RunTime).ToTimeSpan().TotalDays));

        var onDemand = (await rig.CreateAsync(t)).Name;
        await TransferConfigTests.RefusesAsync(
            StatusCode.InvalidArgument, "Starting transfer run with on-demand schedule requires 'requested_run_time' to be specified.",
            () => GoogleRig.DtsAsync<StartManualTransferRunsResponse>(t, "StartManualTransferRuns",
                new StartManualTransferRunsRequest { Parent = onDemand, RequestedTimeRange = range }));
        await TransferConfigTests.RefusesAsync(StatusCode.InvalidArgument, "future", () =>
            rig.StartRunAsync(t, onDemand, now.AddMinutes(3)));
        using var grpc = rig.Via(grpc: true);
        await TransferConfigTests.RefusesAsync(StatusCode.InvalidArgument, "Invalid transfer config name.", () =>
            rig.StartRunAsync(grpc, "bogus", now));
    }

    [Fact]
    public async Task Runs_are_listed_newest_first_by_page_state_and_day()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: false);
        var name = (await rig.CreateAsync(t)).Name;
        var now = rig.Clock.GetUtcNow();
        for (var i = 0; i < 3; i++) await rig.StartRunAsync(t, name, now.AddDays(-2));
        await rig.StartRunAsync(t, name, now);
        async Task<ListTransferRunsResponse> List(ListTransferRunsRequest r) =>
            await GoogleRig.DtsAsync<ListTransferRunsResponse>(t, "ListTransferRuns", r);
        var first = await List(new ListTransferRunsRequest { Parent = name, PageSize = 3 });
        var second = await List(new ListTransferRunsRequest { Parent = name, PageSize = 3, PageToken = first.NextPageToken });
        Assert.Equal((3, 1, ""), (first.TransferRuns.Count, second.TransferRuns.Count, second.NextPageToken));
        Assert.Equal(4, first.TransferRuns.Concat(second.TransferRuns).DistinctBy(r => r.Name).Count());
        Assert.Equal(now.ToTimestamp(), first.TransferRuns[0].RunTime);
        Assert.Equal(2, (await List(new ListTransferRunsRequest
        {
            Parent = name,
            RunAttempt = ListTransferRunsRequest.Types.RunAttempt.Latest
        })).TransferRuns.Count);
        Assert.Empty((await List(new ListTransferRunsRequest
        {
            Parent = name,
            States = { TransferState.Succeeded, TransferState.Failed }
        })).TransferRuns);
        await GoogleRig.DtsAsync<Empty>(t, "DeleteTransferRun", new DeleteTransferRunRequest { Name = second.TransferRuns[0].Name });
        Assert.Equal(3, (await List(new ListTransferRunsRequest { Parent = name })).TransferRuns.Count);
    }
}
