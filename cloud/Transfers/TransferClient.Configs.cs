using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.WellKnownTypes;
using RdsBq.Cloud.Google;
using RdsBq.Core.Transfers;

namespace RdsBq.Cloud.Transfers;

/// <summary>Transfer configs.</summary>
public sealed partial class TransferClient
{
    /// <summary>Every S3 transfer config of the project and location, all pages.</summary>
    public async Task<IReadOnlyList<ConfigSummary>> ConfigsAsync(CancellationToken token)
    {
        var configs = new List<ConfigSummary>();
        var page = "";
        do
        {
            var request = new ListTransferConfigsRequest
            {
                Parent = parent, PageSize = PageSize, PageToken = page, DataSourceIds = { DataSource },
            };
            var answer = await client.ListTransferConfigsAsync(request, await GoogleCalls.ReadAsync(auth, "parent", parent, token));
            configs.AddRange(answer.TransferConfigs.Select(Summary));
            page = answer.NextPageToken;
        }
        while (page.Length > 0);
        return configs;
    }

    /// <summary>Creates an on-demand config. Not idempotent: after an unknown outcome the caller lists before it repeats.</summary>
    /// <returns>Its full resource name.</returns>
    public async Task<string> CreateAsync(ConfigPlan plan, string accessKeyId, string secretAccessKey, CancellationToken token)
    {
        var config = new TransferConfig
        {
            DisplayName = plan.DisplayName,
            DestinationDatasetId = plan.Dataset,
            DataSourceId = DataSource,
            NotificationPubsubTopic = plan.NotificationTopic,
            ScheduleOptions = new ScheduleOptions { DisableAutoScheduling = true },
            Params = Params(plan, accessKeyId, secretAccessKey),
        };
        var created = await client.CreateTransferConfigAsync(
            new CreateTransferConfigRequest { Parent = parent, TransferConfig = config },
            await GoogleCalls.WriteAsync(auth, "parent", parent, token));
        return created.Name;
    }

    /// <summary>
    /// Writes some fields of a config; may be repeated. <c>params</c> is replaced as a whole, so that every parameter is sent again, and the
    /// service refuses a path or a table that differs from the config's
    /// (https://cloud.google.com/bigquery/docs/reference/datatransfer/rest/v1/projects.locations.transferConfigs/patch).
    /// </summary>
    /// <param name="fields">As <see cref="SyncDecider"/> names them.</param>
    /// <param name="keys">Access key id and secret access key; only looked at where <c>params</c> is among the fields.</param>
    /// <returns>Its full resource name.</returns>
    public async Task<string> UpdateAsync(
        string config, ConfigPlan plan, IReadOnlyList<string> fields, (string Id, string Secret) keys, CancellationToken token)
    {
        var wanted = new TransferConfig { Name = config, DataSourceId = DataSource, NotificationPubsubTopic = plan.NotificationTopic };
        if (fields.Contains(SyncDecider.Params)) wanted.Params = Params(plan, keys.Id, keys.Secret);
        var updated = await client.UpdateTransferConfigAsync(
            new UpdateTransferConfigRequest { TransferConfig = wanted, UpdateMask = new FieldMask { Paths = { fields } } },
            await GoogleCalls.WriteAsync(auth, "transfer_config.name", config, token));
        return updated.Name;
    }

    /// <summary>Deletes a config with its runs and their logs, and stops a run that is under way.</summary>
    public async Task DeleteAsync(string config, CancellationToken token) => await client.DeleteTransferConfigAsync(
        new DeleteTransferConfigRequest { Name = config }, await GoogleCalls.WriteAsync(auth, "name", config, token));

    // Every value as a string, as Google's own clients send them.
    private static Struct Params(ConfigPlan plan, string accessKeyId, string secretAccessKey)
    {
        var all = new Struct
        {
            Fields =
            {
                ["data_path"] = Value.ForString(plan.DataPath),
                ["destination_table_name_template"] = Value.ForString(plan.TableTemplate),
                ["access_key_id"] = Value.ForString(accessKeyId),
                ["secret_access_key"] = Value.ForString(secretAccessKey),
            },
        };
        foreach (var (name, value) in LoadOptions.All) all.Fields.Add(name, Value.ForString(value));
        return all;
    }

    private static ConfigSummary Summary(TransferConfig c) => new(
        c.Name, c.DisplayName, c.DestinationDatasetId, Param(c, "data_path"), Param(c, "destination_table_name_template"), c.Disabled)
    {
        NotificationTopic = c.NotificationPubsubTopic,
        LoadOptions = LoadOptions.Text(name => Param(c, name)),
        UpdatedAt = c.UpdateTime?.ToDateTimeOffset(),
    };

    private static string Param(TransferConfig config, string name) =>
        config.Params is not null && config.Params.Fields.TryGetValue(name, out var value) ? value.StringValue : "";
}
