using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using RdsBq.Local.Google;

namespace RdsBq.Local.Transfers;

/// <summary>What a transfer config must satisfy, and what an update may change.</summary>
internal static class ConfigRules
{
    private static readonly string[] Unchangeable = ["data_path", "destination_table_name_template"];

    /// <summary>A mask path without the request's own prefix, in the contract's spelling.</summary>
    public static string FieldOf(string maskPath)
    {
        var snake = string.Concat(maskPath.Select(c => char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}"));
        return snake.StartsWith("transfer_config.", StringComparison.Ordinal) ? snake["transfer_config.".Length..] : snake;
    }

    public static void Check(TransferConfig config, TransferEngine engine)
    {
        if (config.DataSourceId.Length == 0) throw GoogleError.Invalid("Missing data_source_id.");
        if (config.DataSourceId != AmazonS3.Id)
            throw GoogleError.Of(StatusCode.Unimplemented, $"The local cloud has no data source '{config.DataSourceId}'.");
        if (config.DestinationDatasetId.Length == 0) throw GoogleError.Invalid("Missing destination_dataset_id.");
        if (config.DataRefreshWindowDays != 0)
            throw GoogleError.Invalid($"Data source '{AmazonS3.Id}' does not support custom refresh window days.");
        CheckSchedule(config);
        AmazonS3.Check(config.Params ?? new Struct(), config.DisplayName, engine.Now);
        CheckTopic(config.NotificationPubsubTopic, engine);
    }

    /// <summary>Takes one field over from the wanted config.</summary>
    public static void Apply(TransferConfig to, TransferConfig from, string field)
    {
        switch (field.Split('.')[0])
        {
            case "display_name": to.DisplayName = from.DisplayName; break;
            case "disabled": to.Disabled = from.Disabled; break;
            case "schedule": to.Schedule = from.Schedule; break;
            case "schedule_options": to.ScheduleOptions = from.ScheduleOptions; break;
            case "schedule_options_v2": to.ScheduleOptionsV2 = from.ScheduleOptionsV2; break;
            case "notification_pubsub_topic": to.NotificationPubsubTopic = from.NotificationPubsubTopic; break;
            case "email_preferences": to.EmailPreferences = from.EmailPreferences; break;
            case "data_refresh_window_days": to.DataRefreshWindowDays = from.DataRefreshWindowDays; break;
            case "encryption_configuration": to.EncryptionConfiguration = from.EncryptionConfiguration; break;
            case "destination_dataset_id": to.DestinationDatasetId = from.DestinationDatasetId; break;
            case "params": ReplaceParameters(to, from.Params ?? new Struct()); break;
            case "service_account_name": break;
            default: throw GoogleError.Invalid($"Field '{field}' of a transfer config cannot be updated.");
        }
    }

    /// <summary>The old and the new way to say when: setting one takes the place of the other.</summary>
    public static void Supersede(TransferConfig config, IReadOnlyCollection<string> fields)
    {
        if (fields.Contains("schedule_options_v2"))
        {
            config.Schedule = "";
            config.ScheduleOptions = null;
        }
        else if (fields.Any(f => f.StartsWith("schedule", StringComparison.Ordinal)))
        {
            config.ScheduleOptionsV2 = null;
        }
    }

    public static void CheckTogether(TransferConfig config)
    {
        if (config.ScheduleOptionsV2 is not null && (config.Schedule.Length > 0 || config.ScheduleOptions is not null))
            throw GoogleError.Invalid("schedule_options_v2 cannot be combined with schedule or schedule_options.");
    }

    private static void ReplaceParameters(TransferConfig to, Struct wanted)
    {
        // The whole Struct is replaced, secrets included: what is not sent again is gone.
        foreach (var id in Unchangeable.Where(id => AmazonS3.Text(to.Params, id) != AmazonS3.Text(wanted, id)))
            throw GoogleError.Invalid($"Parameter '{id}' is immutable and cannot be updated.");
        to.Params = wanted;
    }

    private static void CheckSchedule(TransferConfig config)
    {
        CheckTogether(config);
        if (config.ScheduleOptionsV2?.EventDrivenSchedule is not null)
            throw GoogleError.Invalid($"Data source '{AmazonS3.Id}' does not support event driven schedules.");
        // On demand the schedule is ignored.
        if (config.ScheduleOptions is { DisableAutoScheduling: true }) return;
        var text = config.ScheduleOptionsV2?.TimeBasedSchedule?.Schedule ?? config.Schedule;
        try
        {
            if (text.Length > 0) Schedule.Parse(text);
        }
        catch (FormatException e)
        {
            throw GoogleError.Invalid(e.Message);
        }
    }

    private static void CheckTopic(string topic, TransferEngine engine)
    {
        if (topic.Length == 0) return;
        if (topic.Split('/') is not ["projects", _, "topics", _])
            throw GoogleError.Invalid($"Invalid notification topic '{topic}': expected projects/PROJECT/topics/TOPIC.");
        // The service grants itself the right to publish, for which the topic must be there.
        if (!engine.Needs.Topics.Exists(topic)) throw GoogleError.NotFound($"Resource not found (resource={topic.Split('/')[^1]}).");
    }
}
