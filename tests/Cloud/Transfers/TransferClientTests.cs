using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using RdsBq.Cloud.Transfers;
using RdsBq.Core.Runs;
using RdsBq.Core.Transfers;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Tests.Clouds;
using CoreState = RdsBq.Core.Ledger.TransferState;

namespace RdsBq.Cloud.Tests.Transfers;

public sealed class TransferClientTests(Tokens tokens) : IClassFixture<Tokens>
{
    private const string Parent = "projects/local-project/locations/asia-northeast1";
    private static readonly ConfigPlan Plan = new(
        "shop-orders-transfer", "d_landing", "s3://b/{run_time|\"%Y\"}/*.parquet", "orders_{run_time|\"%Y\"}", Estate.NotificationTopic);

    [Fact]
    public async Task All_pages_of_the_configs_are_read_and_none_of_their_keys()
    {
        using var stub = new GrpcStub(
            new ListTransferConfigsResponse { TransferConfigs = { Config("a") }, NextPageToken = "two" },
            new ListTransferConfigsResponse { TransferConfigs = { Config("b"), new TransferConfig { Name = "bare" } } });
        using var client = Client(stub);
        var configs = await client.ConfigsAsync(default);
        Assert.Equal(
            [
                new ConfigSummary("a", "shop-a-transfer", "d_landing", "s3://a", "a_1", false),
                new ConfigSummary("b", "shop-b-transfer", "d_landing", "s3://b", "b_1", false), new("bare", "", "", "", "", false),
            ],
            configs);
        Assert.DoesNotContain(configs, c => c.ToString().Contains("KEY", StringComparison.Ordinal));
        var asked = stub.Calls.Select(c => ListTransferConfigsRequest.Parser.ParseFrom(c.Message)).ToList();
        Assert.Equal(["", "two"], asked.Select(a => a.PageToken));
        Assert.All(asked, a => Assert.Equal((Parent, "amazon_s3"), (a.Parent, Assert.Single(a.DataSourceIds))));
        Assert.All(stub.Calls, c => Assert.Equal($"parent={Uri.EscapeDataString(Parent)}", c.Routing));
    }

    [Fact]
    public async Task A_config_is_created_on_demand_with_every_parameter_as_a_string()
    {
        using var stub = new GrpcStub(new TransferConfig { Name = "projects/1/locations/l/transferConfigs/c" });
        using var client = Client(stub);
        Assert.Equal("projects/1/locations/l/transferConfigs/c", await client.CreateAsync(Plan, "KEYID", "KEYSECRET", default));
        var config = CreateTransferConfigRequest.Parser.ParseFrom(stub.Calls[0].Message).TransferConfig;
        Assert.All(config.Params.Fields.Values, v => Assert.Equal(Value.KindOneofCase.StringValue, v.KindCase));
        Assert.Equal(
            new()
            {
                ["access_key_id"] = "KEYID", ["data_path"] = Plan.DataPath, ["decimal_target_types"] = "NUMERIC,BIGNUMERIC,STRING",
                ["destination_table_name_template"] = Plan.TableTemplate,
                ["file_format"] = "PARQUET", ["max_bad_records"] = "0", ["secret_access_key"] = "KEYSECRET",
                ["write_disposition"] = "WRITE_TRUNCATE",
            },
            config.Params.Fields.ToDictionary(f => f.Key, f => f.Value.StringValue));
        Assert.True(config.ScheduleOptions.DisableAutoScheduling);
        Assert.Equal(
            ("amazon_s3", "d_landing", "shop-orders-transfer", Estate.NotificationTopic),
            (config.DataSourceId, config.DestinationDatasetId, config.DisplayName, config.NotificationPubsubTopic));
    }

    [Fact]
    public async Task An_update_of_the_keys_sends_every_parameter_again_and_a_lesser_one_sends_no_key()
    {
        using var stub = new GrpcStub(new TransferConfig());
        using var client = Client(stub);
        await client.UpdateAsync("projects/1/locations/l/transferConfigs/c", Plan, [SyncDecider.Params], ("KEYID", "KEYSECRET"), default);
        await client.UpdateAsync("projects/1/locations/l/transferConfigs/c", Plan, [SyncDecider.Topic, SyncDecider.Disabled], ("KEYID", "KEYSECRET"), default);
        var sent = stub.Calls.Select(c => UpdateTransferConfigRequest.Parser.ParseFrom(c.Message)).ToList();
        Assert.Equal([["params"], ["notification_pubsub_topic", "disabled"]], sent.Select(s => s.UpdateMask.Paths.ToArray()));
        Assert.Equal(8, sent[0].TransferConfig.Params.Fields.Count);
        Assert.Equal(
            ("KEYID", "KEYSECRET", Plan.DataPath),
            (Param("access_key_id"), Param("secret_access_key"), Param("data_path")));
        Assert.Null(sent[1].TransferConfig.Params);
        Assert.False(sent[1].TransferConfig.Disabled);
        Assert.Equal(Plan.NotificationTopic, sent[1].TransferConfig.NotificationPubsubTopic);
        Assert.All(stub.Calls, c => Assert.Equal("transfer_config.name=projects%2F1%2Flocations%2Fl%2FtransferConfigs%2Fc", c.Routing));

        string Param(string name) => sent[0].TransferConfig.Params.Fields[name].StringValue;
    }

    [Fact]
    public async Task Runs_are_those_of_the_run_time_from_all_pages_newest_last()
    {
        var wanted = RunTime.At(new DateTimeOffset(2026, 4, 1, 17, 5, 0, TimeSpan.Zero));
        using var stub = new GrpcStub(
            new ListTransferRunsResponse { TransferRuns = { Run("late", 5, 300), Run("other", 6, 200) }, NextPageToken = "two" },
            new ListTransferRunsResponse { TransferRuns = { Run("early", 5, 100), new TransferRun { Name = "undated" } } });
        using var client = Client(stub);
        var runs = await client.RunsAsync("projects/p/locations/l/transferConfigs/c", wanted, default);
        Assert.Equal(["early", "late"], runs.Select(r => r.Name));
        Assert.All(runs, r => Assert.Equal(
            (wanted, CoreState.Failed, "RESOURCE_EXHAUSTED", "Quota Exceeded."), (r.RunTime, r.State, r.ErrorCode, r.ErrorMessage)));
        Assert.Equal(["", "two"], stub.Calls.Select(c => ListTransferRunsRequest.Parser.ParseFrom(c.Message).PageToken));
    }

    [Fact]
    public async Task A_run_is_started_for_its_run_time_and_followed_to_its_end()
    {
        await using var google = await GoogleSide.StartAsync();
        var run = await PlannedRun.CreateAsync(google, google.Clock.GetUtcNow(), ("orders", 3));
        var config = Assert.Single(await google.Transfers.ConfigsAsync(default));
        Assert.Equal(("shop-orders-transfer", "orders_{run_time|\"%Y%m%d%H%M\"}"), (config.DisplayName, config.TableTemplate));
        Assert.Empty(await google.Transfers.RunsAsync(config.Name, run.RunTime, default));
        await google.Transfers.StartAsync(config.Name, run.RunTime, default);
        Assert.True(Assert.Single(await google.Transfers.RunsAsync(config.Name, run.RunTime, default)).IsUnderWay);
        var ended = await run.TransferAsync("orders");
        Assert.Equal((CoreState.Succeeded, ""), (ended.State, ended.ErrorCode));
        Assert.NotNull(ended.EndedAt);
        Assert.Empty(await google.Transfers.RunsAsync(config.Name, RunTime.At(run.RunTime.Instant.AddDays(-1)), default));
    }

    [Fact]
    public async Task A_failed_run_says_why_in_its_log()
    {
        await using var google = await GoogleSide.StartAsync();
        var run = await PlannedRun.CreateAsync(google, google.Clock.GetUtcNow(), ("orders", 3));
        google.Faults.Add(
            new Fault("dts.run", "fail", "orders", Code: "INVALID_ARGUMENT", Message: "Job x failed: REQUIRED became NULLABLE"));
        var ended = await run.TransferAsync("orders");
        Assert.Equal((CoreState.Failed, "INVALID_ARGUMENT"), (ended.State, ended.ErrorCode));
        Assert.Equal(["Job x failed: REQUIRED became NULLABLE"], await google.Transfers.ErrorLinesAsync(ended.Name, default));
    }

    [Fact]
    public async Task Reads_are_repeated_when_the_service_is_away_writes_never()
    {
        await using var google = await GoogleSide.StartAsync();
        google.Faults.Add(new Fault("dts.ListTransferConfigs", "error", Status: 503, Code: "UNAVAILABLE", Times: 2));
        Assert.Empty(await google.Transfers.ConfigsAsync(default));
        Assert.Equal(3, google.Calls("dts.ListTransferConfigs"));
        google.Faults.Add(new Fault("dts.CreateTransferConfig", "error", Status: 503, Code: "UNAVAILABLE"));
        var e = await Assert.ThrowsAsync<RpcException>(() => google.Transfers.CreateAsync(Plan, "id", "secret", default));
        Assert.False(TransferClient.IsRefusal(e));
        Assert.Equal(1, google.Calls("dts.CreateTransferConfig"));
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument, true)]
    [InlineData(StatusCode.NotFound, true)]
    [InlineData(StatusCode.PermissionDenied, true)]
    [InlineData(StatusCode.Unauthenticated, true)]
    [InlineData(StatusCode.FailedPrecondition, true)]
    [InlineData(StatusCode.ResourceExhausted, true)]
    [InlineData(StatusCode.Unavailable, false)]
    [InlineData(StatusCode.DeadlineExceeded, false)]
    [InlineData(StatusCode.Internal, false)]
    [InlineData(StatusCode.Unknown, false)]
    [InlineData(StatusCode.Aborted, false)]
    [InlineData(StatusCode.Cancelled, false)]
    public void Only_a_refusal_proves_that_nothing_happened(StatusCode status, bool refusal) =>
        Assert.Equal(refusal, TransferClient.IsRefusal(new RpcException(new Status(status, ""))));

    private TransferClient Client(GrpcStub stub) => new(Estate.Project, "Asia-Northeast1", "http://dts.test", tokens.Auth, stub);

    private static TransferConfig Config(string name) => new()
    {
        Name = name, DisplayName = $"shop-{name}-transfer", DestinationDatasetId = "d_landing",
        Params = new Struct
        {
            Fields =
            {
                ["data_path"] = Value.ForString($"s3://{name}"), ["destination_table_name_template"] = Value.ForString($"{name}_1"),
                ["access_key_id"] = Value.ForString("KEYID"), ["secret_access_key"] = Value.ForString("KEYSECRET"),
            },
        },
    };

    private static TransferRun Run(string name, int minute, int scheduled) => new()
    {
        Name = name,
        RunTime = new DateTimeOffset(2026, 4, 1, 17, minute, 0, TimeSpan.Zero).ToTimestamp(),
        ScheduleTime = DateTimeOffset.UnixEpoch.AddSeconds(scheduled).ToTimestamp(),
        State = TransferState.Failed,
        ErrorStatus = new global::Google.Rpc.Status { Code = 8, Message = "Quota Exceeded." },
    };
}
