using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using RdsBq.Local.Google;

namespace RdsBq.Local.Transfers;

/// <summary>google.cloud.bigquery.datatransfer.v1.DataTransferService over <see cref="TransferEngine"/>: data sources and
/// configs.</summary>
internal sealed partial class TransferService(TransferEngine engine) : DataTransferService.DataTransferServiceBase
{
    private const string BadName = "Invalid transfer config name.";

    public override Task<DataSource> GetDataSource(GetDataSourceRequest request, ServerCallContext context) =>
        Task.FromResult(AmazonS3.Describe(SourceName(request.Name)));

    public override Task<ListDataSourcesResponse> ListDataSources(ListDataSourcesRequest request, ServerCallContext context)
    {
        var location = Scope.Of(request.Parent, "Invalid parent.").Location;
        return Task.FromResult(new ListDataSourcesResponse { DataSources = { AmazonS3.Describe(SourceNameIn(location)) } });
    }

    public override Task<CheckValidCredsResponse> CheckValidCreds(CheckValidCredsRequest request, ServerCallContext context)
    {
        SourceName(request.Name);
        // Nobody signs in for Amazon S3: its key is a parameter.
        return Task.FromResult(new CheckValidCredsResponse { HasValidCreds = true });
    }

    public override Task<Empty> EnrollDataSources(EnrollDataSourcesRequest request, ServerCallContext context) =>
        EnrolAsync(request.Name, request.DataSourceIds);

    public override Task<Empty> UnenrollDataSources(UnenrollDataSourcesRequest request, ServerCallContext context) =>
        EnrolAsync(request.Name, request.DataSourceIds);

    public override Task<TransferConfig> CreateTransferConfig(CreateTransferConfigRequest request, ServerCallContext context)
    {
        var scope = Scope.Of(request.Parent, "Invalid parent.");
        var config = request.TransferConfig?.Clone() ?? throw GoogleError.Invalid("Missing transfer_config.");
        CheckCredentials(request.VersionInfo, request.AuthorizationCode, request.ServiceAccountName);
        ConfigRules.Check(config, engine);
        var location = LocationFor(config, scope.Location);
        foreach (var answerOnly in new[] { 1, 4, 8, 10, 11, 14, 27,
            32 }) TransferConfig.Descriptor.FindFieldByNumber(answerOnly).Accessor.Clear(config);
        lock (engine.Gate)
        {
            config.UpdateTime = engine.Now.ToTimestamp();
            Bind(config);
            return Task.FromResult(Shapes.Show(engine.Add(location, config), engine.Options));
        }
    }

    public override Task<TransferConfig> GetTransferConfig(GetTransferConfigRequest request, ServerCallContext context)
    {
        lock (engine.Gate) return Task.FromResult(Shapes.Show(Find(request.Name), engine.Options, withOwner: true));
    }

    public override Task<ListTransferConfigsResponse> ListTransferConfigs(ListTransferConfigsRequest request, ServerCallContext context)
    {
        var location = Scope.Of(request.Parent, "Invalid parent.").Location ?? "us";
        lock (engine.Gate)
        {
            var wanted = engine.In(location).Where(c => request.DataSourceIds.Count == 0
                || request.DataSourceIds.Contains(c.Config.DataSourceId)).ToList();
            var (items, next) = Page.Of(wanted, request.PageSize, request.PageToken);
            return Task.FromResult(new ListTransferConfigsResponse
            {
                TransferConfigs = { items.Select(c =>
                Shapes.Show(c, engine.Options)) }, NextPageToken = next
            });
        }
    }

    public override Task<TransferConfig> UpdateTransferConfig(UpdateTransferConfigRequest request, ServerCallContext context)
    {
        var wanted = request.TransferConfig ?? throw GoogleError.Invalid("Missing transfer_config.");
        var fields = (request.UpdateMask?.Paths ?? []).Select(ConfigRules.FieldOf).ToHashSet();
        if (fields.Count == 0) throw GoogleError.Invalid("Missing update_mask.");
        CheckCredentials(request.VersionInfo, request.AuthorizationCode, request.ServiceAccountName);
        if (wanted.DataSourceId is not ("" or AmazonS3.Id)) throw GoogleError.Invalid("data_source_id is immutable.");
        ConfigRules.CheckTogether(wanted);
        lock (engine.Gate)
        {
            var entry = Find(wanted.Name);
            var changed = entry.Config.Clone();
            foreach (var field in fields) ConfigRules.Apply(changed, wanted, field);
            ConfigRules.Supersede(changed, fields);
            ConfigRules.Check(changed, engine);
            LocationFor(changed, entry.Location);
            changed.UpdateTime = engine.Now.ToTimestamp();
            if (fields.Contains("notification_pubsub_topic")) Bind(changed);
            entry.Config = changed;
            if (fields.Any(f => f.StartsWith("schedule", StringComparison.Ordinal))) engine.Reschedule(entry);
            return Task.FromResult(Shapes.Show(entry, engine.Options));
        }
    }

    public override Task<Empty> DeleteTransferConfig(DeleteTransferConfigRequest request, ServerCallContext context)
    {
        lock (engine.Gate) engine.Remove(Find(request.Name));
        return Task.FromResult(new Empty());
    }

    /// <summary>The service lets its own agent publish where a config names a topic.</summary>
    private void Bind(TransferConfig config)
    {
        if (config.NotificationPubsubTopic.Length > 0)
            engine.Needs.Topics.Grant(config.NotificationPubsubTopic, "roles/pubsub.publisher", $"serviceAccount:{Estate.TransferAgent}");
    }

    private ConfigEntry Find(string name)
    {
        var scope = Scope.Of(name, BadName);
        var id = scope.Ids("transferConfigs/*", BadName)[0];
        return engine.In(scope.Location ?? "us").FirstOrDefault(c => c.Id == id)
            ?? throw GoogleError.NotFound("Requested entity was not found.");
    }

    /// <summary>A config lives where its dataset does. A parent without location reaches the US only; <c>-</c> leaves the choice to the
    /// service.</summary>
    private string LocationFor(TransferConfig config, string? asked)
    {
        var actual = engine.Needs.LocationOf(config.DestinationDatasetId)?.ToLowerInvariant()
            ?? throw GoogleError.NotFound($"Not found: Dataset {Estate.Project}:{config.DestinationDatasetId}");
        var location = asked == "-" ? actual : asked ?? "us";
        return location == actual
            ? location
            : throw GoogleError.Invalid($"Cannot create a transfer in {location} when destination dataset is located in {actual}.");
    }

    private static void CheckCredentials(string versionInfo, string authorizationCode, string serviceAccount)
    {
        if (versionInfo.Length > 0 && serviceAccount.Length > 0)
            throw GoogleError.Invalid("version_info and service_account_name are mutually exclusive.");
        if (versionInfo.Length > 0 || authorizationCode.Length > 0)
            throw GoogleError.Invalid($"Data source '{AmazonS3.Id}' takes no user authorization.");
    }

    private static string SourceName(string name)
    {
        var scope = Scope.Of(name, "Invalid data source name.");
        var id = scope.Ids("dataSources/*", "Invalid data source name.")[0];
        return id == AmazonS3.Id ? SourceNameIn(scope.Location) : throw GoogleError.NotFound($"Data source '{id}' is not found.");
    }

    private static string SourceNameIn(string? location) =>
        $"projects/{Estate.ProjectNumber}/{(location is null ? "" : $"locations/{location}/")}dataSources/{AmazonS3.Id}";

    private static Task<Empty> EnrolAsync(string name, IEnumerable<string> ids)
    {
        Scope.Of(name, "Invalid parent.");
        foreach (var id in ids.Where(id => id != AmazonS3.Id)) throw GoogleError.NotFound($"Data source '{id}' is not found.");
        return Task.FromResult(new Empty());
    }
}
