using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace RdsBq.Local.Tests.Google;

public sealed class TransferConfigTests
{
    private const string NumberParent = "projects/409146382768/locations/asia-northeast1";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_config_is_created_read_listed_updated_and_deleted(bool grpc)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc);
        var created = await rig.CreateAsync(t);
        Assert.Matches($"^{NumberParent}/transferConfigs/[0-9a-f]{{8}}-0000-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{12}}$", created.Name);
        Assert.Equal("asia-northeast1", created.DatasetRegion);
        Assert.Null(created.OwnerInfo);
        Assert.Null(created.NextRunTime);

        var byId = created.Name.Replace("409146382768", RdsBq.Local.Estate.Project, StringComparison.Ordinal);
        var read = await GoogleRig.DtsAsync<TransferConfig>(t, "GetTransferConfig", new GetTransferConfigRequest { Name = byId });
        Assert.Equal(RdsBq.Local.Estate.ServiceAccount, read.OwnerInfo.Email);
        Assert.Equal(rig.Estate.ReaderSecret, read.Params.Fields["secret_access_key"].StringValue);

        var update = new UpdateTransferConfigRequest
        {
            TransferConfig = new TransferConfig { Name = created.Name, DisplayName = "renamed", Disabled = true },
            UpdateMask = new FieldMask { Paths = { "display_name" } },
        };
        var updated = await GoogleRig.DtsAsync<TransferConfig>(t, "UpdateTransferConfig", update);
        Assert.Equal("renamed", updated.DisplayName);
        Assert.False(updated.Disabled);

        var list = new ListTransferConfigsRequest { Parent = GoogleRig.Parent, DataSourceIds = { "amazon_s3" }, PageSize = 5 };
        Assert.Equal("renamed", Assert.Single((await GoogleRig.DtsAsync<ListTransferConfigsResponse>(t, "ListTransferConfigs",
            list)).TransferConfigs).DisplayName);

        await GoogleRig.DtsAsync<Empty>(t, "DeleteTransferConfig", new DeleteTransferConfigRequest { Name = created.Name });
        await RefusesAsync(StatusCode.NotFound, "", () =>
            GoogleRig.DtsAsync<TransferConfig>(t, "GetTransferConfig", new GetTransferConfigRequest { Name = created.Name }));
    }

    [Theory]
    [InlineData("access_key_id", "", "Missing required parameter 'access_key_id'")]
    [InlineData("data_path", "s3://my-bucket*/x", "neither wildcards nor run-time parameters")]
    [InlineData("data_path", "s3://{run_date}/x", "neither wildcards nor run-time parameters")]
    [InlineData("data_path", "gs://bucket/x", "must start with s3://")]
    [InlineData("data_path", "s3://bucket/{run_time |\"%Y\"}", "Not a run-time parameter")]
    [InlineData("data_path", "s3://bucket/{run_time+1d|\"%Y\"}", "Not a run-time parameter")]
    [InlineData("destination_table_name_template", "a/b", "Invalid destination table name")]
    [InlineData("write_disposition", "TRUNCATE", "Invalid value 'TRUNCATE'")]
    [InlineData("max_bad_records", "many", "Invalid value 'many'")]
    [InlineData("decimal_target_types", "NUMERIC,NUMERIC", "without duplicates")]
    [InlineData("role_arn", "arn:aws:iam::1:role/r", "Unknown parameter 'role_arn'")]
    public async Task A_bad_parameter_is_refused(string id, string value, string expected)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: true);
        var config = rig.Config();
        GoogleRig.Set(config, id, value);
        await RefusesAsync(StatusCode.InvalidArgument, expected, () => rig.CreateAsync(t, config));
    }

    [Fact]
    public async Task A_parameter_that_is_not_a_string_is_refused_with_the_services_words()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: false);
        var config = rig.Config();
        config.Params.Fields["max_bad_records"] = Value.ForNumber(1);
        await RefusesAsync(
            StatusCode.InvalidArgument, "Parameter type required for max_bad_records: INTEGER, Parameter type provided in transfer config: number_value. Config name: shop-orders-transfer",
            () => rig.CreateAsync(t, config));
    }

    [Theory]
    [InlineData(GoogleRig.Parent, StatusCode.OK)]
    [InlineData("projects/local-project/locations/-", StatusCode.OK)]
    [InlineData(NumberParent, StatusCode.OK)]
    [InlineData("projects/local-project/locations/ASIA-NORTHEAST1", StatusCode.OK)]
    [InlineData("projects/local-project/locations/eu", StatusCode.InvalidArgument)]
    [InlineData("projects/local-project", StatusCode.InvalidArgument)]
    [InlineData("projects/someone-else/locations/asia-northeast1", StatusCode.PermissionDenied)]
    public async Task A_config_lives_where_its_dataset_does(string parent, StatusCode expected)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: true);
        if (expected == StatusCode.OK) Assert.StartsWith(NumberParent
            + "/", (await rig.CreateAsync(t, parent: parent)).Name, StringComparison.Ordinal);
        else await RefusesAsync(expected, "", () => rig.CreateAsync(t, parent: parent));
    }

    [Fact]
    public async Task Without_a_location_only_the_us_is_reached()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: false);
        var config = rig.Config();
        config.DestinationDatasetId = "us_data";
        var created = await rig.CreateAsync(t, config, "projects/local-project");
        await rig.CreateAsync(t);
        var listed = await GoogleRig.DtsAsync<ListTransferConfigsResponse>(t, "ListTransferConfigs",
            new ListTransferConfigsRequest { Parent = "projects/local-project" });
        Assert.Equal(created.Name, Assert.Single(listed.TransferConfigs).Name);
        Assert.Contains("/locations/us/", created.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_config_names_must_exist()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: true);
        var noDataset = rig.Config();
        noDataset.DestinationDatasetId = "nowhere";
        await RefusesAsync(StatusCode.NotFound, "Not found: Dataset local-project:nowhere", () => rig.CreateAsync(t, noDataset));
        var noTopic = rig.Config();
        noTopic.NotificationPubsubTopic = "projects/local-project/topics/none";
        await RefusesAsync(StatusCode.NotFound, "none", () => rig.CreateAsync(t, noTopic));
        var noSource = rig.Config();
        noSource.DataSourceId = "scheduled_query";
        await RefusesAsync(StatusCode.Unimplemented, "scheduled_query", () => rig.CreateAsync(t, noSource));
    }

    [Theory]
    [InlineData("every 24 hours", true)]
    [InlineData("every 3 hours", true)]
    [InlineData("every day 03:00", true)]
    [InlineData("every monday 09:00", true)]
    [InlineData("1st,3rd monday of month 15:30", true)]
    [InlineData("every wed,fri of jan,jun 13:15", true)]
    [InlineData("first sunday of quarter 00:00", true)]
    [InlineData("every 6 hours from 02:00 to 20:00", true)]
    [InlineData("every 15 minutes", false)]
    [InlineData("every 0 hours", false)]
    [InlineData("0 3 * * *", false)]
    [InlineData("daily", false)]
    public async Task A_schedule_is_of_the_grammar_and_at_least_an_hour_apart(string schedule, bool good)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: true);
        var config = rig.Config();
        config.ScheduleOptions = null;
        config.Schedule = schedule;
        if (good) Assert.NotNull((await rig.CreateAsync(t, config)).NextRunTime);
        else await RefusesAsync(StatusCode.InvalidArgument, schedule, () => rig.CreateAsync(t, config));
    }

    [Fact]
    public async Task The_old_and_the_new_way_to_schedule_exclude_each_other()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: true);
        var config = rig.Config();
        config.ScheduleOptionsV2 = new ScheduleOptionsV2 { ManualSchedule = new ManualSchedule() };
        await RefusesAsync(StatusCode.InvalidArgument, "cannot be combined", () => rig.CreateAsync(t, config));
    }

    [Fact]
    public async Task Any_update_moves_the_update_time_and_a_refused_one_does_not()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: true);
        var created = await rig.CreateAsync(t);
        Assert.Equal(rig.Clock.GetUtcNow(), created.UpdateTime.ToDateTimeOffset());
        rig.Clock.Advance(TimeSpan.FromHours(1));
        var change = new TransferConfig { Name = created.Name, Disabled = true };
        var request = new UpdateTransferConfigRequest { TransferConfig = change, UpdateMask = new FieldMask { Paths = { "disabled" } } };
        var updated = await GoogleRig.DtsAsync<TransferConfig>(t, "UpdateTransferConfig", request);
        Assert.Equal(rig.Clock.GetUtcNow(), updated.UpdateTime.ToDateTimeOffset());

        rig.Clock.Advance(TimeSpan.FromHours(1));
        // Replacing the parameters by none would leave the config without its keys.
        request.UpdateMask = new FieldMask { Paths = { "params" } };
        await RefusesAsync(StatusCode.InvalidArgument, "", () => GoogleRig.DtsAsync<TransferConfig>(t, "UpdateTransferConfig", request));
        var read = await GoogleRig.DtsAsync<TransferConfig>(t, "GetTransferConfig", new GetTransferConfigRequest { Name = created.Name });
        Assert.Equal(updated.UpdateTime, read.UpdateTime);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Parameters_are_replaced_whole_and_the_path_never_changes(bool grpc)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc);
        var created = await rig.CreateAsync(t);
        var change = rig.Config();
        change.Name = created.Name;
        GoogleRig.Set(change, "secret_access_key", "rotated");
        change.Params.Fields.Remove("write_disposition");
        var request = new UpdateTransferConfigRequest { TransferConfig = change, UpdateMask = new FieldMask { Paths = { "params" } } };
        var updated = await GoogleRig.DtsAsync<TransferConfig>(t, "UpdateTransferConfig", request);
        Assert.Equal("rotated", updated.Params.Fields["secret_access_key"].StringValue);
        Assert.False(updated.Params.Fields.ContainsKey("write_disposition"));

        GoogleRig.Set(change, "data_path", "s3://other/x");
        await RefusesAsync(StatusCode.InvalidArgument, "'data_path' is immutable", () =>
            GoogleRig.DtsAsync<TransferConfig>(t, "UpdateTransferConfig", request));
        request.UpdateMask = new FieldMask();
        await RefusesAsync(StatusCode.InvalidArgument, "update_mask", () =>
            GoogleRig.DtsAsync<TransferConfig>(t, "UpdateTransferConfig", request));
        request.UpdateMask = new FieldMask { Paths = { "data_source_id" } };
        await RefusesAsync(StatusCode.InvalidArgument, "data_source_id", () =>
            GoogleRig.DtsAsync<TransferConfig>(t, "UpdateTransferConfig", request));
    }

    [Fact]
    public async Task Secrets_are_masked_where_that_is_asked_for()
    {
        await using var rig = await GoogleRig.StartAsync(new RdsBq.Local.Transfers.TransferOptions { MaskSecrets = true });
        using var t = rig.Via(grpc: true);
        rig.Put("rds/id-x/file.parquet");
        var run = await rig.RunAsync(t);
        Assert.Equal("**********", run.Params.Fields["secret_access_key"].StringValue);
        var message = Assert.Single(rig.Topics.Published(RdsBq.Local.Estate.NotificationTopic));
        Assert.DoesNotContain(rig.Estate.ReaderSecret, System.Text.Encoding.UTF8.GetString(message.Data.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_data_source_tells_its_parameters()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: false);
        var source = await GoogleRig.DtsAsync<DataSource>(t, "GetDataSource",
            new GetDataSourceRequest { Name = "projects/local-project/locations/-/dataSources/amazon_s3" });
        Assert.Equal(["destination_table_name_template", "data_path"], source.Parameters.Where(p => p.Immutable).Select(p => p.ParamId));
        Assert.Equal(4, source.Parameters.Count(p => p.Required));
        Assert.Single((await GoogleRig.DtsAsync<ListDataSourcesResponse>(t, "ListDataSources",
            new ListDataSourcesRequest { Parent = GoogleRig.Parent })).DataSources);
        var creds = new CheckValidCredsRequest { Name = GoogleRig.Parent + "/dataSources/amazon_s3" };
        Assert.True((await GoogleRig.DtsAsync<CheckValidCredsResponse>(t, "CheckValidCreds", creds)).HasValidCreds);
        await GoogleRig.DtsAsync<Empty>(t, "EnrollDataSources",
            new EnrollDataSourcesRequest { Name = GoogleRig.Parent, DataSourceIds = { "amazon_s3" } });
    }

    internal static async Task RefusesAsync<T>(StatusCode code, string text, Func<Task<T>> call)
    {
        var e = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((code, true), (e.StatusCode, e.Status.Detail.Contains(text, StringComparison.Ordinal)));
    }
}
